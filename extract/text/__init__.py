"""Text files: plain, with marks of Markdown, tables copied from web pages, columns made with spaces."""
