"""Web pages that are no report, and who and when on those that are."""

from __future__ import annotations

import pytest
from scoring import read_bytes

from normalize.report import Report

TITLE = "云台县林业局2021年政府信息公开工作年度报告"
SECTIONS = (
    ("一、概述", "我局认真贯彻条例，按季度检查公开栏目。" * 6),
    ("二、主动公开政府信息情况", "主动公开信息320条，其中解读12篇。" * 6),
    ("三、依申请公开情况", "收到申请3件，均已答复。" * 6),
    ("五、主要问题和改进措施", "公开渠道仍显单一。" * 6),
)
PROSE = "".join(f"<p>{heading}</p><p>{text}</p>" for heading, text in SECTIONS)
META = "<div>发布日期：2022-01-28 来源：云台县人民政府 浏览次数：2,019 打印时间：2024-03-01</div>"
MENU = "".join(
    f"<li><a href='/{i}'>{w}</a></li>"
    for i, w in enumerate(("首页", "政务公开", "政府信息公开年报", "互动交流"))
)


def page(inner: str, title: str = TITLE) -> Report:
    html = (
        f"<html><head><title>{title}_云台县人民政府</title></head><body><div class=header><p>云台县人民政府</p><ul>{MENU}</ul></div>"
        f"<div class=main>{inner}</div><div class=footer><p>云台县人民政府办公室</p><p>主办单位：云台县人民政府</p></div></body></html>"
    )
    return read_bytes(html.encode(), "page.html")


LIST = "".join(
    f"<li><a href='/{y}.html'>云台县林业局{y}年政府信息公开工作年度报告</a><span>{y + 1}-01-20</span></li>"
    for y in range(2009, 2024)
)


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        (f"<h1>{TITLE}</h1>{META}<p>附件：<a href='/f/nb.pdf'>年报.pdf</a></p>", "年报.pdf（/f/nb.pdf）"),
        (
            f"<h1>{TITLE}</h1><p>现将{TITLE}予以公布，请点击下载。</p><a href='nb.docx'>附件1</a>",
            "附件1（nb.docx）",
        ),
        (f"<h1>{TITLE}</h1>{META}<iframe src='/pdfjs/viewer.html?file=/u/nb.pdf'></iframe>", "nb.pdf"),
        (f"<h1>{TITLE}</h1><script>show('/u/nb.pdf')</script>", "nb.pdf（/u/nb.pdf）"),
        (f"<h2>政府信息公开年报</h2><ul>{LIST}</ul>", "目录"),
        (
            f"<table>{LIST.replace('<li>', '<tr><td>·</td><td>').replace('<span>', '</td><td>').replace('</span></li>', '</td></tr>')}</table>",
            "目录",
        ),
        ("<p>抱歉，您访问的页面不存在</p>", "没有年报正文"),
        (f"<h1>{TITLE}</h1><p><img src='/p/1.jpg'></p><p><img src='/p/2.jpg'></p>", "图片"),
    ],
)
def test_a_page_without_a_body_is_no_report(inner: str, words: str) -> None:
    report = page(inner)
    assert not report.is_report
    assert words in report.reason


def test_a_frameset_and_a_page_made_by_scripts() -> None:
    frames = f"<html><head><title>{TITLE}</title></head><frameset><frame src=main.html></frameset></html>"
    shell = f"<html><head><title>{TITLE}</title></head><body><div id=app></div><script src=/js/chunk.js></script></body></html>"
    for html, words in ((frames, "main.html"), (shell, "脚本")):
        report = read_bytes(html.encode(), "page.html")
        assert not report.is_report
        assert words in report.reason


def test_a_body_with_an_attachment_is_a_report() -> None:
    report = page(
        f"<h1>{TITLE}</h1>{META}<div id=zoom>{PROSE}<p>附件：<a href='a.doc'>统计表.doc</a></p></div>"
    )
    assert report.is_report


def test_numbers_may_stand_in_pictures() -> None:
    report = page(f"<h1>{TITLE}</h1><div id=zoom>{PROSE}<img src='/p/table3.jpg'></div>")
    assert "pictures.unread" in {issue.code for issue in report.issues}
    icon = page(f"<h1>{TITLE}</h1><div id=zoom>{PROSE}<img src='/p/a.jpg' width=16></div>")
    assert "pictures.unread" not in {issue.code for issue in icon.issues}


def test_the_site_is_not_the_body_that_reports() -> None:
    bare = "2021年政府信息公开工作年度报告"
    signed = page(
        f"<h1>{bare}</h1>{META}<div id=zoom>{PROSE}<p>云台县林业局</p><p>2022年1月20日</p></div>", bare
    )
    assert (signed.identity.agency, str(signed.identity.issued_on)) == ("云台县林业局", "2022-01-20")
    told = page(
        f"<h1>{bare}</h1>{META.replace('云台县人民政府', '云台县林业局')}<div id=zoom>{PROSE}</div>", bare
    )
    assert (told.identity.agency, told.identity.year) == ("云台县林业局", 2021)
    site = page(f"<h1>{bare}</h1><div id=zoom>{PROSE}</div>", bare)
    assert (site.identity.agency, site.identity.agency_source) == ("云台县人民政府", "margin")


def test_neither_a_counter_nor_a_date_of_printing_is_the_date_of_issue() -> None:
    report = page(f"<h1>{TITLE}</h1>{META}<div id=zoom>{PROSE}</div>")
    assert str(report.identity.issued_on) == "2022-01-28"
    printed = page(
        f"<h1>{TITLE}</h1><div>浏览次数：20220101 打印时间：2024-03-01</div><div id=zoom>{PROSE}</div>"
    )
    assert printed.identity.issued_on is None


@pytest.mark.parametrize("colon", ["", "："])
def test_the_record_above_the_article(colon: str) -> None:
    bare = "2021年政府信息公开工作年度报告"
    pairs = (
        ("索引号", "0155-1"),
        ("发布机构", "云台县林业局"),
        ("文号", "云林〔2022〕3号"),
        ("成文日期", "2022年1月25日"),
    )
    rows = "".join(f"<tr><td>{label}{colon}</td><td>{text}</td></tr>" for label, text in pairs)
    identity = page(
        f"<table>{rows}</table><h1>{bare}</h1>{META.replace('来源', '编辑')}<div id=zoom>{PROSE}</div>", bare
    ).identity
    assert (identity.agency, identity.document_number) == ("云台县林业局", "云林〔2022〕3号")
    assert str(identity.issued_on) == "2022-01-25"


def test_a_statistics_table_before_2019_puts_nothing_on_the_form() -> None:
    rows = (
        ("指标名称", "计量单位", "2016年度", "历年累计"),
        ("行政复议数", "件", "3", "9"),
        ("行政许可", "条", "4", "8"),
        ("规范性文件", "件", "5", "7"),
    )
    table = "".join("<tr>" + "".join(f"<td>{t}</td>" for t in row) + "</tr>" for row in rows)
    report = page(
        f"<h1>{TITLE.replace('2021', '2016')}</h1>{PROSE}<table>{table}</table>",
        TITLE.replace("2021", "2016"),
    )
    assert (report.edition, report.observations, report.identity.year) == ("2014", (), 2016)
