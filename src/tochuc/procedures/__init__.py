"""The procedures of the field, one declaration a module; the engine in `cases` runs them."""
