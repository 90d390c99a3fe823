"""One file found -> what is in it and what became of it, in a process that may die of it."""
