"""E-mail and saved pages (MIME): the tree of parts, the words of headers, what a mail carries.

Enters: bytes of a mail or of a .mht. Leaves: entries of an archive with the mail's own text, or the
`Document` of a saved page. `attachments.py` and `mhtml.py` are the doors.
"""
