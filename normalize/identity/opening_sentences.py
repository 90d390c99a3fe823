"""The body that the first sentences of a report name.

Enters: the text of the document, plain and as printed, character for character. Leaves: a name as printed.
"""

from __future__ import annotations

from normalize.identity.agencies import clean_name, is_body, is_region
from normalize.identity.titles import parse_title
from normalize.words.dates import YEAR
from normalize.words.page_words import WORDS
from normalize.words.plain import plain
from normalize.words.search import Pattern

OPENING = 2000
"""Characters of the text that are its opening."""
_DISCLOSED = Pattern(r"\L<disclosed>", WORDS)
_TITLE = Pattern(r"^.*\L<title_ends>", WORDS)
_QUOTED = Pattern(r"《([^《》]{6,60})》")
_BY = Pattern(r"由([^,。;:、《》()]{3,36}?)\L<author_does>", WORDS)
_ANNOUNCED = Pattern(
    r"\L<announces>[:,]?([^,。;:、《》]{3,40}?)\L<subject>[^,。;:、《》]{0,14}\L<report>", WORDS
)
_ASK = Pattern(r"\L<asks>[:]?([^,。;:《》()]{3,36}?)(?:\L<asked>|\(|,|。)", WORDS)
_ACTS = Pattern(
    rf"(?:{YEAR}年(?:度)?[,]?|[,。]|^)(\p{{Han}}{{3,24}}?)"
    rf"(?:{YEAR}年\L<year_of_act>?,?)?(?:在[^。;:]{{2,40}}?下,)?\L<act>",
    WORDS,
)
_WRITES = Pattern(rf"(?:[,。]|^)([\p{{Han}}()]{{3,36}}?)现?\L<writes>(?:\L<written>|《|{YEAR})", WORDS)
_DESK = Pattern(r"(?P<body>\L<has_desk>)\L<desk_kind>*\L<small_office>\L<desk>?$", WORDS)
_A_YEAR = Pattern(rf"\(?(?:{YEAR}-)?{YEAR}\L<year_word>?\)?", WORDS)


def quoted_body(words: str, printed: str) -> str:
    """The body in a title that the first sentences quote: 编制《太平镇2022年政府信息公开工作年度报告》."""
    for match in _QUOTED.find_all(words[:OPENING]):
        if not _DISCLOSED.search(match[1]):
            continue
        title = parse_title(printed[match.start(1) : match.end(1)], match[1])
        if title and (is_body(plain(title.agency)) or is_region(plain(title.agency))):
            return title.agency
    return ""


def acting_body(words: str, printed: str) -> str:
    """The body that the opening sentences name as the author, or as the one who acts or answers."""
    for pattern in (_BY, _ANNOUNCED, _WRITES, _ACTS, _ASK):
        for match in pattern.find_all(words[:OPENING]):
            author = _TITLE.sub("", match[1])  # the title may stand right before the sentence
            name = clean_name(_DESK.sub(r"\g<body>", _A_YEAR.sub("", author)))
            at = words.find(name, match.start(1)) if is_body(name) else -1
            if at >= 0:
                return printed[at : at + len(name)]
    return ""
