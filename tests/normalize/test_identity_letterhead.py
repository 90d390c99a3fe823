"""Dates, numbers and bodies at the head and the end of a report: one row each."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.document import Paragraph
from normalize.identity.read import read_identity
from normalize.report import Identity

PROSE = (
    "一、总体情况",
    "全年主动公开政府信息1136条，较上年增长3%。",
    "五、存在的主要问题及改进情况",
    "下一步将加强培训。",
    "六、其他需要报告的事项",
    "无。",
)
BODY = "怀陵市民政局"
NAMELESS = "2021年政府信息公开工作年度报告"
TITLE = BODY + NAMELESS
DAY = "2022-01-20"


def read(lines: Sequence[str], end: Sequence[str] = ()) -> Identity:
    return read_identity([Paragraph(t) for t in [*lines, *PROSE, *end]], [], "", "reports/0001.txt")


# the head, the end, the date of issue
DATES = (
    ([TITLE], [BODY, "2022年1月20日"], DAY),
    ([TITLE], ["2022年1月20日"], DAY),
    ([TITLE], [BODY, "2022年1月20日", "附件：年报.doc", "行政强制事项目录", "2022-02-05"], DAY),
    ([TITLE], [BODY, "二〇二二年一月二十日"], DAY),
    ([TITLE], [BODY, "二O二二年一月二十日"], DAY),
    ([TITLE], [BODY, "二零二二年元月二十日"], DAY),
    ([TITLE], [BODY, "二〇二二年一月廿日"], DAY),
    ([TITLE], [BODY, "2022 年 1 月 20 日"], DAY),
    ([TITLE], [BODY, "２０２２年１月２０日"], DAY),
    ([TITLE], [BODY, "2022/1/20"], DAY),
    ([TITLE], [BODY, "2022.01.20"], DAY),
    ([TITLE], [BODY, "2022年01月20日"], DAY),
    ([TITLE], [BODY, "2022—01—20"], DAY),
    ([TITLE], ["怀陵市民政局2022年1月20日"], DAY),
    ([TITLE], ["（怀陵市民政局代章）", "2022年1月20日"], DAY),
    ([TITLE], ["怀陵市民政局（印章）", "2022年1月20日"], DAY),
    ([TITLE], [BODY, "2022年1月20日", "（联系人：张三，联系电话：010-12345678）"], DAY),
    ([TITLE], [BODY, "2022年1月20日", "（此件公开发布）", "怀陵市民政局办公室", "2022年1月21日印发"], DAY),
    ([TITLE], ["怀陵市民政局办公室                2022年1月20日印发"], DAY),
    ([TITLE], ["抄送：市政府办公室。", "怀陵市民政局办公室", "2022年1月20日印发"], DAY),
    ([TITLE], ["（2022年1月20日）"], DAY),
    ([TITLE], ["日期：2022年1月20日"], DAY),
    ([TITLE], ["报告时间：2022年1月20日"], DAY),
    ([TITLE], [BODY, "2022年1月 20 日", "- 8 -", "— 8 —"], DAY),
    ([TITLE], [BODY, "2022年", "1月20日"], DAY),
    ([TITLE], ["怀陵市民", "政局", "2022年1月20日"], DAY),
    ([TITLE, "2022-01-20 10:12", "来源：怀陵市民政局", "浏览：12次"], [], DAY),
    ([TITLE, "发布时间：2022-01-20 10:12:11 来源：怀陵市民政局"], [], DAY),
    ([TITLE, "发布日期：2022年1月20日"], [], DAY),
    ([TITLE, "（2022年1月20日）"], [], DAY),
    ([TITLE, "2022年1月20日"], [], DAY),
    ([TITLE, BODY, "（2022年1月20日）"], [], DAY),
    (["发布日期：2022-01-20", TITLE], [], DAY),
    (["信息索引：0001 生成日期: 2022-01-20 发布机构：怀陵市民政局", TITLE], [], DAY),
    (
        [
            "索引号",
            "000014349/2022-00001",
            "主题分类",
            "政务公开",
            "发文机关",
            BODY,
            "成文日期",
            "2022年01月20日",
            "标题",
            TITLE,
            "发文字号",
            "怀民发〔2022〕3号",
            "发布日期",
            "2022年01月21日",
        ],
        [],
        DAY,
    ),
    (["发文字号：怀民发〔2022〕3号", "发布日期：2022年01月20日", TITLE], [], DAY),
    (["怀民发〔2022〕3号\u3000\u3000\u3000\u30002022年1月20日", TITLE], [], DAY),
    (["怀陵市民政局文件", "怀民发〔2022〕3号", BODY, NAMELESS], [BODY, "2022年1月20日"], DAY),
    ([NAMELESS], [BODY, "2022年1月20日"], DAY),
    ([NAMELESS, "来源：怀陵市民政局 发布时间：2022-01-20"], [], DAY),
    ([NAMELESS, "怀陵市民政局 2022年1月20日"], [], DAY),
    ([NAMELESS, "市政府办公室："], [BODY, "2022年1月20日"], DAY),
    (["怀陵市人民政府办公室：", NAMELESS], [BODY, "2022年1月20日"], DAY),
    (["政府信息公开工作年度报告", "统计期限2021年1月1日-2021年12月31日"], [BODY, "2022年1月20日"], DAY),
    (["政府信息公开工作年度报告", "根据...2021年度我局"], [BODY, "2022年1月20日"], DAY),
    (["政府信息公开年报", "（2021年度）"], [BODY, "2022年1月20日"], DAY),
    (["怀陵市民政局政府信息公开年报", "2021年1月1日至2021年12月31日"], [BODY, "2022年1月20日"], DAY),
    ([BODY, "政务公开工作年度报告", "2021年度"], [BODY, "2022年1月20日"], DAY),
    (["怀陵市民政局2022年政府信息公开年报", "（2021年1月1日至12月31日）"], [BODY, "2022年1月20日"], DAY),
    (["附件", NAMELESS, "填报单位：怀陵市民政局（盖章）", "填报日期：2022年1月20日"], [], DAY),
    (["填报单位（盖章）：怀陵市民政局     填报日期：2022年1月20日", NAMELESS], [], DAY),
    ([TITLE], ["单位负责人：张三  审核人：李四  填报人：王五", "填报日期：2022年1月20日"], DAY),
    (
        [TITLE],
        [
            BODY,
            "2022年1月20日",
            "上一篇：怀陵市财政局2021年政府信息公开工作年度报告",
            "下一篇：无",
            "主办：怀陵市人民政府办公室 ICP备1234号",
        ],
        DAY,
    ),
    ([NAMELESS], [BODY, "2022年1月20日", "怀陵市民政局办公室 2022年1月21日印"], DAY),
    (
        [NAMELESS],
        [BODY, "2022年1月20日", "附：统计表", "网站地图 联系我们", "版权所有：怀陵市人民政府 2020.01.01"],
        DAY,
    ),
    ([NAMELESS], ["发布机构：怀陵市民政局", "发布时间：2022-01-20"], DAY),
    ([NAMELESS], ["2022年1月20日", BODY], DAY),
    ([NAMELESS], ["怀陵市民政局（盖章）         2022年1月20日"], DAY),
    ([NAMELESS], ["特此报告。", BODY, "2022年1月20日"], DAY),
    (["怀陵市民政局2021年政府信息公开工作年度报告2022-01-20"], [], DAY),
    (["怀陵市民政局2021年政府信息公开工作年度报告（2022年1月20日）"], [], DAY),
    ([TITLE], ["最后更新：2022-01-20"], DAY),
    ([TITLE], ["网上可办", "12", "掌上可办", "3", "发布日期：2022年1月20日"], DAY),
)


@pytest.mark.parametrize(("head", "end", "day"), DATES)
def test_date_of_issue(head: list[str], end: list[str], day: str) -> None:
    found = read(head, end)
    assert (found.agency, found.year, str(found.issued_on)) == (BODY, 2021, day)


NUMBERS = (
    (
        [
            "索引号",
            "000014349/2022-00001",
            "主题分类",
            "政务公开",
            "发文机关",
            BODY,
            "成文日期",
            "2022年01月20日",
            "标题",
            TITLE,
            "发文字号",
            "怀民发〔2022〕3号",
            "发布日期",
            "2022年01月21日",
        ],
        [],
        "怀民发〔2022〕3号",
    ),
    (["发文字号：怀民发〔2022〕3号", "发布日期：2022年01月20日", TITLE], [], "怀民发〔2022〕3号"),
    (["怀民发〔2022〕3号", TITLE], [], "怀民发〔2022〕3号"),
    ([TITLE, "怀民发〔2022〕3号"], [], "怀民发〔2022〕3号"),
    (["怀民发[2022] 3 号", TITLE], [], "怀民发[2022]3号"),
    (["怀民发（2022）第3号", TITLE], [], "怀民发（2022）第3号"),
    (["怀民发﹝2022﹞3号", TITLE], [], "怀民发﹝2022﹞3号"),
    (["怀民发〔２０２２〕３号", TITLE], [], "怀民发〔２０２２〕３号"),
    (["怀民发〔2022〕3号 签发人：李四", TITLE], [], "怀民发〔2022〕3号"),
    (["怀民发〔2022〕3号\u3000\u3000\u3000\u30002022年1月20日", TITLE], [], "怀民发〔2022〕3号"),
    (["怀民发2022〕3号", TITLE], [], "怀民发2022〕3号"),
    (["怀民发〔2022]3号", TITLE], [], "怀民发〔2022]3号"),
    (["怀民函字〔2022〕3号", TITLE], [], "怀民函字〔2022〕3号"),
    (["文号：怀民发〔2022〕3号 | 主题词：公开", TITLE], [], "怀民发〔2022〕3号"),
    (["怀民政信息公开〔2022〕1号", TITLE], [], "怀民政信息公开〔2022〕1号"),
    (["ＨＬ民发〔2022〕3号", TITLE], [], "ＨＬ民发〔2022〕3号"),
    (["怀陵市民政局文件", "怀民发〔2022〕3号", BODY, NAMELESS], [BODY, "2022年1月20日"], "怀民发〔2022〕3号"),
)


@pytest.mark.parametrize(("head", "end", "number"), NUMBERS)
def test_number(head: list[str], end: list[str], number: str) -> None:
    found = read(head, end)
    assert (found.agency, found.document_number) == (BODY, number)


# words of tables and menus are no body, whatever they end in
BODIES = (
    ([TITLE], [BODY, "2022年1月20"], BODY),
    ([TITLE, "根据《条例》（国务院令第711号）和《通知》（国办公开办函〔2021〕30号）编制。"], [], BODY),
    ([TITLE, "按照怀政办发〔2021〕3号文件要求编制本报告。"], [], BODY),
    ([NAMELESS, "发布机构：怀陵市民政局"], [], BODY),
    ([NAMELESS, "信息来源：民政局", "本报告由怀陵市民政局编制。"], [], BODY),
    ([NAMELESS, "怀陵市民政局2021年认真贯彻落实条例。"], [], BODY),
    ([NAMELESS, "2021年，怀陵市民政局在市委、市政府领导下，认真贯彻条例。"], [], BODY),
    (
        [
            NAMELESS,
            "根据《中华人民共和国政府信息公开条例》规定，怀陵市民政局编制2021年政府信息公开工作年度报告。",
        ],
        [],
        BODY,
    ),
    ([NAMELESS, "根据《条例》第五十条，现公布怀陵市民政局2021年度政府信息公开工作年度报告。"], [], BODY),
    ([NAMELESS, "本报告由怀陵市民政局按照《条例》编制。"], [], BODY),
    ([NAMELESS], ["怀陵市民政局办公室", "2022年1月20日"], "怀陵市民政局办公室"),
    ([NAMELESS], ["网上可办", "12", "公共场所", "发布日期：2022年1月20日"], ""),
    ([NAMELESS], ["事项数", "首页", "跨省通办", "总计", "合计", "会办", "主办"], ""),
    ([NAMELESS], ["行政机关", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"], ""),
    ([NAMELESS, "政务大厅", "12345热线", "市长信箱", "政务服务中心"], [], ""),
)


@pytest.mark.parametrize(("head", "end", "agency"), BODIES)
def test_body(head: list[str], end: list[str], agency: str) -> None:
    assert read(head, end).agency == agency


@pytest.mark.parametrize(
    "end",
    [
        ("怀陵市教育局2020年3月1日", BODY, "2022年", "1月20日"),
        (BODY, "2020年3月1日", "以上为附件。", BODY, "（盖章）", "2022年1月20日"),
    ],
)
def test_a_date_of_two_lines_or_below_a_seal_is_right_below_its_body(end: tuple[str, ...]) -> None:
    found = read([NAMELESS], end)
    assert (found.agency, str(found.issued_on)) == (BODY, DAY)
