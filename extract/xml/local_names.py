"""XML of office files by local names: each format comes in several namespaces (transitional, strict, old).

Enters: elements or bytes. Leaves: children, attributes and streamed elements; faults as `extract.errors`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from lxml import etree
from lxml.etree import _Element

from extract.errors import Damaged


def local(element: _Element) -> str:
    """The name without its namespace, "" for comments and entities."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def named(root: _Element, *path: str) -> Iterator[_Element]:
    """The elements down a path of local names."""
    if not path:
        yield root
        return
    for child in root:
        if local(child) == path[0]:
            yield from named(child, *path[1:])


def attribute(element: _Element, name: str, default: str = "") -> str:
    """The attribute of that local name, whatever its namespace."""
    plain = element.get(name)
    if plain is not None:
        return plain
    ending = "}" + name
    return next((str(value) for key, value in element.items() if str(key).endswith(ending)), default)


def stream_elements(data: bytes, part: str, names: Sequence[str]) -> Iterator[tuple[str, _Element]]:
    """Start and end of the elements of these local names; no entities, no network, bounded depth and text.

    Raises:
        Damaged: it is not well-formed, or declares a document type.
    """
    tags = [f"{{*}}{name}" for name in names]
    events = etree.iterparse(
        io.BytesIO(data), events=("start", "end"), tag=tags, resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        yield from events
    except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
        raise Damaged(part) from fault
    root = events.root
    if root is None or etree.ElementTree(root).docinfo.internalDTD is not None:
        raise Damaged(f"{part}, DOCTYPE")


def forget(element: _Element) -> None:
    """Frees an element that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def parse_flat(data: bytes, part: str) -> _Element:
    """The root of a file that is one XML document; pictures in it may be long texts.

    Raises:
        Damaged: it is not well-formed, or declares a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False, remove_comments=True,
        remove_pis=True, collect_ids=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data.lstrip(b" \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
        raise Damaged(part) from fault
    if etree.ElementTree(root).docinfo.internalDTD is not None:
        raise Damaged(f"{part}, DOCTYPE")
    return root
