"""Identity found in places other than a plain title: signatures, sentences, file names, margins, labels."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Paragraph
from normalize.identity.read import once, read_identity
from normalize.report import Identity

PROSE = (
    "一、总体情况",
    "全年主动公开政府信息1136条，较上年增长3%。",
    "五、存在的主要问题及改进情况",
    "2009年以来的旧栏目已经清理。下一步将加强培训。",
    "六、其他需要报告的事项",
    "无。",
)
ENDINGS = (
    ("{a}", "{d.year}年{d.month}月{d.day}日"),
    ("                 {a}", "                 {d.year} 年 {d.month} 月 {d.day} 日"),
    ("{a} {d.year}年{d.month}月{d.day}日",),
    ("{a}（公章）", "{d.year}.{d.month}.{d.day}", "附件："),
    ("{a}", "日期：{d}"),
    ("{d.year}年{d.month}月{d.day}日", "{a}", "- 4 -"),
    ("{a}", "{d.year}年{d.month}月{d.day}日", "抄送：档。", "{a}", "2022年3月1日印发"),
    ("{a}", "{d}", "某某市人民政府办公室主办", "网站地图", "版权所有：某某市人民政府"),
)


def read(
    lines: Sequence[str], path: str = "reports/0001.txt", margins: Sequence[str] = (), title: str = ""
) -> Identity:
    return read_identity([Paragraph(t) for t in lines], [Paragraph(t) for t in margins], title, path)


NAMELESS = (
    "{y}年政府信息公开工作年度报告",
    "我局{y}年度政府信息公开工作年度报告",
    "关于{y}年度政府信息公开工作情况的报告",
    "{y}年度本机关政府信息公开年报",
    "政府信息公开工作年度报告（{y}年度）",
)


@pytest.mark.parametrize("title", NAMELESS)
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("agency", ["白银区统计局", "太平镇人民政府", "桐乡市水务集团有限公司"])
def test_signature_names_the_agency(title: str, ending: tuple[str, ...], agency: str) -> None:
    issued = datetime.date(2022, 1, 17)
    found = read(
        [
            title.format(y=2021),
            "",
            "现将我单位有关情况报告如下。",
            *PROSE,
            *(t.format(a=agency, d=issued) for t in ending),
        ]
    )
    assert (found.agency, found.agency_source, found.year, found.issued_on) == (agency, "body", 2021, issued)


SENTENCES = (
    "本年度报告根据《条例》要求，由{a}编制。数据统计期限自{y}年1月1日起至{y}年12月31日止。",
    "根据《条例》的规定，现发布{a}{y}年度政府信息公开工作年度报告。",
    "根据《条例》的规定，编制《{a}{y}年政府信息公开工作年度报告》。",
    "{y}年，{a}认真贯彻落实《中华人民共和国政府信息公开条例》。截至{y}年12月31日，公开信息63条。",
    "数据统计期限为{y}年1月1日至12月31日。如有疑问，请与{a}联系（电话：0517-87222589）。",
    "{y}年度，在区委、区政府的坚强领导下，{a}严格落实各项要求。",
)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(
    "agency", ["安康市统计局", "上海市长宁区周家桥街道办事处", "汇龙镇人民政府", "安徽财贸职业学院"]
)
def test_sentence_names_the_agency(sentence: str, agency: str) -> None:
    """Web pages that keep their title outside the article."""
    found = read([sentence.format(a=agency, y=2022), *PROSE])
    assert (found.agency, found.year, found.year_source) == (agency, 2022, "body")


def test_long_sentence_is_cut_over_lines() -> None:
    found = read(
        [
            "数据统计期限自 2023 年 1 月 1 日",
            "起至 2023 年 12 月 31 日止。如有疑问，请与淮安市洪",
            "泽区司法局联系。",
            *PROSE,
        ]
    )
    assert (found.period_start, found.period_end) == (datetime.date(2023, 1, 1), datetime.date(2023, 12, 31))
    assert found.agency == "淮安市洪泽区司法局"


@pytest.mark.parametrize(
    ("path", "agency", "year"),
    [
        ("2021/刚察县人民政府办公室2021年政府信息公开工作年度报告.pdf", "刚察县人民政府办公室", 2021),
        ("a/洪泽区教育局_2022.docx", "洪泽区教育局", 2022),
        ("2020/太平镇人民政府.html", "太平镇人民政府", 2020),
        ("in.zip!/年报/2019年水利局年报（定稿）.doc", "水利局", 2019),
        ("gangcha_2021.txt", "", 2021),
        ("x/扫描件0001.pdf", "", None),
        ("年度报告.pdf", "", None),
    ],
)
def test_file_name_comes_last(path: str, agency: str, year: int | None) -> None:
    found = read(["一、总体情况", "我单位认真开展工作。"], path)
    assert (found.agency, found.year) == (agency, year)
    assert found.year_source == ("file_name" if year else "")


def test_margin_and_property() -> None:
    header = read(["政府信息公开工作年度报告", *PROSE], margins=["白银区统计局", "- 3 -"])
    assert (header.agency, header.agency_source) == ("白银区统计局", "margin")
    titled = read(list(PROSE), title="白银区统计局2020年政府信息公开工作年度报告")
    assert (titled.agency, titled.agency_source, titled.year, titled.year_source) == (
        "白银区统计局",
        "property",
        2020,
        "property",
    )


def test_year_of_title_against_period() -> None:
    """A title that copies the year of publication; a period left over from the year before."""
    page = [
        "白银区统计局2022年政府信息公开年报",
        "统计期限为2021年1月1日至2021年12月31日。",
        *PROSE,
        "白银区统计局",
    ]
    published = read([*page, "2022年1月20日"])
    assert (published.year, published.year_source, published.doubts) == (2021, "body", ("year.conflict",))
    left_over = read([*page, "2023年1月20日"])
    assert (left_over.year, left_over.year_source, left_over.doubts) == (2022, "title", ("year.conflict",))


def test_year_before_issue_is_a_guess() -> None:
    found = read(
        ["政府信息公开工作年度报告", "一、总体情况", "公开信息63条。", "白银区统计局", "2022年1月20日"]
    )
    assert (found.year, found.doubts) == (2021, ("year.guessed",))


def test_dates_in_prose_are_not_the_date_of_issue() -> None:
    found = read(
        ["太平镇人民政府2021年政府信息公开年报", *PROSE, "截至2021年12月31日，网站于2021年4月9日上线运行。"]
    )
    assert found.issued_on is None


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["发布日期：2020-01-31"], "2020-01-31"),
        (["发布时间：2020-01-31 09:30  来源：市统计局"], "2020-01-31"),
        (["发布时间:2020-01-3 19:30:05 浏览次数: 12"], "2020-01-03"),
        (["索引号：62070/2020-00047 | 成文日期：2020-01-22 | 发布日期：2020-02-03 |"], "2020-01-22"),
        (["（2020年1月22日）"], "2020-01-22"),
        (["二〇二〇年一月二十二日"], "2020-01-22"),
        (["时间：2020年01月22日"], "2020-01-22"),
        (["发布时间：2020-02-30"], None),
    ],
)
def test_date_near_the_title(lines: list[str], day: str | None) -> None:
    found = read(["某县水利局2019年政府信息公开年报", *lines, *PROSE])
    assert (found.issued_on.isoformat() if found.issued_on else None) == day
    assert found.agency == "某县水利局"


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["发文字号：刚政办〔2022〕5号  主题分类：综合政务"], "刚政办〔2022〕5号"),
        (["文    号：", "索引号：620702074/2024-00047"], ""),
        (["文号：无"], ""),
        (["刚政办〔2022〕 5 号          签发人：张三"], "刚政办〔2022〕5号"),
        (["（刚政办〔2022〕5号）"], "刚政办〔2022〕5号"),
        (["刚政办［２０２２］５号"], "刚政办［２０２２］５号"),
        (["根据《关于印发格式的通知》", "（国办公开办函〔2021〕30号）要求，编制本报告。"], ""),
        (["根据国办发〔2014〕32号编制本报告。"], ""),
        (["2022年第5号"], "2022年第5号"),
    ],
)
def test_document_number(lines: list[str], number: str) -> None:
    title = "某县水利局2019年政府信息公开年报"
    assert read([title, *lines, *PROSE]).document_number == number
    if lines[0][0] not in "根":
        assert read([*lines, title, *PROSE]).document_number == number


def test_number_and_title_on_one_line() -> None:
    found = read(["刚政办〔2022〕5号 某县人民政府办公室关于2021年度政府信息公开工作的报告", *PROSE])
    assert (found.document_number, found.agency) == ("刚政办〔2022〕5号", "某县人民政府办公室")


def test_red_head() -> None:
    lines = [
        "某县水利局文件",
        "水发〔2022〕3号",
        "",
        "关于2021年度政府信息公开工作情况的报告",
        "县政府办公室：",
        *PROSE,
    ]
    assert read(lines).agency == "某县水利局"


def test_name_over_two_lines() -> None:
    found = read(["国家税务总局淮安市", "洪泽区税务局2023年政府信息公开工作年度报告", *PROSE])
    assert found.agency == "国家税务总局淮安市洪泽区税务局"


def test_traditional_script_keeps_its_letters() -> None:
    found = read(["國家機關事務管理局2021年政府信息公開工作年度報告", "一、總體情況"])
    assert (found.agency, found.year) == ("國家機關事務管理局", 2021)


def test_notice_about_reports_is_no_title() -> None:
    """A notice that tells others to write reports."""
    found = read(
        ["某市政务公开办公室关于做好2021年政府信息公开工作年度报告编制发布工作的通知", "各县市区人民政府："]
    )
    assert found.title == ""


def test_nothing_there() -> None:
    assert read([], "") == Identity()


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        (["附件1", "2021年政府信息公开工作年度报告", "白银区统计局"], "白银区统计局", 2021),
        (["某某市政府门户网站", "2021年政府信息公开工作年度报告"], "", 2021),
        (["2021年政府信息公开工作年度报告", "办公室"], "", 2021),
        (["白银区统计局关于报送2021年政府信息公开工作年度报告的函"], "白银区统计局", 2021),
        (["白银区统计局政府信息公开⼯作年度报告", "2021年"], "白银区统计局", 2021),
        (["国家统计局白银调查队2021年度政府信息公开工作年度报告"], "国家统计局白银调查队", 2021),
        (["（2022年1月20日）", "白银区统计局2021年政府信息公开工作年度报告"], "白银区统计局", 2021),
        (["二〇二一年度白银区统计局", "政府信息公开工作年度报告"], "白银区统计局", 2021),
        (["《白银区统计局2021年政府信息公开", "工作年度报告》"], "白银区统计局", 2021),
        (["白银区 统计局", "2021 年 度", "政府信息公开工作年度报告", "2022年1月"], "白银区统计局", 2021),
        (["白银区司法局（本级）2021年政府信息公开年度报告"], "白银区司法局（本级）", 2021),
        (["政府信息公开工作年度报告", "单位：白银区统计局", "年度：2021年"], "白银区统计局", 2021),
        (["（2021年）", "编制单位：白银区统计局 编制日期：2022年1月18日"], "白银区统计局", 2021),
        (
            [*(f"{h}……3" for h in PROSE[::2]), "一、总体情况……1", "白银区统计局2021年政府信息公开年报"],
            "白银区统计局",
            2021,
        ),
        (["中共白银区委办公室2021年党务公开政务公开工作年度报告"], "中共白银区委办公室", 2021),
        (["我校2021-2022学年信息公开工作报告"], "", 2022),
        (["白银区统计局2021年政务公开和政府信息公开工作年度报告"], "白银区统计局", 2021),
        (["白银区统计局关于《政府信息公开条例》实施情况的报告", "统计期限2021年1月1日至12月31日"], "*", 2021),
    ],
)
def test_odd_titles(lines: list[str], agency: str, year: int) -> None:
    found = read([*lines, *PROSE])
    assert found.year == year
    assert agency in {"*", found.agency}


def test_date_of_the_page_below_the_text() -> None:
    found = read(["白银区统计局2021年政府信息公开年报", *PROSE, "发布时间：2022-01-20 10:00", "浏览次数：5"])
    assert found.issued_on == datetime.date(2022, 1, 20)


LETTERS = "某县水利局关于政府信息公开工作年度报告2021〇年月日《》（）〔〕：。，号发文1 \n\t>|"


@given(st.lists(st.text(alphabet=LETTERS, max_size=50), max_size=14), st.text(alphabet=LETTERS, max_size=30))
def test_any_text_is_read_without_fault(lines: list[str], title: str) -> None:
    """Whatever is found is printed somewhere, white space aside."""
    found = read(lines, "x/0001.txt", margins=lines[:2], title=title)
    whole = "".join("".join([*lines, title]).split())
    assert found.agency in whole
    assert found.title in whole
    assert found.document_number in whole
    assert bool(found.agency) == bool(found.agency_source)
    assert (found.year is None) == (found.year_source == "")


def test_period_under_the_title_is_no_date_of_issue() -> None:
    found = read(["白银区统计局政府信息公开工作年度报告", "（2021年1月1日—2021年12月31日）", *PROSE])
    assert (found.year, found.issued_on) == (2021, None)


def test_first_month() -> None:
    found = read(["白银区统计局2021年政府信息公开年报", *PROSE, "白银区统计局", "2022年元月18日"])
    assert found.issued_on == datetime.date(2022, 1, 18)


def test_period_left_over_under_no_title() -> None:
    text = "某某市水利局编制了2021年政府信息公开年度报告。统计期限自2020年1月1日起至2020年12月31日止。2021年，我局公开信息3条。"
    found = read([text, *PROSE])
    assert (found.year, found.doubts) == (2021, ("year.conflict",))


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("临港县人民政府临港县人民政府", "临港县人民政府"),
        ("清岭旗市场监督管理局市场监督管理局", "清岭旗市场监督管理局"),
        ("兴原自治县人民政府兴原自治县", "兴原自治县人民政府"),
        ("洪泽区人民政府", "洪泽区人民政府"),
        ("", ""),
    ],
)
def test_name_said_by_header_and_title_stands_once(printed: str, name: str) -> None:
    assert once(printed) == name
