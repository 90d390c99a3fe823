"""The article of a page among what stands around it.

Enters: the blocks of a page with their places, and what the page calls itself. Leaves: for each block
whether it belongs to the article. The article is the innermost element that holds nearly all text that is
no link and every table of numbers, with the title above it and what follows it without being a menu or a
footer. Known names of elements are hints, and a table of numbers is never left outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extract.document import Paragraph, Table
from extract.html.hints import words_of
from extract.html.items import Places, WebItem, count_numbers
from extract.html.tags import ASIDE

_SHARE: Final = 0.9
"""Of all text within an element, how much one inside it has to hold to be taken for it: 0.95 misses the
article of pages of the corpus, and half cuts `test_a_table_without_its_end_tag_does_not_swallow_the_next`."""
_HINTED: Final = 0.4
"""The same for one whose names say that it is an article: asked for nearly all, these would say nothing in
pages of the corpus."""
_ABOVE: Final = 25
"""Blocks above the text among which the title is looked for: half are too few for a page of the corpus."""
_FEW_NUMBERS: Final = 4
"""Numbers from which a table of few columns or rows is one of data."""
_MANY_NUMBERS: Final = 20
"""Numbers from which a table is kept wherever it stands: names of elements are wrong too often; with 4,
a page of the corpus is cut elsewhere."""
_MANY_COLUMNS: Final = 4
"""Columns from which it is; with 2 and with 20, pages of the corpus are cut elsewhere."""
_TITLE: Final = 8
"""Characters of the shortest title; 16 misses that of a page of the corpus."""
_LISTED: Final = 4
"""Links with words enough for a title from which a page is a list of articles."""
_SENTENCE: Final = 20
"""Characters that are no link, from which a line is one of the text; half and five times cut pages of the
corpus elsewhere."""
_FOOTER_LENGTH: Final = 150
"""Characters of the longest line of a footer; 30 are too few for pages of the corpus."""
_MENU_LENGTH: Final = 12
"""Characters of a line that holds a link and is one of a menu."""
_SHORT_LINE: Final = 60
"""Characters of the lines below a footer."""
_LIST_PROSE: Final = 200
"""Characters of sentences that a list of articles may print."""
# What a block weighs in the choice of the article: a big table outweighs any text, and what is a link or
# stands in a menu hardly counts.
_BIG_TABLE, _TABLE, _TABLE_ASIDE = 400.0, 40.0, 1.0
_ASIDE_SHARE, _SHORT_SHARE = 0.05, 0.3
_ARTICLES: Final = frozenset(("<body>", "<main>", "<article>"))


@dataclass(frozen=True, slots=True)
class Article:
    """Which blocks are the article's.

    Attributes:
        kept: for each block whether it belongs to the article.
        around: the places within the innermost element that holds it.
        prose: characters of its sentences: neither titles nor links nor what is said of the publication.
        is_list: nothing but links and a few words.
    """

    kept: tuple[bool, ...]
    around: frozenset[int]
    prose: int
    is_list: bool


def find_article(items: Sequence[WebItem], places: Places, titles: Sequence[str]) -> Article:
    """Chooses the blocks of the article; `titles`: what the page's head calls it."""
    aside = _asides(places)
    off = [aside[item.where] for item in items]
    data = [is_data(item) for item in items]
    core = _core(items, places, off, data)
    inside = _within(places, core)
    within = [item.where in inside for item in items]
    first = next((i for i, there in enumerate(within) if there), 0)
    last = next((i for i in range(len(items) - 1, -1, -1) if within[i]), len(items) - 1)
    start = _title_at(items, off, first, last, titles)
    parent = _within(places, places.parents[core])
    kept = [
        (data[i] and (_is_big(items[i]) or (start <= i <= last and not off[i])))
        or (start <= i <= last and (within[i] or not off[i]) and not (off[i] and _is_menu(items[i])))
        or (i < start and _leads(items[i], within=within[i], off=off[i]))
        for i in range(len(items))
    ]
    _trim_below(kept, items, off, data, last)
    _extend_below(kept, items, off, last, parent if core else inside)
    prose = _prose([item for item, mine in zip(items, kept, strict=True) if mine], titles)
    listed = not any(data) and _is_list(items, off, prose)
    return Article(tuple(kept), inside, prose, is_list=listed)


def is_data(item: WebItem) -> bool:
    """A table that may be one of numbers: of several columns and rows, and no menu or calendar."""
    table = item.block
    if not isinstance(table, Table) or item.is_linked:
        return False
    labels = sum(len(cell.text) >= 2 and not cell.text.isascii() for cell in table.cells)
    wide = table.n_columns >= 3 and table.n_rows >= 2 and len(table.cells) >= 6
    return labels >= 2 and (wide or count_numbers(table) >= _FEW_NUMBERS)


def _is_big(item: WebItem) -> bool:
    return isinstance(item.block, Table) and (
        count_numbers(item.block) >= _MANY_NUMBERS or item.block.n_columns >= _MANY_COLUMNS
    )


def _asides(places: Places) -> list[bool]:
    """For each place whether it or one around it names itself a menu, a footer or the like."""
    words, article = words_of("aside"), words_of("article")
    found: list[bool] = [False]
    for place in range(1, len(places.parents)):
        names = places.names[place]
        own = bool(names & ASIDE) or (bool(names & words) and not names & article)
        found.append(found[places.parents[place]] or (own and not names & _ARTICLES))
    return found


