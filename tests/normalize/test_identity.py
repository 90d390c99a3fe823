"""Identity read from every combination of title layout, body and signature, and from layouts met before."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from extract.document import Paragraph
from normalize.identity.read import read_identity
from normalize.report import Identity

BODIES = (
    "洪泽区人民政府",
    "刚察县人民政府办公室",
    "西藏自治区人民政府办公厅",
    "太平镇人民政府",
    "青山乡人民政府",
    "正阳街道办事处",
    "东街街道",
    "白银区统计局",
    "国家卫生健康委",
    "长春市卫生健康委员会",
    "国家税务总局淮安市洪泽区税务局",
    "中华人民共和国天津海关",
    "桐乡市水务集团有限公司",
    "安徽财贸职业学院",
    "市第一人民医院",
    "第三师图木舒克市应急管理局",
    "中国人民银行上海总部",
    "大庆高新技术产业开发区管理委员会",
    "某某市公安局交通警察支队",
    "平潭综合实验区管委会",
    "某某市市场监督管理局（知识产权局）",
    "教育局",
    "新疆生产建设兵团第八师",
    "某某市12345政务服务便民热线中心",
)
HAN = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True)
class Facts:
    """What a made report says of itself."""

    agency: str
    year: int
    number: str
    issued_on: datetime.date | None


Layout = Callable[[str, int], list[str]]


def han(year: int) -> str:
    return str(year).translate(HAN)


TITLES: dict[str, Layout] = {
    "one_line": lambda a, y: [f"{a}{y}年政府信息公开工作年度报告"],
    "of_year": lambda a, y: [f"{a}{y}年度政府信息公开工作年度报告"],
    "year_first": lambda a, y: [f"{y}年{a}政府信息公开工作年度报告"],
    "agency_above": lambda a, y: [a, f"{y}年政府信息公开工作年度报告"],
    "agency_above_blank": lambda a, y: [f"        {a}", "", f"     {y} 年政府信息公开工作年度报告"],
    "about": lambda a, y: [f"{a}关于{y}年度政府信息公开工作情况的报告"],
    "about_two_lines": lambda a, y: [a, f"关于{y}年度政府信息公开工作情况的报告"],
    "about_three_lines": lambda a, y: [a, f"关于{y}年度政府信息公开", "工作情况的报告"],
    "about_annual": lambda a, y: [f"{a} 关于 {y} 年度政府信息公开 工作的年度报告"],
    "year_in_brackets": lambda a, y: [f"{a}政府信息公开工作年度报告（{y}年度）"],
    "year_below": lambda a, y: [f"{a}政府信息公开工作年度报告", f"（{y}年度）"],
    "quoted": lambda a, y: [f"《{a}{y}年度政府信息公开年报》"],
    "han_year": lambda a, y: [f"{a}{han(y)}年度政务公开工作年度报告"],
    "round_zero": lambda a, y: [f"{a}{han(y).replace('〇', '○')}年政府信息公开年度报告"],
    "word_zero": lambda a, y: [f"{a}{han(y).replace('〇', '零')}年政府信息公开年度报告"],
    "wide_digits": lambda a, y: [f"{a}{''.join(chr(ord(c) + 0xFEE0) for c in str(y))}年政府信息公开工作年报"],
    "cut_in_words": lambda a, y: [f"{a}{y}年政府信息", "公开工作年度报告"],
    "cut_late": lambda a, y: [f"{a}{y}年政府信息公开", "工作年度报告"],
    "cut_in_year": lambda a, y: [a, f"{y}年", "政府信息公开工作年度报告"],
    "work_report": lambda a, y: [f"{a} {y} 年度信息公开年度工作报告"],
    "year_inside": lambda a, y: [f"{a}政府信息公开工作{y}年度报告"],
    "trailing_de": lambda a, y: [f"{a}关于上报{y}年度政府信息公开工作的年度报告的"],
    "menu": lambda a, y: [
        "首页 > 政府信息公开 > 政府信息公开年报",
        "政府信息公开年报",
        "打印",
        f"{a}{y}年政府信息公开工作年度报告",
        "字号：大 中 小",
    ],
    "label": lambda a, y: [f"名称：{a}{y}年政府信息公开工作年度报告", "浏览次数：328 次"],
    "page_title": lambda a, y: [
        f"{a}{y}年政府信息公开工作年度报告-某某市政府网",
        f"{a}{y}年政府信息公开工作年度报告",
    ],
    "twice": lambda a, y: [f"{a}{y}年政府信息公开工作年度报告"] * 2,
    "name_twice": lambda a, y: [f"{y}年政府信息公开工作年度报告", a, f"{y}年政府信息公开工作年度报告"],
    "summary": lambda a, y: [f"{a}{y}年度政府信息公开工作总结"],
    "glued": lambda a, y: [
        f"{a}{y}年政府信息公开工作年度报告根据《中华人民共和国政府信息公开条例》，编制本报告。"
    ],
}
OPENINGS: dict[str, Layout] = {
    "none": lambda a, y: [],
    "period": lambda a, y: [
        f"根据《条例》（国务院令第711号）要求编制。数据统计期限为{y}年1月1日至{y}年12月31日。"
    ],
    "short_period": lambda a, y: [f"本报告所列数据的统计期限自 {y} 年 1 月 1 日起至 12 月 31 ", "日止。"],
    "cited": lambda a, y: [
        "按照《国务院办公厅政府信息与政务公开办公室关于印发格式的通知》",
        "（国办公开办函〔2021〕30号）和国办发〔2014〕32号要求，现将有关情况报告如下：",
    ],
    "addressee": lambda a, y: ["州人民政府办公室：", f"现将{y}年度政府信息公开工作情况报告如下："],
}
PROSE = (
    "一、总体情况",
    "全年主动公开政府信息1136条，较上年增长3%。",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "2009年以来的旧栏目已经清理。下一步将加强培训。",
    "六、其他需要报告的事项",
    "无。",
)
Ending = Callable[[str, datetime.date], list[str]]
ENDINGS: dict[str, Ending] = {
    "two_lines": lambda a, d: [a, f"{d.year}年{d.month}月{d.day}日"],
    "spaced": lambda a, d: [f"                 {a}", f"                 {d.year} 年 {d.month} 月 {d.day} 日"],
    "one_line": lambda a, d: [f"{a} {d.year}年{d.month}月{d.day}日"],
    "dotted": lambda a, d: [a, f"{d.year}.{d.month}.{d.day}"],
    "dashed": lambda a, d: [a, d.isoformat()],
    "printed": lambda a, d: [
        a,
        f"{d.year}年{d.month}月{d.day}日",
        "抄送：档。",
        a,
        f"{d.year}年{d.month}月{d.day + 1}日印发",
    ],
    "footer": lambda a, d: [
        a,
        f"{d.year}年{d.month}月{d.day}日",
        "附件：",
        "主办：某某市人民政府办公室",
        "ICP备05001234号",
    ],
    "attached": lambda a, d: [
        f"（此件主动公开）{''}",
        a + "（公章）",
        f"{d.year}年{d.month}月{d.day}日",
        "- 5 -",
    ],
}
NUMBERS = (
    "",
    "刚政办〔2022〕5号",
    "洪政发[2023]12号",
    "某 统 〔 2021 〕 18 号",
    "教字（２０２２）3号",
    "淮税发【2020】第7号",
)


def read(
    lines: Sequence[str], path: str = "reports/0001.txt", margins: Sequence[str] = (), title: str = ""
) -> Identity:
    return read_identity([Paragraph(t) for t in lines], [Paragraph(t) for t in margins], title, path)


def made_reports() -> list[tuple[str, list[str], Facts]]:
    """Every title layout with every body, opening and ending taken in turn, so that all pairs meet."""
    made: list[tuple[str, list[str], Facts]] = []
    endings, openings = itertools.cycle(ENDINGS.items()), itertools.cycle(OPENINGS.items())
    numbers = itertools.cycle(NUMBERS)
    for (name, title), (i, agency) in itertools.product(TITLES.items(), enumerate(BODIES)):
        year = 2012 + (i * 5 + len(made)) % 13
        issued = datetime.date(year + 1, 1 + i % 3, 5 + i)
        (ending, end), (opening, start), number = next(endings), next(openings), next(numbers)
        lines = [*([number, ""] if number else []), *title(agency, year), "", *start(agency, year)]
        lines += [*PROSE, *end(agency, issued)]
        if i % 7 == 6:
            next(endings)
            next(openings)
        facts = Facts(agency, year, "".join(number.split()), issued)
        made.append((f"{name}-{opening}-{ending}-{i}", lines, facts))
    return made


MADE = made_reports()


@pytest.mark.parametrize(("lines", "facts"), [m[1:] for m in MADE], ids=[m[0] for m in MADE])
def test_made_report(lines: list[str], facts: Facts) -> None:
    found = read(lines)
    assert (found.agency, found.year, found.document_number, found.issued_on, found.doubts) == (
        facts.agency,
        facts.year,
        facts.number,
        facts.issued_on,
        (),
    )
