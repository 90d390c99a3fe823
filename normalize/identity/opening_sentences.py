"""The body that the first sentences of a report name.

Enters: the text of the document, plain and as printed, character for character. Leaves: a name as printed.
"""

from __future__ import annotations

import re

from normalize.identity.agencies import clean_name, is_body, is_region
from normalize.identity.titles import parse_title
from normalize.words.dates import YEAR
from normalize.words.page_words import any_of
from normalize.words.plain import plain

OPENING = 2000
"""Characters of the text that are its opening."""
_DISCLOSED = re.compile(any_of("disclosed"))
_TITLE = re.compile(rf"^.*(?:{any_of('title_ends')})")
_QUOTED = re.compile(r"《([^《》]{6,60})》")
_BY = re.compile(rf"由([^,。;:、《》()]{{3,36}}?)(?:{any_of('author_does')})")
_ANNOUNCED = re.compile(
    rf"(?:{any_of('announces')})[:,]?([^,。;:、《》]{{3,40}}?)(?:{any_of('subject')})[^,。;:、《》]{{0,14}}(?:{any_of('report')})"
)
_ASK = re.compile(rf"(?:{any_of('asks')})[:]?([^,。;:《》()]{{3,36}}?)(?:{any_of('asked')}|\(|,|。)")
_ACTS = re.compile(
    rf"(?:{YEAR}年(?:度)?[,]?|[,。]|^)([\u3400-\u9fff]{{3,24}}?)"
    rf"(?:{YEAR}年(?:{any_of('year_of_act')})?,?)?(?:在[^。;:]{{2,40}}?下,)?(?:{any_of('act')})"
)
_WRITES = re.compile(
    rf"(?:[,。]|^)([\u3400-\u9fff()]{{3,36}}?)现?(?:{any_of('writes')})(?:{any_of('written')}|《|{YEAR})"
)
_DESK = re.compile(
    rf"(?P<body>{any_of('has_desk')})(?:{any_of('desk_kind')})*(?:{any_of('small_office')})(?:{any_of('desk')})?$"
)
_A_YEAR = re.compile(rf"\(?(?:{YEAR}-)?{YEAR}(?:{any_of('year_word')})?\)?")


def quoted_body(words: str, printed: str) -> str:
    """The body in a title that the first sentences quote: 编制《太平镇2022年政府信息公开工作年度报告》."""
    for match in _QUOTED.finditer(words[:OPENING]):
        if not _DISCLOSED.search(match[1]):
            continue
        title = parse_title(printed[match.start(1) : match.end(1)], match[1])
        if title and (is_body(plain(title.agency)) or is_region(plain(title.agency))):
            return title.agency
    return ""


def acting_body(words: str, printed: str) -> str:
    """The body that the opening sentences name as the author, or as the one who acts or answers."""
    for pattern in (_BY, _ANNOUNCED, _WRITES, _ACTS, _ASK):
        for match in pattern.finditer(words[:OPENING]):
            author = _TITLE.sub("", match[1])  # the title may stand right before the sentence
            name = clean_name(_DESK.sub(r"\g<body>", _A_YEAR.sub("", author)))
            at = words.find(name, match.start(1)) if is_body(name) else -1
            if at >= 0:
                return printed[at : at + len(name)]
    return ""
