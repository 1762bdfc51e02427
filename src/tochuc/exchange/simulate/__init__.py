"""A made-up country of any size, written straight into the ledger; for measuring, never for use."""
