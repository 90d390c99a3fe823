"""What became of one file, in one `Outcome`.

Enters: a report, or the reason why there is none. Leaves: the outcome with its status and, in both languages,
one plain sentence.
"""

from __future__ import annotations

import errno
import traceback
from dataclasses import replace

from extract.document import Source
from extract.errors import NotAccessible, OutOfMemory, ReadError
from nianbao.find.access_fault import AccessFault
from nianbao.messages import Lang, load_messages
from normalize.report import Report, Verdict, hold_exactly
from output.outcome import Outcome


def explain(source: Source, error: Exception) -> Outcome:
    """The outcome of a file that could not be read, by what was raised; the unforeseen is a bug of ours."""
    if isinstance(error, ReadError):
        return fail(source, error)
    if isinstance(error, MemoryError):
        return fail(source, OutOfMemory())
    if isinstance(error, RecursionError):
        return fail_with_message(source, "nested")
    told = "".join(traceback.format_exception(error))
    return replace(fail_with_message(source, "bug"), traceback=told)


def judge_report(report: Report) -> Outcome:
    """What became of a report that was read."""
    if not report.is_report:
        return Outcome(
            report.source,
            "not_a_report",
            format=report.format,
            report=report,
            error_code="not_a_report",
            error=report.reason or load_messages(Lang.ZH)("error.not_a_report"),
            error_en=load_messages(Lang.EN)("error.not_a_report"),
        )
    return Outcome(report.source, "flagged" if has_doubts(report) else "ok", report.format, report)


def has_doubts(report: Report) -> bool:
    """Whether a person should look at it: failed relations, doubted values, things not placed."""
    return bool(
        report.issues
        or report.identity.doubts
        or any(check.verdict is Verdict.FAIL for check in report.checks)
        or any(seen.flags or hold_exactly(seen.value) is not seen.value for seen in report.observations)
    )


def copy_outcome(first: Outcome, source: Source) -> Outcome:
    """The outcome of bytes met before: a duplicate of the report, or no report for the same reason."""
    if first.status in {"failed", "not_a_report"}:
        report = replace(first.report, source=source) if first.report else None
        return replace(first, source=source, report=report, traceback="")
    return Outcome(source, "duplicate", format=first.format, duplicate_of=first.source.path)


def refuse_access(source: Source, fault: AccessFault) -> Outcome:
    """The outcome of something that was found but not opened."""
    if fault.kind == "link_outside":
        return fail_with_message(source, "link_outside")
    if fault.kind == "link_gone":
        return _fail_access(source, "access.link_gone")
    return fail_access(source, OSError(fault.number, "")) if fault.number else fail(source, NotAccessible())


def fail_access(source: Source, error: OSError) -> Outcome:
    """The outcome of something that the operating system does not give."""
    denied = error.errno in {errno.EACCES, errno.EPERM}
    return _fail_access(source, "access.denied" if denied else "access.failed", detail=error)


def _fail_access(source: Source, key: str, **values: object) -> Outcome:
    zh, en = (load_messages(lang)(key, **values) for lang in (Lang.ZH, Lang.EN))
    return Outcome(source, "failed", error_code=NotAccessible.code, error=zh, error_en=en)


def fail(source: Source, error: ReadError) -> Outcome:
    """The outcome of a file that a reader gave up."""
    return Outcome(
        source,
        "failed",
        error_code=error.code,
        error=error.sentence("zh"),
        error_en=error.sentence("en"),
    )


def fail_with_message(source: Source, code: str) -> Outcome:
    """The outcome of a file that failed for a reason that no reader raises."""
    zh, en = (load_messages(lang)(f"error.{code}") for lang in (Lang.ZH, Lang.EN))
    return Outcome(source, "failed", error_code=code, error=zh, error_en=en)


def reject(source: Source, code: str) -> Outcome:
    """The outcome of something that was read and holds no report."""
    zh, en = (load_messages(lang)(f"error.{code}") for lang in (Lang.ZH, Lang.EN))
    return Outcome(source, "not_a_report", error_code=code, error=zh, error_en=en)
