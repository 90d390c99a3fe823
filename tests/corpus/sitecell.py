"""What stands between `<td>` and `</td>`: text, wrappers, blanks, line ends, leftovers of editors.

Enters: a cell's content and a `Filling`. Leaves: markup that a browser shows as that text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from random import Random
from typing import Final

from corpus.grid import Content
from corpus.markup import Markup

WRAPS: Final = ("none", "p", "div", "span", "word", "font", "strong")
BLANKS: Final = (
    "&nbsp;",
    "&#160;",
    "\u00a0",
    "",
    "",
    " ",
    "\n",
    "<br>",
    "<p>&nbsp;</p>",
    "<p><br></p>",
    "<p></p>",
    "　",
    "&emsp;",
    "&#12288;",
    "<span></span>",
    "<span>&nbsp;</span>",
    "<!-- -->",
    "&#8203;",
    "&ensp;&ensp;",
)
TAILS: Final = ("<br>", "<br/>&nbsp;", "<p>&nbsp;</p>", "<p><br></p>", "&nbsp;")
FONTS: Final = ("仿宋_GB2312", "宋体", "方正仿宋_GBK", "Times New Roman", "楷体_GB2312", "微软雅黑")


@dataclass(frozen=True, slots=True)
class Filling:
    """One page's cells.

    Attributes:
        wrap: what the text is wrapped in (see `WRAPS`).
        blanks: what stands in a cell without text.
        source: share of cells with line ends and blanks of the source around the text, as editors indent it.
        comments: share of cells with a comment inside.
        split: share of numbers cut over two spans.
        struck: share of numbers with an old one struck out beside them.
        broken: share of long numbers that somebody broke by hand for a narrow column.
        paragraphs: line ends in labels begin a new paragraph instead of `<br>`.
        named: quotes and dashes are written as named references.
        padded: share of numbers with hard blanks around them.
        tails: share of cells with an empty line or paragraph behind the text.
        inputs: numbers stand in fields of a form that was printed as it was filled in.
    """

    wrap: str = "none"
    blanks: tuple[str, ...] = field(default=("&nbsp;",))
    source: float = 0
    comments: float = 0
    split: float = 0
    struck: float = 0
    broken: float = 0
    paragraphs: bool = False
    named: bool = False
    padded: float = 0
    tails: float = 0
    inputs: bool = False

    @property
    def name(self) -> str:
        """A word for the variant."""
        odd = (
            ("struck", self.struck),
            ("broken", self.broken),
            ("split", self.split),
            ("inputs", self.inputs),
        )
        return "_".join(word for word, on in odd if on)


def draw_filling(rng: Random, wraps: tuple[str, ...]) -> Filling:
    """Cells of one page; `wraps` are those of its tool."""
    return Filling(
        wrap=rng.choice(wraps),
        blanks=tuple(rng.choice(BLANKS) for _ in range(rng.choice((1, 1, 2, 4)))),
        source=rng.choice((0, 0, 0.3, 1)),
        comments=rng.choice((0, 0, 0, 0.05)),
        split=rng.choice((0, 0, 0.3)),
        struck=0.05 if rng.random() < 0.12 else 0,
        broken=0.3 if rng.random() < 0.06 else 0,
        paragraphs=rng.random() < 0.4,
        named=rng.random() < 0.25,
        padded=rng.choice((0, 0, 0, 0.3)),
        tails=rng.choice((0, 0, 0, 0.2)),
        inputs=rng.random() < 0.015,
    )


NAMED: Final = {
    "“": "&ldquo;",
    "”": "&rdquo;",
    "—": "&mdash;",
    "·": "&middot;",
    "‘": "&lsquo;",
    "’": "&rsquo;",
}


def reference(text: str, named: bool) -> str:
    """Text with its signs escaped."""
    out = escape(text, quote=False)
    return "".join(NAMED.get(c, c) for c in out) if named else out


class CellWriter:
    """Writes the insides of the cells of one page."""

    def __init__(self, rng: Random, markup: Markup, how: Filling) -> None:
        self.rng, self.markup, self.how = rng, markup, how

    def fill(self, content: Content) -> str:
        """The inside of a cell."""
        rng, how = self.rng, self.how
        inner = self._tidy(rng.choice(how.blanks)) if not content.text else self._text(content)
        if rng.random() < how.comments:
            inner += rng.choice(
                ("<!--EndFragment-->", "<!-- 12 -->", "<!--[if !supportEmptyParas]--><!--[endif]-->")
            )
        if rng.random() < how.source:
            inner = f"\n      {inner}\n    "
        return inner

    def _text(self, content: Content) -> str:
        lines = self._broken(content).split("\n")
        parts = [self._number(x, content) if content.key else reference(x, self.how.named) for x in lines]
        if self.how.paragraphs and self.how.wrap in ("p", "word"):
            inner = "".join(self.wrap(x) for x in parts)
        else:
            inner = self.wrap(self.markup.lone("br").join(parts))
        return inner + (self.rng.choice(TAILS) if self.rng.random() < self.how.tails else "")

    def _broken(self, content: Content) -> str:
        text = content.text
        if content.key and text.isdigit() and len(text) > 3 and self.rng.random() < self.how.broken:
            return f"{text[:2]}\n{text[2:]}"
        return text

    def _number(self, text: str, content: Content) -> str:
        out = reference(text, self.how.named)
        if self.how.inputs and "\n" not in content.text:
            return f'<input type="text" readonly value="{escape(text)}" size="4">'
        if not text.isdigit():
            return out
        if self.rng.random() < self.how.padded:
            blank = self.rng.choice(("&nbsp;", "　", "&#160;&#160;"))
            return f"{blank}{out}{blank}"
        if len(text) > 1 and self.rng.random() < self.how.split:
            cut = self.rng.randrange(1, len(text))
            out = f"<span>{text[:cut]}</span><span>{text[cut:]}</span>"
        if content.role == "number" and self.rng.random() < self.how.struck:
            out = self._old() + out
        return out

    def _old(self) -> str:
        """A number that is not there any more."""
        old = self.rng.randint(0, 400)
        return self.rng.choice(
            (
                f"<s>{old}</s>",
                f"<del>{old}</del>",
                f"<strike>{old}</strike>",
                f'<span style="text-decoration: line-through;">{old}</span>',
                f'<span style="display:none">{old}</span>',
                f"<del cite='mailto:jh' datetime='2024-01-09T09:12'>{old}</del>",
            )
        )

    def wrap(self, inner: str) -> str:
        """The inside in the wrappers of the page's tool."""
        element, kind = self.markup.element, self.how.wrap
        if kind == "p":
            return element("p", inner, {"align": "center"} if self.rng.random() < 0.5 else {})
        if kind == "div":
            return element("div", inner, {"align": "center"})
        if kind == "span":
            return element("span", inner, {"style": f"font-family:{self.rng.choice(FONTS)};font-size:12pt"})
        if kind == "font":
            return element("font", inner, {"size": "2", "face": self.rng.choice(FONTS)})
        if kind == "strong":
            return element("strong", inner)
        return word_paragraph(self.rng, self.markup, inner, "center") if kind == "word" else inner

    def _tidy(self, blank: str) -> str:
        """A blank in the page's own hand; a paragraph cannot stand in a paragraph."""
        if self.how.wrap in ("word", "p") and "<p" not in blank and self.rng.random() < 0.7:
            return self.wrap(blank)
        return blank


