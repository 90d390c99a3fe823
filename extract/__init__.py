"""File -> Document. Knows file formats, knows no Chinese form."""
