"""Figures that four public bodies printed, carried over for the fixtures; rows of zeros are left out.

Enters: nothing. Leaves: the printed texts of each report by cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.official import APPLICANTS, RESULTS_OF_REVIEW, REVIEW_BLOCKS, Editions, Key

_REVIEWS = tuple(f"{b}.{x}" for b, _, _ in REVIEW_BLOCKS for x in RESULTS_OF_REVIEW)


@dataclass(frozen=True, slots=True)
class Figures:
    """One report's figures.

    Attributes:
        disclosure: texts of table 二 in the order of the form, parted by blanks; `_` is an empty cell.
        requests: field -> seven texts; a row that is not here holds `filler` seven times.
        remedies: fifteen texts.
    """

    editions: Editions
    disclosure: str
    remedies: str
    filler: str = "0"
    requests: dict[str, str] = field(default_factory=dict)

    def raws(self) -> dict[Key, str]:
        """The printed texts by cell."""
        keys = self.editions.cells()
        raws = dict(zip((k for k in keys if k[0] == "disclosure"), _texts(self.disclosure), strict=True))
        raws |= {("remedies", f, ""): t for f, t in zip(_REVIEWS, _texts(self.remedies), strict=True)}
        for key in keys:
            if key[0] == "requests":
                row = _texts(self.requests.get(key[1], " ".join([self.filler] * 7)))
                raws[key] = row[APPLICANTS.index(key[2])]
        return raws


def _texts(line: str) -> list[str]:
    return [t.replace("_", "").replace("~", " ") for t in line.split(" ")]


GANGCHA_2021 = Figures(
    Editions("2019", "2021", "2019"),
    "20 0 31 3 3 3 262 13236 999 18.085682~万元",
    "_ _ _ _ _ 0 0 2 0 2 3 0 0 0 3",
    requests={"new": "0 0 0 0 0 1 1", "outcome.denied.enforcement_files": "1 0 0 0 0 0 1"},
)
HONGZE_2023 = Figures(
    Editions("2021", "2021", "2019"),
    "0 0 0 0 5 5 550 4119 195 7730.28",
    "10 1 0 0 0 0 0 0 0 0 5 0 0 0 0",
    requests={
        "new": "21 0 0 0 0 0 21",
        "outcome.partially_granted": "4 0 0 0 0 0 4",
        "outcome.denied.state_secret": "1 0 0 0 0 0 1",
        "outcome.denied.process_information": "1 0 0 0 0 0 1",
        "outcome.denied.enforcement_files": "1 0 0 0 0 0 1",
        "outcome.not_available.not_held": "10 0 0 0 0 0 10",
        "outcome.not_available.requires_creation": "3 0 0 0 0 0 3",
        "outcome.not_processed.petition": "1 0 0 0 0 0 1",
        "outcome.total": "21 0 0 0 0 0 21",
    },
)
PINGTAN_2019 = Figures(
    Editions("2019", "2019", "2019"),
    "0 0 0 89 89 89 396 0 181 10 0 153 2648 0 430 126 0 25 35 0 135 75394432.52元",
    "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
    requests={
        "new": "23 0 0 0 0 0 23",
        "outcome.granted": "7 0 0 0 0 0 7",
        "outcome.partially_granted": "1 0 0 0 0 0 1",
        "outcome.not_available.not_held": "7 0 0 0 0 0 7",
        "outcome.not_available.unclear_after_correction": "5 0 0 0 0 0 5",
        "outcome.not_processed.repeated": "3 0 0 0 0 0 3",
        "outcome.total": "23 0 0 0 0 0 23",
    },
)
PINGTAN_2020 = Figures(
    Editions("2019", "2019", "2019"),
    "0 0 7 77 77 166 396 442 278 10 7 105 2648 -18 538 126 26 29 35 -15 395 73802895.90元",
    "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
    requests={
        "new": "20 0 0 0 0 1 21",
        "outcome.granted": "6 0 0 0 0 1 7",
        "outcome.partially_granted": "6 0 0 0 0 0 6",
        "outcome.not_available.not_held": "4 0 0 0 0 0 4",
        "outcome.not_available.unclear_after_correction": "3 0 0 0 0 0 3",
        "outcome.not_processed.repeated": "3 0 0 0 0 0 3",
        "outcome.other": "4 0 0 0 0 0 4",
        "outcome.total": "20 0 0 0 0 1 21",
    },
)
SHANGHAI_2019 = Figures(
    Editions("2019", "2019", "2019"),
    "13 13 524 60 60 368 0 0 0 0 0 0 0 0 0 0 0 0 0 0 6 251000元",
    "5 _ _ 2 7 8 _ _ 1 9 _ _ _ _ _",
    filler="_",
    requests={
        "new": "821 35 _ _ 2 1 859",
        "carried_in": "18 _ _ _ _ _ 18",
        "outcome.granted": "258 12 _ _ 1 1 _",
        "outcome.partially_granted": "3 _ _ _ _ _ _",
        "outcome.denied.state_secret": "14 _ _ _ _ _ _",
        "outcome.denied.internal_affairs": "5 _ _ _ _ _ _",
        "outcome.denied.process_information": "3 1 _ _ _ _ _",
        "outcome.denied.administrative_inquiry": "10 2 _ _ _ _ _",
        "outcome.not_available.not_held": "252 12 _ _ 1 _ _",
        "outcome.not_available.requires_creation": "44 3 _ _ _ _ _",
        "outcome.not_available.unclear_after_correction": "25 _ _ _ _ _ _",
        "outcome.not_processed.petition": "148 1 _ _ _ _ _",
        "outcome.not_processed.repeated": "5 4 _ _ _ _ _",
        "outcome.total": "767 35 _ _ 2 1 805",
        "carried_out": "72 _ _ _ _ _ 72",
    },
)
