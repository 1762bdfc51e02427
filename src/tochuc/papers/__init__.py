"""Papers drafted from the record: the texts of the forms as data, the fields they name, and setting them on paper."""
