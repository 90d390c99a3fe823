"""Reports -> files. The only package that imports pandas."""
