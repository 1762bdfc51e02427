"""A list from another system, held beside the record: each difference is a claim that somebody decides on its ground."""
