"""Document -> Report: the whole reading, one step after the other.

Enters: a `Document`. Leaves: a `Report`. Every number in it can be walked back to its cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import Document, Paragraph
from normalize.any_table.read import read_any_table
from normalize.checks.editions import edition_due, edition_of
from normalize.checks.is_report import reason_against, reason_against_empty
from normalize.checks.lacking import find_lacking
from normalize.checks.left_over import name_left
from normalize.checks.observations import observe
from normalize.checks.relations import check_relations
from normalize.disclosure.read import read_disclosure
from normalize.form.confidence import INFERRED
from normalize.form.loader import FORM
from normalize.form.placed import Left, Placed, TableReading
from normalize.form.template import Template
from normalize.identity.read import read_identity
from normalize.prose.mentions import read_mentions
from normalize.prose.sections import read_sections
from normalize.remedies.read import read_remedies
from normalize.report import CellKey, Check, Issue, Observation, Report, Status, Verdict
from normalize.requests.read import read_requests
from normalize.rows.document_to_rows import read_rows
from normalize.rows.row import Row
from normalize.rows.which_table import FormRows, find_tables


def read_report(document: Document) -> Report:
    """The report of a document; `is_report` is False, with the reason, where it is none."""
    stream = read_rows(document)
    page = document.reader == "html"
    identity = read_identity(
        stream.paragraphs,
        () if page else document.margins,
        document.properties_title,
        document.source.path,
        document.margins if page else (),
    )
    found = find_tables(stream, identity.year)
    readings = [_read(FORM.templates[name], rows) for name, rows in found.templates.items()]
    placed = [p for r in readings for p in r.placed]
    empty = Report(
        document.source,
        document.format,
        document.reader,
        document.pages,
        identity,
        "",
        remarks=document.remarks,
    )
    reason = reason_against(document, stream.paragraphs, identity, found, placed)
    if reason:
        return replace(empty, is_report=False, reason=reason)
    report = _report(empty, placed, [item for r in readings for item in r.left], stream.paragraphs, found)
    reason = reason_against_empty(report, found)
    return replace(empty, is_report=False, reason=reason) if reason else report


def _read(template: Template, rows: Sequence[Row]) -> TableReading:
    """The rows of a template read: those of the form by the room that knows their layouts."""
    match template.reader:
        case "disclosure":
            return read_disclosure(rows)
        case "requests":
            return read_requests(rows)
        case "remedies":
            return read_remedies(rows)
        case _:
            return read_any_table(template, rows)


def _report(
    empty: Report,
    placed: Sequence[Placed],
    left: Sequence[Left],
    paragraphs: Sequence[Paragraph],
    found: FormRows,
) -> Report:
    identity = empty.identity
    observations: tuple[Observation, ...] = ()
    more: tuple[Issue, ...] = ()
    edition = edition_of(placed, identity.year, statistics=bool(found.statistics))
    if placed or edition == "":
        observations, more = observe(placed, edition_due(edition, identity.year))
    if empty.pages is not None:  # cells of a page have boxes where rulings enclose them
        observations = tuple(_without_box(o) for o in observations)
    tested = check_relations(observations, edition)
    checks = tuple(check for check, _ in tested)
    sections = read_sections(paragraphs)
    lacking = find_lacking(edition, observations, checks, found, empty.remarks)
    return replace(
        empty,
        edition=edition,
        observations=_flag(observations, tested),
        checks=checks,
        sections=sections,
        mentions=read_mentions(sections),
        issues=(*name_left(left), *more, *lacking),
    )


def _flag(
    observations: Sequence[Observation], tested: Sequence[tuple[Check, tuple[CellKey, ...]]]
) -> tuple[Observation, ...]:
    """Observations with the ids of the failed checks that their numbers take part in."""
    failed: dict[CellKey, set[str]] = {}
    for check, keys in tested:
        if check.verdict is Verdict.FAIL:
            for key in keys:
                failed.setdefault(key, set()).add(check.check)
    return tuple(
        replace(o, flags=tuple(sorted({*o.flags, *failed[o.key]})))
        if o.value is not None and o.key in failed
        else o
        for o in observations
    )


def _without_box(seen: Observation) -> Observation:
    """A cell that no rulings enclose is less certain, however well its row and column read."""
    if seen.bbox or seen.status is Status.ABSENT:
        return seen
    return replace(seen, confidence=min(seen.confidence, INFERRED))
