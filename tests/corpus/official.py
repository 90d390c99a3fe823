"""The official form as this generator knows it: fields, labels, units, the shape of the three tables.

Enters: nothing. Leaves: constants. Typed from the form itself and kept apart from the reader's
dictionaries on purpose; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Key = tuple[str, str, str]
"""Table, field, applicant ("" outside table 三)."""

Level = Literal["top", "mid", "leaf"]
Edition = Literal["2021", "2019"]

ORGANISATIONS = ("business", "research_institution", "public_interest_org", "legal_service", "other_org")
APPLICANTS = ("natural_person", *ORGANISATIONS, "total")
APPLICANT_LABELS = {
    "natural_person": "自然人",
    "business": "商业企业",
    "research_institution": "科研机构",
    "public_interest_org": "社会公益组织",
    "legal_service": "法律服务机构",
    "other_org": "其他",
    "total": "总计",
}
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS = "三、本年度办理结果"


@dataclass(frozen=True, slots=True)
class StubRow:
    """One number row of table 三 with the labels that lead to it."""

    field: str
    level: Level
    label: str
    group: str = ""


def _group(prefix: str, title: str, entries: tuple[tuple[str, str], ...]) -> tuple[StubRow, ...]:
    return tuple(StubRow(f"outcome.{prefix}.{name}", "leaf", label, title) for name, label in entries)


_START = (
    StubRow("new", "top", "一、本年新收政府信息公开申请数量"),
    StubRow("carried_in", "top", "二、上年结转政府信息公开申请数量"),
    StubRow("outcome.granted", "mid", "（一）予以公开"),
    StubRow("outcome.partially_granted", "mid", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
)
_DENIED = _group(
    "denied",
    "（三）不予公开",
    (
        ("state_secret", "1.属于国家秘密"),
        ("prohibited_by_law", "2.其他法律行政法规禁止公开"),
        ("security_and_stability", "3.危及“三安全一稳定”"),
        ("third_party_rights", "4.保护第三方合法权益"),
        ("internal_affairs", "5.属于三类内部事务信息"),
        ("process_information", "6.属于四类过程性信息"),
        ("enforcement_files", "7.属于行政执法案卷"),
        ("administrative_inquiry", "8.属于行政查询事项"),
    ),
)
_NOT_AVAILABLE = _group(
    "not_available",
    "（四）无法提供",
    (
        ("not_held", "1.本机关不掌握相关政府信息"),
        ("requires_creation", "2.没有现成信息需要另行制作"),
        ("unclear_after_correction", "3.补正后申请内容仍不明确"),
    ),
)
_NOT_PROCESSED = _group(
    "not_processed",
    "（五）不予处理",
    (
        ("petition", "1.信访举报投诉类申请"),
        ("repeated", "2.重复申请"),
        ("publication", "3.要求提供公开出版物"),
        ("excessive", "4.无正当理由大量反复申请"),
        ("reissue", "5.要求行政机关确认或重新出具已获取信息"),
    ),
)
_OTHER_2021 = _group(
    "other",
    "（六）其他处理",
    (
        ("correction_overdue", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        ("fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        ("other", "3.其他"),
    ),
)
_OTHER_2019 = (StubRow("outcome.other", "mid", "（六）其他处理"),)
_END = (
    StubRow("outcome.total", "mid", "（七）总计"),
    StubRow("carried_out", "top", "四、结转下年度继续办理"),
)

REQUEST_ROWS: dict[Edition, tuple[StubRow, ...]] = {
    "2021": _START + _DENIED + _NOT_AVAILABLE + _NOT_PROCESSED + _OTHER_2021 + _END,
    "2019": _START + _DENIED + _NOT_AVAILABLE + _NOT_PROCESSED + _OTHER_2019 + _END,
}
OUTSIDE_OUTCOME = ("new", "carried_in", "outcome.total", "carried_out")


def outcome_leaves(edition: Edition) -> tuple[str, ...]:
    """The rows that （七）总计 adds up."""
    return tuple(r.field for r in REQUEST_ROWS[edition] if r.field not in OUTSIDE_OUTCOME)


@dataclass(frozen=True, slots=True)
class Item:
    """One block of table 二: its title, heads and rows (`fields` in the order of the heads)."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


