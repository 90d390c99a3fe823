"""The same report in several files: which are one, which is used, where they differ."""
