"""Reading members' spreadsheets as offices have them; the contract is the dry run's machine form.

A file goes through five hands: `workbook` opens it as rows of cells, `header` finds what each column holds,
`rows` tells people from group rows, totals and signatures, `fields` reads each row, `checks` says what is
wrong or doubtful; `dry_run` leads them. Nothing here knows the database.
"""
