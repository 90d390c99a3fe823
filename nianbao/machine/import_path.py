"""Where Python looks for code: nowhere that depends on the folder in which a command is typed.

Enters: `sys.path`. Leaves: the same without that folder, where `socket.py` may be a user's own. For that
reason nothing is imported here that Python has not loaded by itself.
"""

import os
import sys

_OWN = os.path.abspath(os.path.join(__file__, "..", "..", ".."))  # noqa: PTH100, PTH118 - as above


def leave_folder() -> None:
    """Look for code in the current folder no longer: `python -m` puts it first by its name, `-c` by none."""
    by_name = getattr(sys.modules["__main__"], "__spec__", None) is not None
    if by_name and not sys.flags.safe_path:
        del sys.path[0]
    sys.path[:] = trusted(sys.path)


def trusted(places: list[str]) -> list[str]:
    """Those of the places that stay where they are, and that of this program after them if it is none."""
    kept = [place for place in places if os.path.isabs(place)]  # noqa: PTH117 - as above
    return kept if _OWN in kept else [*kept, _OWN]
