"""The version of this program, as results and the journal state it.

Enters: nothing. Leaves: `VERSION`.
"""

from typing import Final

VERSION: Final = "0.1.0"
