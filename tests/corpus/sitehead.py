"""The head of a page: document type, declarations, titles, meta tags, styles and scripts of its tool.

Enters: a site and the name of a base style. Leaves: markup up to `</head>`.
"""

from __future__ import annotations

from html import escape
from random import Random
from typing import Final

from corpus.charset import DECLARATION
from corpus.chrome import Site
from corpus.markup import Markup

_TRANSITIONAL: Final = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
)
_OFFICE: Final = (
    '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:{app}="urn:schemas-microsoft-com:office:{name}" xmlns="http://www.w3.org/TR/REC-html40">'
)
_WORD_XML: Final = (
    "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View><w:TrackMoves>false</w:TrackMoves>"
    "<w:Zoom>0</w:Zoom><w:PunctuationKerning/><w:DrawingGridVerticalSpacing>7.8 磅</w:DrawingGridVerticalSpacing>"
    "<w:Compatibility><w:UseFELayout/></w:Compatibility></w:WordDocument></xml><![endif]-->"
    '<!--[if gte mso 9]><xml><w:LatentStyles DefLockedState="false" LatentStyleCount="156">'
    "{latent}</w:LatentStyles></xml><![endif]-->"
)
_EXCEL_XML: Final = (
    "<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>年报</x:Name>"
    "<x:WorksheetOptions><x:DefaultRowHeight>285</x:DefaultRowHeight><x:Selected/></x:WorksheetOptions>"
    "</x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]-->"
)
_STYLE_LINE: Final = (
    ' p.MsoNormal, li.MsoNormal, div.MsoNormal\n\t{mso-style-parent:"";margin:0cm;text-align:justify;'
    'mso-pagination:none;font-size:10.5pt;font-family:"Times New Roman";mso-font-kerning:1.0pt;}\n'
)
PASTED: Final = (
    "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom></w:WordDocument></xml>"
    "<![endif]--><!--[if gte mso 10]><style> table.MsoNormalTable {mso-style-name:普通表格; font-size:10.0pt;} "
    f"</style><![endif]--><style>{_STYLE_LINE * 6}</style>"
)
"""What comes along when somebody pastes from Word into an editor."""
_SCRIPT: Final = (
    "<script type=\"text/javascript\">var hits = 12; function go(o) { if (o.value != '') window.open(o.value); }"
    " document.write('<table><tr><td>行政许可</td><td>99</td></tr></table>');</script>"
)


def document_type(rng: Random, base: str) -> str:
    """The lines before the head."""
    if base == "word":
        return _OFFICE.format(app="w", name="word")
    if base == "sheet" and rng.random() < 0.7:
        return _OFFICE.format(app="x", name="excel")
    if base == "modern":
        return '<!DOCTYPE html>\n<html lang="zh-CN">\n'
    if base == "layout":
        return rng.choice(
            ("<HTML>", "<html>", '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">\n<HTML>')
        )
    return rng.choice(
        (_TRANSITIONAL + '<html xmlns="http://www.w3.org/1999/xhtml">\n', "<!DOCTYPE html>\n<html>\n")
    )


def page_title(rng: Random, site: Site) -> str:
    """What the browser's tab says: seldom the title alone."""
    return rng.choice(
        (
            site.title,
            f"{site.title}_{site.name}",
            f"{site.name}-{site.title}",
            f"{site.title}-政府信息公开年报-{site.name}",
            "政府信息公开年报",
            site.name,
            "",
        )
    )


def meta_tags(markup: Markup, site: Site) -> str:
    """The tags that the office for web sites asks for."""
    pairs = (
        ("SiteName", site.name),
        ("SiteDomain", "www.example.gov.cn"),
        ("SiteIDCode", "3607210001"),
        ("ColumnName", "政府信息公开年报"),
        ("ColumnType", "政务公开"),
        ("ArticleTitle", site.title),
        ("PubDate", f"{site.published} 10:12"),
        ("ContentSource", site.origin or site.name),
        ("Keywords", "政府信息公开,年度报告"),
    )
    return "\n".join(markup.lone("meta", {"name": n, "content": c}) for n, c in pairs)


def page_head(rng: Random, markup: Markup, base: str, site: Site, full: bool, junk: int) -> str:
    """Everything before the body."""
    parts = [DECLARATION, f"<title>{escape(page_title(rng, site))}</title>"]
    if rng.random() < 0.15:
        parts.reverse()
    if full:
        parts.append(meta_tags(markup, site))
        parts.append(_SCRIPT if rng.random() < 0.5 else '<link rel="stylesheet" href="/images/style.css" />')
    if base == "word":
        latent = '<w:LsdException Locked="false" Name="Normal Table"/>' * (5 + junk * 4)
        parts.append(_WORD_XML.format(latent=latent))
        parts.append(f"<style>\n<!--\n{_STYLE_LINE * (1 + junk * 4)}-->\n</style>")
    if base == "sheet":
        parts.append(
            '<style><!--table\n\t{mso-displayed-decimal-separator:"\\.";}\n.xl65{mso-number-format:"\\@";}\n--></style>'
        )
        parts.append(_EXCEL_XML)
    head = "\n".join(parts)
    return f"{document_type(rng, base)}{markup.open('head')}\n{head}\n{markup.close('head')}"
