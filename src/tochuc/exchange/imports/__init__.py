"""Writing a members' spreadsheet into the record, as one change set.

`plan` says of each row of the dry run what it would do; `write` does it; `upload`, `marked` and `samples` are
what the page needs beside them.
"""
