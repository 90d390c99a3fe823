"""Tags as different tools write them: case, quotes, closing tags that are left out.

Enters: names and attributes. Leaves: strings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SAFE = re.compile(r"[\w.#%-]+\Z", re.ASCII)
_OPTIONAL = frozenset({"td", "th", "tr", "p", "li", "tbody", "thead", "option"})


@dataclass(frozen=True, slots=True)
class Markup:
    """One tool's hand.

    Attributes:
        upper: names of tags and attributes in capitals.
        quote: what stands around values; "" leaves the quotes out where that is allowed.
        unclosed: closing tags that HTML does not ask for are left out.
        slash: lone tags end in a slash.
    """

    upper: bool = False
    quote: str = '"'
    unclosed: bool = False
    slash: bool = False

    def open(self, name: str, attributes: Mapping[str, str] | None = None) -> str:
        """A start tag."""
        parts = [self._cased(name)]
        for key, value in (attributes or {}).items():
            quote = self.quote or ("" if _SAFE.match(value) else '"')
            escaped = value.replace("&", "&amp;").replace(quote or '"', "&quot;" if quote == '"' else "&#39;")
            parts.append(f"{self._cased(key)}={quote}{escaped}{quote}")
        return f"<{' '.join(parts)}>"

    def close(self, name: str) -> str:
        """An end tag, or nothing."""
        return "" if self.unclosed and name in _OPTIONAL else f"</{self._cased(name)}>"

    def element(self, name: str, inner: str, attributes: Mapping[str, str] | None = None) -> str:
        """Both tags around something."""
        return f"{self.open(name, attributes)}{inner}{self.close(name)}"

    def lone(self, name: str, attributes: Mapping[str, str] | None = None) -> str:
        """A tag without content."""
        tag = self.open(name, attributes)
        return f"{tag[:-1]} />" if self.slash else tag

    def _cased(self, name: str) -> str:
        return name.upper() if self.upper else name
