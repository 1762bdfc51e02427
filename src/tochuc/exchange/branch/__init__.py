"""A branch as open files: everything recorded of it as CSV with a schema, and back into an empty database."""