def _weight(item: WebItem, *, off: bool, data: bool) -> float:
    if data:
        return _BIG_TABLE if _is_big(item) else _TABLE_ASIDE if off else _TABLE
    free = item.size - item.linked
    if off or item.is_linked:
        return free * _ASIDE_SHARE
    return free if free >= _SENTENCE else free * _SHORT_SHARE


def _core(items: Sequence[WebItem], places: Places, off: Sequence[bool], data: Sequence[bool]) -> int:
    """The innermost place that holds nearly everything."""
    weights = [0.0] * len(places.parents)
    tables = [0] * len(places.parents)
    for item, aside, table in zip(items, off, data, strict=True):
        weights[item.where] += _weight(item, off=aside, data=table)
        tables[item.where] += table and _is_big(item)  # a few counters may stand anywhere
    for place in range(len(weights) - 1, 0, -1):  # children come after their parents
        weights[places.parents[place]] += weights[place]
        tables[places.parents[place]] += tables[place]
    children: dict[int, list[int]] = {}
    for place in range(1, len(weights)):
        if weights[place]:
            children.setdefault(places.parents[place], []).append(place)
    names, here = words_of("article"), 0
    while True:
        below = children.get(here, [])
        best = max(below, key=weights.__getitem__, default=None)
        if best is None or tables[best] < tables[here]:
            return here
        share = _HINTED if places.names[best] & names else _SHARE
        if weights[best] < share * weights[here]:
            return here
        here = best


def _within(places: Places, core: int) -> frozenset[int]:
    inside = {core}
    for place in range(core + 1, len(places.parents)):
        if places.parents[place] in inside:
            inside.add(place)
    return frozenset(inside)


def _title_at(
    items: Sequence[WebItem], off: Sequence[bool], first: int, last: int, titles: Sequence[str]
) -> int:
    """Where the article begins: at its title, above the text or among its first blocks."""
    named = ["".join(title.split()) for title in titles]
    ahead = range(max(0, first - _ABOVE), min(last, first + _ABOVE) + 1)
    best, rank = first, 0
    for i in ahead:
        block = items[i].block
        if not isinstance(block, Paragraph) or items[i].is_linked:
            continue
        words = "".join(block.text.split())
        mine = 0
        if len(words) >= _TITLE and any(words in name for name in named):
            mine = 3 if not off[i] else 2
        elif items[i].heading and not off[i] and len(words) >= _TITLE:
            mine = 2
        if mine > rank and (i <= first or rank == 0):
            best, rank = i, mine
    return best if best <= first or rank else first


def _leads(item: WebItem, *, within: bool, off: bool) -> bool:
    """Above the title: what stands in the same element, or in a record of the publication."""
    if off or item.is_linked:
        return False
    if within:
        return not _is_menu(item)
    return isinstance(item.block, Paragraph) and _record_line(item.block.text)


def _record_line(text: str) -> bool:
    label = "".join(text.replace(":", "：").partition("：")[0].split()).strip("【】[]")
    return label in words_of("record")


def _is_menu(item: WebItem) -> bool:
    return item.is_linked or (item.linked > 0 and item.size < _MENU_LENGTH)


def is_footer(item: WebItem) -> bool:
    """A line of what stands below an article: whose site it is, the next article."""
    block = item.block
    if not isinstance(block, Paragraph) or len(block.text) > _FOOTER_LENGTH:
        return False
    text = "".join(block.text.split())
    return any(word in text for word in words_of("footer"))


def _trim_below(
    kept: list[bool], items: Sequence[WebItem], off: Sequence[bool], data: Sequence[bool], last: int
) -> None:
    """Takes links, footers and blank lines off the end, and everything below a footer."""
    for i in range(last, -1, -1):
        if not kept[i]:
            continue
        blank = not items[i].size
        if data[i] or not (off[i] or blank or items[i].is_linked or is_footer(items[i])):
            break
        kept[i] = False
    end = max((i for i, table in enumerate(data) if table and kept[i]), default=-1)
    foot = next((i for i in range(end + 1, last + 1) if kept[i] and _ends(items, i)), None)
    if foot is not None and end >= 0:
        kept[foot : last + 1] = [False] * (last + 1 - foot)


def _ends(items: Sequence[WebItem], i: int) -> bool:
    """A footer followed by nothing but short lines."""
    return is_footer(items[i]) and all(item.size < _SHORT_LINE for item in items[i:])


def _extend_below(
    kept: list[bool], items: Sequence[WebItem], off: Sequence[bool], last: int, around: frozenset[int]
) -> None:
    """Adds what follows the text in the element around it: a signature, a note."""
    for i in range(last + 1, len(items)):
        if items[i].where not in around or off[i] or is_footer(items[i]):
            return
        if items[i].is_linked:
            continue
        kept[i] = True


def _prose(items: Sequence[WebItem], titles: Sequence[str]) -> int:
    named = ["".join(title.split()) for title in titles]
    free = 0
    for item in items:
        block, own = item.block, item.size - item.linked
        if not isinstance(block, Paragraph) or item.heading or own < _SENTENCE or is_footer(item):
            continue
        words = "".join(block.text.split())
        if not any(words in name for name in named):
            free += own
    return free


def _is_list(items: Sequence[WebItem], off: Sequence[bool], prose: int) -> bool:
    """Links to articles instead of one."""
    links = [item for item, aside in zip(items, off, strict=True) if item.is_linked and not aside]
    titles = sum(item.size >= _TITLE for item in links)
    return titles >= _LISTED and prose < min(_LIST_PROSE, sum(item.linked for item in links))
