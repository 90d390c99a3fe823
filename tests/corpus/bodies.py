"""Invented public bodies, their titles, document numbers and dates.

Enters: a random source. Leaves: `Identity`. The place names are real syllables put together at random.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from random import Random

from corpus.truth import Identity

PROVINCES = ("云岭省", "江右省", "海东省", "漠南自治区", "岭西省", "滨州直辖市", "河套省")
FIRST = "安宁永昌平怀临清文武长乐新兴定和德庆泰康石金青白龙凤云江海山东西南北高丰广"
SECOND = "阳川州城江陵溪林水河泽原山平远安化宁源台湖口关塘丘田港岭"
KINDS = ("县", "县", "县", "市", "市", "区", "区", "自治县", "旗")
BUREAUS = (
    "教育局",
    "公安局",
    "民政局",
    "司法局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源和规划局",
    "生态环境局",
    "住房和城乡建设局",
    "交通运输局",
    "农业农村局",
    "卫生健康委员会",
    "市场监督管理局",
    "统计局",
    "医疗保障局",
    "城市管理综合行政执法局",
    "行政审批服务局",
    "发展和改革委员会",
    "应急管理局",
    "林业和草原局",
    "信访局",
    "档案局",
)
DIGITS = "〇一二三四五六七八九"
FINISH = (
    "政府信息公开工作年度报告",
    "政府信息公开工作年度报告",
    "政府信息公开工作年度报告",
    "政府信息公开年度报告",
    "政府信息公开工作年报",
    "信息公开工作年度报告",
)


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its name on titles, other names people may read out of the page, a short name for numbers."""

    name: str
    others: tuple[str, ...]
    short: str


def draw_body(rng: Random) -> Body:
    """A county, a bureau, a town, a school, a province's office, ..."""
    place = rng.choice(FIRST) + rng.choice(SECOND) + rng.choice(KINDS)
    short = place[0] + rng.choice(("政", "府", ""))
    kind = rng.randrange(10)
    if kind < 3:
        return Body(f"{place}人民政府", (place,), short + "发")
    if kind == 3:
        return Body(f"{place}人民政府办公室", (place, f"{place}人民政府"), short + "办")
    if kind == 4:
        town = rng.choice(FIRST) + rng.choice(SECOND) + rng.choice(("镇", "乡", "街道办事处"))
        name = f"{place}{town}" + ("" if town.endswith("处") else "人民政府")
        return Body(name, (f"{place}{town}", name.removeprefix(place)), place[0] + town[0] + "政发")
    if kind == 5:
        school = rng.choice(FIRST) + rng.choice(SECOND)
        return Body(
            school + rng.choice(("职业技术学院", "师范大学", "中心医院", "供水集团有限公司")),
            (),
            school[0] + "院",
        )
    if kind == 6:
        province = rng.choice(PROVINCES)
        return Body(f"{province}人民政府办公厅", (f"{province}人民政府", province), province[0] + "政办")
    if kind == 7:
        return Body(f"{place[:2]}经济技术开发区管理委员会", (f"{place[:2]}经济技术开发区",), place[0] + "管")
    bureau = rng.choice(BUREAUS)
    return Body(f"{place}{bureau}", (bureau,), place[0] + bureau[0] + "发")


def chinese_year(year: int, zero: str = "〇") -> str:
    """二〇二一."""
    return "".join(DIGITS[int(d)] for d in str(year)).replace("〇", zero)


def _chinese_number(n: int) -> str:
    tens, ones = divmod(n, 10)
    head = {0: "", 1: "十"}.get(tens, DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones else "")


def print_date(rng: Random, day: datetime.date) -> str:
    """A date in one of the usual forms."""
    y, m, d = day.year, day.month, day.day
    return rng.choice(
        (
            f"{y}年{m}月{d}日",
            f"{y}年{m}月{d}日",
            f"{y}年{m:02}月{d:02}日",
            f"{y} 年 {m} 月 {d} 日",
            f"{chinese_year(y, rng.choice('〇○O零'))}年{_chinese_number(m)}月{_chinese_number(d)}日",
            f"{y}-{m:02}-{d:02}",
            f"{y}.{m}.{d}",
            f"{y}/{m}/{d}",
        )
    )


def draw_identity(rng: Random, year: int, body: Body) -> Identity:
    """Title, number and date for one report."""
    shown = f"{year}" if rng.random() < 0.85 else chinese_year(year, rng.choice("〇○零"))
    lines, agency, accept = _draw_title(rng, shown, body)
    day = datetime.date(year + 1, rng.choice((1, 1, 1, 2, 3)), rng.randint(3, 28))
    dated = rng.random() < 0.75
    number, printed = "", ""
    if rng.random() < 0.4:
        n = rng.randint(1, 60)
        number = f"{body.short}〔{year + 1}〕{n}号"
        printed = rng.choice(
            (
                number,
                f"{body.short}[{year + 1}]{n}号",
                f"{body.short}【{year + 1}】{n}号",
                f"{body.short}（{year + 1}）{n}号",
                f"{body.short} 〔{year + 1}〕 {n} 号",
            )
        )
    return Identity(
        agency,
        accept,
        body.short,
        year,
        lines,
        number,
        printed,
        day.isoformat() if dated else "",
        print_date(rng, day) if dated else "",
        body.name,
    )


def _draw_title(rng: Random, year: str, body: Body) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """(lines, agency as printed, accepted names)."""
    name, finish = body.name, rng.choice(FINISH)
    accept = (name, *body.others)
    span = rng.choice(("年", "年", "年度", " 年"))
    wording = rng.randrange(8)
    if wording == 0:
        return (f"{name}", f"{year}{span}{finish}"), name, accept
    if wording == 1:
        return (f"{year}{span}{name}{finish}",), name, accept
    if wording == 2:
        verb = rng.choice(("报送", "上报", "印发", "公布"))
        return (name, f"关于{verb}{year}{span}", finish), name, accept
    if wording == 3 and body.others:
        short = body.others[0]
        return (f"{short}{year}{span}{finish}",), short, (short, *accept)
    if wording == 4:
        return (f"{year}{span}{finish}",), name, accept  # the agency only in the signature
    if wording == 5:
        return (f"{year}{span}{finish}", f"（{name}）"), name, accept
    if wording == 6:
        cut = rng.randrange(2, len(finish) - 1)
        return (f"{name}{year}{span}{finish[:cut]}", finish[cut:]), name, accept
    return (f"{name}{year}{span}{finish}",), name, accept
