"""The closing words of a run.

Enters: its counts. Leaves: a few plain sentences with the next thing to look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nianbao.journal.events import Result
from nianbao.messages import Lang, Messages
from nianbao.results.own_files import RECORD
from nianbao.results.tally import STATUSES, ProblemKey, Tally, failed_checks, list_doubts
from normalize.form.in_sentences import TABLE_NAMES
from normalize.report import Check, Issue
from normalize.versions.compare_cells import CHECK as VERSIONS
from output.outcome import Outcome
from output.wording import CHECKS, CODES

SHOWN_PROBLEMS = 5


def summarise(tally: Tally, out: Path, say: Messages, *, workbook: bool) -> str:
    """The summary as it is printed."""
    if not tally.total:
        return say("summary.nothing", out=out)
    lines = [say("summary.total", n=tally.total, counts=describe_counts(tally, say))]
    if problems := tally.problems.most_common():
        lines.append(say("summary.problems"))
        ranked = sorted(problems, key=lambda item: (-item[1], item[0]))[:SHOWN_PROBLEMS]
        lines += [say("summary.problem", name=name_problem(problem, say), n=n) for problem, n in ranked]
    lines.append(say("summary.written", out=out))
    lines += advise(tally, out, say, workbook=workbook)
    return "\n".join(lines)


def describe_counts(tally: Tally, say: Messages) -> str:
    """The counts by status, those that are zero left out."""
    shown = [status for status in STATUSES if tally.statuses[status]]
    return say("list.comma").join(say(f"status.{status}", n=tally.statuses[status]) for status in shown)


def advise(tally: Tally, out: Path, say: Messages, *, workbook: bool) -> Iterator[str]:
    """What to do next: report a bug, look at the first doubt, mend the first failed file."""
    if tally.bugs:
        yield say("next.bug", source=tally.bugs[0].source, record=out / RECORD)
    if tally.first_flagged:
        if workbook:
            yield say("next.workbook", path=out / "workbook.xlsx")
        yield say(
            "next.flagged",
            source=tally.first_flagged.source.path,
            problem=describe_first_problem(tally.first_flagged, say),
        )
    elif tally.first_failed:
        yield say("next.failed", failure=describe_failure(tally.first_failed, say))


def describe_first_problem(outcome: Outcome, say: Messages) -> str:
    """The first failed relation of a report, else its first issue, else its first doubt."""
    report = outcome.report
    if report is None:
        return ""
    if checks := failed_checks(report):
        return describe_check(checks[0], say)
    if report.issues:
        return describe_issue(report.issues[0], say)
    return next((name_problem(("doubt", doubt), say) for doubt in list_doubts(report)), "")


def describe_check(check: Check, say: Messages) -> str:
    """One sentence about a failed relation."""
    return check.message if say.lang is Lang.ZH else check.message_en


def describe_issue(issue: Issue, say: Messages) -> str:
    """One sentence about something that could not be placed."""
    if say.lang is Lang.ZH and issue.message:
        return issue.message
    table = say.pick(TABLE_NAMES.get(issue.table, ("", "")))
    name = ", ".join(filter(None, (table, name_problem(("issue", issue.code), say))))
    return say("issue.sentence", name=name, raw=issue.raw) if issue.raw else name


def name_problem(problem: ProblemKey, say: Messages) -> str:
    """The words for a failed check, a doubt, an issue or an error."""
    kind, code = problem
    if kind == "check" and code in CHECKS:
        key = "problem.versions" if code == VERSIONS else "problem.check"
        return say(key, relation=say.pick(CHECKS[code]))
    if kind == "error":
        return say.name(kind, code)
    return say.pick(CODES[code]) if code in CODES else code


def describe_failure(outcome: Outcome | Result, say: Messages) -> str:
    """One line that names the file and says what to do."""
    error = outcome.error_en if say.lang is Lang.EN else outcome.error
    return say("run.failed", source=outcome.source.path, error=error or outcome.error)