def word_paragraph(rng: Random, markup: Markup, inner: str, align: str = "left") -> str:
    """A paragraph as Word and WPS paste it: three to six spans deep, empty spans behind."""
    font, size = rng.choice(FONTS), rng.choice(("10.5000pt", "12.0pt", "9.0pt"))
    spans = [
        {"style": f"font-size:{size};font-family:{font};mso-hansi-font-family:{font};color:black"},
        {"lang": "EN-US", "style": "mso-spacerun:'yes';mso-font-kerning:1.0000pt;"},
        {"style": "mso-bidi-font-size:10.5pt;\nmso-fareast-font-family:宋体"},
        {"class": "15", "style": f"font-family:{font}"},
        {"style": "letter-spacing:0pt;mso-ascii-theme-font:minor-latin"},
    ]
    for attributes in rng.sample(spans, rng.randint(1, 4)):
        inner = markup.element("span", inner, attributes)
    tail = rng.choice(
        ("", "<o:p></o:p>", "<span lang=EN-US><o:p></o:p></span>", "<span></span>", "<o:p>&nbsp;</o:p>")
    )
    style = f"text-align:{align};line-height:28.0pt;mso-line-height-rule:exactly;mso-pagination:widow-orphan;"
    return markup.element("p", inner + tail, {"class": "MsoNormal", "align": align, "style": style})
