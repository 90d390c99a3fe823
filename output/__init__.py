"""Reports -> files. pandas is imported by `frames` only, which writing does without."""
