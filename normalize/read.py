"""Document -> Report: the whole reading, one step after the other.

Enters: a `Document`. Leaves: a `Report`. Every number in it can be walked back to its cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import Document
from normalize.bodiless import reason_of_page
from normalize.disclosure import read_disclosure
from normalize.fold import fold
from normalize.identity import read_identity
from normalize.mentions import read_mentions
from normalize.observe import form_of, observe
from normalize.placed import Placed
from normalize.prose import read_sections
from normalize.quantity import read_quantity
from normalize.relations import check_relations
from normalize.remedies import read_remedies
from normalize.report import Check, Identity, Issue, Observation, Report, Status, Verdict
from normalize.requests import read_requests
from normalize.stream import read_rows
from normalize.tables import find_tables

TWICE = 15
"""Rows of table 三 printed again, and cells that differ there, from which the second is another report's."""
INFERRED = 0.85
"""The most that cells of a page without rulings count for: 97 % of them were right when measured."""
ENOUGH = 5
"""Placed cells from which a document without a title is a report all the same."""
_TITLE_WORDS = (
    ("信息公开", "年度报告"),
    ("信息公开", "年报"),
    ("政务公开", "年度报告"),
    ("信息公开", "工作报告"),
)


def read_report(document: Document) -> Report:
    """The report of a document; `is_report` is False, with the reason, where it is none."""
    stream = read_rows(document)
    found = find_tables(stream)
    readings = [
        read_disclosure(found.disclosure),
        read_requests(found.requests),
        read_remedies(found.remedies),
    ]
    placed = [p for r in readings for p in r.placed]
    page = document.reader == "html"
    identity = read_identity(
        stream.paragraphs,
        () if page else document.margins,
        document.properties_title,
        document.source.path,
        document.margins if page else (),
    )
    empty = Report(
        document.source,
        document.format,
        document.reader,
        document.pages,
        identity,
        "",
        remarks=document.remarks,
    )
    if _is_double(readings[1].placed):
        return replace(empty, is_report=False, reason="文件里有两份年报，请拆成两个文件再读")
    if len(placed) < ENOUGH:
        reason = reason_of_page(document, stream.paragraphs)
        if reason or not _is_titled(identity):
            return replace(empty, is_report=False, reason=reason or _reason(document))
    return _report(empty, placed, [i for r in readings for i in r.issues], stream.paragraphs)


def _report(empty: Report, placed: Sequence[Placed], issues: Sequence[Issue], paragraphs: Sequence) -> Report:  # type: ignore[type-arg]
    identity = empty.identity
    fallback = "2019" if identity.year in (2019, 2020) else "2021"
    observations: tuple[Observation, ...] = ()
    more: tuple[Issue, ...] = ()
    form = form_of(placed, identity.year)
    if placed or form == "":
        observations, more = observe(placed, fallback)
    if empty.pages is not None:  # cells of a page have boxes where rulings enclose them
        observations = tuple(_without_box(o) for o in observations)
    tested = check_relations(observations)
    sections = read_sections(paragraphs)
    return replace(
        empty,
        form=form,
        observations=_flag(observations, tested),
        checks=tuple(check for check, _ in tested),
        sections=sections,
        mentions=read_mentions(sections),
        issues=(*issues, *more, *_missing_tables(observations), *_pictures(empty.remarks, observations)),
    )


def _flag(
    observations: Sequence[Observation], tested: Sequence[tuple[Check, tuple[tuple[str, str, str], ...]]]
) -> tuple[Observation, ...]:
    """Observations with the ids of the failed checks that their numbers take part in."""
    failed: dict[tuple[str, str, str], set[str]] = {}
    for check, keys in tested:
        if check.verdict is Verdict.FAIL:
            for key in keys:
                failed.setdefault(key, set()).add(check.check)
    return tuple(
        replace(o, flags=tuple(sorted({*o.flags, *failed[o.table, o.field, o.applicant]})))
        if o.value is not None and (o.table, o.field, o.applicant) in failed
        else o
        for o in observations
    )


def _without_box(seen: Observation) -> Observation:
    """A cell that no rulings enclose is less certain, however well its row and column read."""
    if seen.bbox or seen.status is Status.ABSENT:
        return seen
    return replace(seen, confidence=min(seen.confidence, INFERRED))


def _pictures(remarks: Sequence[str], observations: Sequence[Observation]) -> list[Issue]:
    """What the form has and the document lacks may stand in pictures, or on pages that are nothing else."""
    if not any(o.status is Status.ABSENT for o in observations):
        return []
    found = []
    if "pages.without_text" in remarks:
        message = "有的页只有图片，没有文字，表中缺的内容可能在那里，请核对原件。"
        found.append(Issue("pages.without_text", message))
    if "pictures.unread" in remarks:
        message = "正文里有图片，表中缺的内容可能在图片里，请核对原件。"
        found.append(Issue("pictures.unread", message))
    return found


def _missing_tables(observations: Sequence[Observation]) -> list[Issue]:
    names = {"disclosure": "二、主动公开", "requests": "三、申请办理", "remedies": "四、复议诉讼"}
    return [
        Issue("table.absent", f"没有找到“{name}”统计表，请核对原件。", "", table)
        for table, name in names.items()
        if observations and all(o.status is Status.ABSENT for o in observations if o.table == table)
    ]


def _is_double(placed: Sequence[Placed]) -> bool:
    """Table 三 stands twice in the file with other numbers: two reports, which cannot share one row."""
    first: dict[tuple[str, str, str], str] = {}
    again, differ = set(), 0
    for item in placed:
        if item.key in first:
            again.add(item.field)
            differ += read_quantity(first[item.key]) != read_quantity(item.text)
        first.setdefault(item.key, item.text)
    return len(again) >= TWICE and differ >= TWICE


def _is_titled(identity: Identity) -> bool:
    title = fold(identity.title)
    return any(all(word in title for word in words) for words in _TITLE_WORDS)


def _reason(document: Document) -> str:
    if not any(getattr(b, "text", "") or getattr(b, "cells", ()) for b in document.blocks):
        return "文件中没有文字内容"
    return "不是政府信息公开工作年度报告：没有年报标题，也没有规定格式的统计表"
