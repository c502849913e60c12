"""The guards: what must stay true of the code whatever is built."""
