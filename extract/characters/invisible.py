"""Characters that print nothing and take no room: joiners, marks of direction, variants of a glyph.

Enters: nothing. Leaves: the characters, for a class of a regular expression. They are those that Unicode
calls ignorable by default: 5 before U+FE0F is the same 5.
"""

from __future__ import annotations

from typing import Final

INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
"""What stands between the brackets of a regular expression."""
