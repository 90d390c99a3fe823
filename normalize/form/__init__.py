"""The form as data, and its loader."""
