"""The review console, in one process."""
