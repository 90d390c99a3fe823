"""E-mail and saved pages (MIME): the tree of parts, the words of headers, what a mail carries."""
