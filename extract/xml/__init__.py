"""XML inside office files: packages of parts, names, small questions asked of an element."""
