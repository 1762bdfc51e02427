"""Change sets: what one act changed for many people, looked at whole and undone as one."""
