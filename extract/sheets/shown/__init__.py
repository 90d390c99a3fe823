"""A stored value and its format -> what the cell shows."""
