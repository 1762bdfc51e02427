"""Local regulations of a branch, and confirmations of what the packs have unconfirmed: over the rules that ship."""