_DECISIONS = ("本年处理决定数量",)
_CHANGES = ("上一年项目数量", "本年增/减", "处理决定数量")


def _change(name: str) -> tuple[str, ...]:
    return (f"{name}.items_previous_year", f"{name}.items_change", f"{name}.decisions")


ITEM_ONE: dict[Edition, Item] = {
    "2021": Item(
        "第二十条第（一）项",
        ("本年制发件数", "本年废止件数", "现行有效件数"),
        (
            ("规章", ("rules.issued", "rules.repealed", "rules.in_force")),
            (
                "行政规范性文件",
                (
                    "normative_documents.issued",
                    "normative_documents.repealed",
                    "normative_documents.in_force",
                ),
            ),
        ),
    ),
    "2019": Item(
        "第二十条第（一）项",
        ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
        (
            ("规章", ("rules.created", "rules.newly_published", "rules.total_published")),
            (
                "规范性文件",
                (
                    "normative_documents.created",
                    "normative_documents.newly_published",
                    "normative_documents.total_published",
                ),
            ),
        ),
    ),
}
OTHER_ITEMS: dict[Edition, tuple[Item, ...]] = {
    "2021": (
        Item("第二十条第（五）项", _DECISIONS, (("行政许可", ("licensing.decisions",)),)),
        Item(
            "第二十条第（六）项",
            _DECISIONS,
            (("行政处罚", ("penalties.decisions",)), ("行政强制", ("compulsion.decisions",))),
        ),
        Item(
            "第二十条第（八）项", ("本年收费金额（单位：万元）",), (("行政事业性收费", ("charges.amount",)),)
        ),
    ),
    "2019": (
        Item(
            "第二十条第（五）项",
            _CHANGES,
            (("行政许可", _change("licensing")), ("其他对外管理服务事项", _change("other_services"))),
        ),
        Item(
            "第二十条第（六）项",
            _CHANGES,
            (("行政处罚", _change("penalties")), ("行政强制", _change("compulsion"))),
        ),
        Item(
            "第二十条第（八）项",
            ("上一年项目数量", "本年增/减"),
            (("行政事业性收费", ("charges.items_previous_year", "charges.items_change")),),
        ),
        Item(
            "第二十条第（九）项",
            ("采购项目数量", "采购总金额"),
            (("政府集中采购", ("procurement.projects", "procurement.amount")),),
        ),
    ),
}

RESULTS_OF_REVIEW = ("upheld", "corrected", "other", "pending", "total")
REVIEW_LABELS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
REVIEW_BLOCKS = (
    ("reconsideration", "行政复议", ""),
    ("litigation_direct", "行政诉讼", "未经复议直接起诉"),
    ("litigation_after_reconsideration", "行政诉讼", "复议后起诉"),
)


def unit_of(key: Key) -> str:
    """The unit that the form itself gives to a field."""
    field = key[1]
    if field in ("charges.amount", "procurement.amount"):
        return "万元" if field == "charges.amount" else "元"
    if field.endswith(("items_previous_year", "items_change", "procurement.projects")):
        return "项"
    return "件"


@dataclass(frozen=True, slots=True)
class Editions:
    """Which edition each part of a report follows."""

    item_one: Edition
    items: Edition
    requests: Edition

    @property
    def form(self) -> str:
        """`2021`, `2019` or `mixed`."""
        used = {self.item_one, self.items, self.requests}
        return used.pop() if len(used) == 1 else "mixed"

    def items_of_disclosure(self) -> tuple[Item, ...]:
        """The blocks of table 二."""
        return (ITEM_ONE[self.item_one], *OTHER_ITEMS[self.items])

    def cells(self) -> tuple[Key, ...]:
        """Every cell in the order of the form."""
        disclosure = [
            ("disclosure", f, "") for i in self.items_of_disclosure() for _, fs in i.rows for f in fs
        ]
        requests = [("requests", r.field, a) for r in REQUEST_ROWS[self.requests] for a in APPLICANTS]
        remedies = [("remedies", f"{b}.{x}", "") for b, _, _ in REVIEW_BLOCKS for x in RESULTS_OF_REVIEW]
        return (*disclosure, *requests, *remedies)


Numbers = dict[Key, Decimal]
