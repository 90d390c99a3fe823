"""Document -> Report. Knows the form, knows no file format.

`read` is the door and shows the way; each room below says what enters, what leaves and what it does not
know.
"""
