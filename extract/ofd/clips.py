"""Where an object shows: the areas that it is cut to.

Enters: an object, and the matrix of its own space and of the space it stands in. Leaves: boxes in page space.
"""

from __future__ import annotations

from typing import Final

from lxml.etree import _Element

from extract.grid import Segment
from extract.ofd.attributes import box, child, children, matrix
from extract.ofd.path_objects import bounds_of, points_of
from extract.page.paths import Matrix, combined

MOST_POINTS: Final = 20_000
"""Of the areas of one object; a finer one is not followed."""
SLACK: Final = 1.0
"""Points beyond its clip at which something shows; 8 are too many for
`test_text_is_cut_where_its_clip_ends_whichever_way_the_clip_is_meant`."""


def clips_of(item: _Element, own: Matrix, outer: Matrix) -> tuple[Segment, ...]:
    """Boxes of which one must hold what shows; none where the object is not cut.

    Writers do not agree whether the object's own transformation moves its clip: what either reading leaves
    is kept, for nothing that may be printed should be lost.
    """
    clips = child(item, "Clips")
    if clips is None or not len(clips):
        return ()
    both = tuple(_cut(clips, space) for space in dict.fromkeys((own, outer)))
    return () if any(b is None for b in both) else tuple(b for b in both if b is not None)


def _cut(clips: _Element, space: Matrix) -> Segment | None:
    """What all clips together leave, None where that is open."""
    left: Segment | None = None
    for clip in children(clips, "Clip"):
        areas = [_area(area, space) for area in children(clip, "Area")]
        known = [a for a in areas if a is not None]
        if not known or len(known) < len(areas):
            return None
        one = (
            min(a[0] for a in known),
            min(a[1] for a in known),
            max(a[2] for a in known),
            max(a[3] for a in known),
        )
        left = one if left is None else _common(left, one)
    return left


def _area(area: _Element, space: Matrix) -> Segment | None:
    path = child(area, "Path")
    if path is None:
        return None
    bounds = box(path.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    inner = combined(matrix(path.get("CTM")), (1.0, 0.0, 0.0, 1.0, bounds[0], bounds[1]))
    points = points_of(path, combined(combined(inner, matrix(area.get("CTM"))), space), MOST_POINTS)
    return bounds_of(points) if points else None


def _common(a: Segment, b: Segment) -> Segment:
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def is_inside(x: float, y: float, boxes: tuple[Segment, ...]) -> bool:
    """Whether a point shows."""
    return any(b[0] - SLACK <= x <= b[2] + SLACK and b[1] - SLACK <= y <= b[3] + SLACK for b in boxes)
