"""Document -> Report. Knows the form, knows no file format."""
