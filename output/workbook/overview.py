"""The files of the run -> sheets 总览 and 未处理文件, and what is counted over all of them.

Enters: `FileEntry`s. Leaves: the sheets; the files of one report are counted once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from output import wording
from output.outcome import READ
from output.workbook.sheet import (
    BY_NAME,
    FileEntry,
    NamedValues,
    Sheet,
    SheetColumn,
    SheetRow,
    Shown,
    Tone,
    Value,
    agency_of,
    year_of,
)

TONES = {"failed": Tone.FAIL, "flagged": Tone.DOUBT, "not_a_report": Tone.MUTED, "duplicate": Tone.MUTED}
BY_NAME_ONLY = "机关、年度取自文件名或文件夹名"
LEGEND = "红底：勾稽不符，读取失败　黄底：需核对　灰字：取自文件名，未采用"
SUMS = ("values", "absent", "checks_failed")
DOUBTS, VERSIONS = "doubts", "versions"
"""What is counted beside the statuses of files."""


def overview_sheet() -> Sheet:
    """One row per file found.

    Returns:
        The sheet.
    """
    columns = (
        *(
            SheetColumn("机关", 18),
            SheetColumn("年度", 6),
            SheetColumn("状态", 9),
            SheetColumn("采用", 6),
            SheetColumn("表样", 9),
        ),
        *(
            SheetColumn("数值个数", 6),
            SheetColumn("缺项", 6),
            SheetColumn("勾稽不符", 6),
            SheetColumn("需核对", 7),
        ),
        *(
            SheetColumn("发文字号", 13),
            SheetColumn("成文日期", 11),
            SheetColumn("说明", 26),
            SheetColumn("文件", 24),
        ),
        *(
            SheetColumn("标题", 44, printed=False),
            SheetColumn("格式", 8, printed=False),
            SheetColumn("页数", 7, printed=False),
        ),
    )
    return Sheet(
        wording.SHEETS["overview"], "总览", columns, _overview_rows, 2, "reports.csv", LEGEND, closing=_totals
    )


def _overview_rows(entry: FileEntry) -> Iterator[SheetRow]:
    file = entry.file
    status, edition = file["status"], file["form"]
    sums = (file["values"], file["absent"], file["checks_failed"], count_doubts(entry))
    values, absent, failed, doubts = sums if entry.read else (None,) * 4
    yield (
        *(agency_of(file), year_of(file)),
        Shown(wording.in_chinese(wording.FILE_STATUSES, status), TONES.get(status, Tone.PLAIN)),
        ("是" if entry.listed else Shown("否", Tone.MUTED)) if entry.read else None,
        *(wording.in_chinese(wording.EDITIONS, edition) if edition else None, values, absent),
        Shown(failed, Tone.FAIL) if failed else failed,
        Shown(doubts, Tone.DOUBT) if doubts else doubts,
        *(file["document_number"], file["issued_on"], _explain(file), file["source"]),
        *(file["title"], file["format"], file["pages"]),
    )


def count_doubts(entry: FileEntry) -> int:
    """How many rows of 勾稽问题 are about doubts."""
    return sum(problem.kind.tone is Tone.DOUBT for problem in entry.problems)


def _explain(file: NamedValues) -> Value | Shown:
    """Why a file was not read, the doubts about who and when, and which file of a report is used."""
    doubts = [wording.in_chinese(wording.CODES, code) for code in (file["doubts"] or "").split(";") if code]
    by_name = file["status"] == "failed" and BY_NAME & {file["agency_source"], file["year_source"]}
    parts = [file["error"], *doubts, _other_file(file), BY_NAME_ONLY if by_name else None]
    text = "；".join(part.rstrip("。") for part in parts if part)
    return Shown(text, Tone.DOUBT) if doubts else text or None


def _other_file(file: NamedValues) -> str | None:
    reason: str | None = file["version_reason"]
    used = file["duplicate_of"]
    return reason or (f"与“{used}”是同一报告，采用那个文件" if used else None)


def unused_sheet() -> Sheet:
    """One row per file whose numbers no other sheet shows.

    Returns:
        The sheet.
    """
    columns = (
        *(
            SheetColumn("未采用的文件", 36),
            SheetColumn("状态", 10),
            SheetColumn("机关", 20),
            SheetColumn("年度", 6),
        ),
        *(
            SheetColumn("原因", 40),
            SheetColumn("采用的文件", 30),
            SheetColumn("格式", 8),
            SheetColumn("字节数", 11),
        ),
    )
    # The tab keeps the name that it has in the contract; files that were read are in it too.
    return Sheet(wording.SHEETS["unused"], "未采用的文件", columns, _unused_rows, 1, "reports.csv", LEGEND)


def _unused_rows(entry: FileEntry) -> Iterator[SheetRow]:
    file = entry.file
    status, used = file["status"], file["duplicate_of"]
    if status not in READ:
        state = Shown(wording.in_chinese(wording.FILE_STATUSES, status), TONES.get(status, Tone.MUTED))
        reason = _explain(file)
    elif used:
        state = Shown("同一报告", Tone.MUTED)
        reason = f"已读取，本文件的数据见 observations.csv；{_other_file(file)}"
    else:
        return
    yield (
        *(file["source"], state, agency_of(file), year_of(file), reason),
        *(used, file["format"], file["bytes"]),
    )


def count_entry(entry: FileEntry) -> Mapping[str, int]:
    """What a file adds to the counts of the run.

    Args:
        entry: the file.

    Returns:
        Its status, or that it is another file of a report; the sums of a report that is listed.
    """
    if entry.read and not entry.listed:
        return {VERSIONS: 1}
    counts = {entry.file["status"]: 1}
    if entry.listed:
        counts |= {name: entry.file[name] for name in SUMS} | {DOUBTS: count_doubts(entry)}
    return counts


def _totals(counts: Mapping[str, int]) -> Iterator[SheetRow]:
    """What the files are, and the sums over reports."""
    files = {name: count for name, count in counts.items() if name not in {*SUMS, DOUBTS}}
    words = {VERSIONS: "同一报告的其他文件"} | {code: zh for code, (zh, _) in wording.FILE_STATUSES.items()}
    reports = {name: files.pop(name, 0) for name in sorted(READ, reverse=True)}
    yield (
        *("合计（同一报告只计一次）", None, None, None, None),
        *(counts.get(name, 0) for name in (*SUMS, DOUBTS)),
    )
    parts = "，".join(f"{words[name]} {count} 份" for name, count in reports.items())
    yield (f"报告 {sum(reports.values())} 份（同一报告的几个文件只计一次）：{parts}。",)
    if files:
        parts = "，".join(f"{words.get(name, name)} {count} 个" for name, count in sorted(files.items()))
        yield (f"未采用的文件 {sum(files.values())} 个：{parts}，见“未处理文件”表。",)


def name_of(file: NamedValues) -> Value | Shown:
    """Whose report a row of numbers is: the agency, or the name of the file where none is known."""
    if file["agency"]:
        return agency_of(file)
    return Shown(f"（机关不明）{PurePosixPath(file['source']).name}", Tone.MUTED)
