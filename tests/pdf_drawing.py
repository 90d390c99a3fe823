"""PDF files drawn by hand, so that every line and letter stands exactly where a test wants it.

Enters: lines, boxes and text in points from the top left of the page. Leaves: the bytes of a file. Chinese
is set in a font that is not embedded, with a predefined encoding: its characters need no table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
FONTS = {
    "F1": "UniGB-UTF16-H",
    "F2": "UniGB-UTF16-V",
}


def rc4(key: bytes, data: bytes) -> bytes:
    """The cipher of PDF 1.4."""
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def shown(text: str, size: float, font: str = "F1") -> str:
    """Operators that print a text: digits and Latin in Helvetica, the rest in `font`."""
    out = []
    for latin, part in groupby(text, key=str.isascii):
        letters = "".join(part)
        code = letters.encode("ascii" if latin else "utf-16-be").hex()
        out.append(f"/{'F3' if latin else font} {size} Tf <{code}> Tj")
    return " ".join(out)


@dataclass
class Sheet:
    """One page; y counts from the top, as in the results."""

    width: float = 595.0
    height: float = 842.0
    rotate: int = 0
    origin: tuple[float, float] = (0.0, 0.0)
    parts: list[str] = field(default_factory=list)
    forms: list[tuple[str, str]] = field(default_factory=list)
    image: bool = False

    def at(self, x: float, y: float) -> tuple[float, float]:
        return x + self.origin[0], self.height - y + self.origin[1]

    def raw(self, content: str) -> None:
        self.parts.append(content)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 10,
        mode: int = 0,
        font: str = "F1",
        colour: str = "0 g",
    ) -> None:
        """Its first glyph stands on the base line `y`."""
        px, py = self.at(x, y)
        self.raw(f"q {colour} BT {mode} Tr 1 0 0 1 {px} {py} Tm {shown(text, size, font)} ET Q")

    def turned(self, x: float, y: float, text: str, cos: float, sin: float, size: float = 10) -> None:
        """Text under a rotation, counter-clockwise."""
        px, py = self.at(x, y)
        self.raw(f"BT {cos} {sin} {-sin} {cos} {px} {py} Tm {shown(text, size)} ET")

    def line(
        self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5, colour: str = "0 G"
    ) -> None:
        a, b = self.at(x0, y0)
        c, d = self.at(x1, y1)
        self.raw(f"q {colour} {width} w {a} {b} m {c} {d} l S Q")

    def box(
        self, x0: float, y0: float, x1: float, y1: float, paint: str = "S", colour: str = "0 G 0 g"
    ) -> None:
        a, b = self.at(x0, y1)
        self.raw(f"q {colour} 0.5 w {a} {b} {x1 - x0} {y1 - y0} re {paint} Q")

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])

    def cells(
        self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]], size: float = 9
    ) -> None:
        """Texts into the cells of a grid."""
        for row, y in zip(rows, ys[1:], strict=False):
            for text, x in zip(row, xs, strict=False):
                if text:
                    self.text(x + 3, y - 4, text, size)

    def table(self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        self.grid(xs, ys)
        self.cells(xs, ys, rows)


def write_pdf(*sheets: Sheet, title: str = "", password: str | None = None) -> bytes:
    """The file; with `password`, encrypted (an empty one opens for everybody)."""
    return _File(password).write(sheets, title)


class _File:
    def __init__(self, password: str | None) -> None:
        self.objects: list[bytes] = []
        self.key = b""
        self.encrypt = b""
        if password is not None:
            user = (password.encode() + PADDING)[:32]
            owner = rc4(hashlib.md5((b"owner" + PADDING)[:32]).digest()[:5], user)  # noqa: S324
            digest = hashlib.md5(user + owner + (-4).to_bytes(4, "little", signed=True) + b"0123456789abcdef")  # noqa: S324
            self.key = digest.digest()[:5]
            stored = rc4(self.key, PADDING)
            self.encrypt = f"<</Filter/Standard/V 1/R 2/P -4/O<{owner.hex()}>/U<{stored.hex()}>>>".encode()

    def add(self, body: str, stream: bytes | None = None) -> int:
        number = len(self.objects) + 1
        if stream is None:
            self.objects.append(body.encode())
            return number
        if self.key:
            salt = number.to_bytes(3, "little") + b"\0\0"
            stream = rc4(hashlib.md5(self.key + salt).digest()[:10], stream)  # noqa: S324
        head = body.replace("<<", f"<</Length {len(stream)}", 1).encode()
        self.objects.append(head + b"\nstream\n" + stream + b"\nendstream")
        return number

    def write(self, sheets: Sequence[Sheet], title: str) -> bytes:
        fonts = " ".join(f"/{name} {self._font(encoding)} 0 R" for name, encoding in FONTS.items())
        latin = self.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
        fonts += f" /F3 {latin} 0 R"
        tree = len(self.objects) + 1 + sum(2 + len(s.forms) + s.image for s in sheets)
        kids = [self._page(sheet, fonts, tree) for sheet in sheets]
        pages = self.add(f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{k} 0 R' for k in kids)}]>>")
        assert pages == tree
        root = self.add(f"<</Type/Catalog/Pages {pages} 0 R>>")
        about = "FEFF" + title.encode("utf-16-be").hex()
        info = self.add(f"<</Title<{about}>>>") if title else 0
        return self._assemble(root, info)

    def _font(self, encoding: str) -> int:
        system = "<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
        face = self.add(
            "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>"
        )
        base = self.add(
            f"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo{system}"
            f"/FontDescriptor {face} 0 R/DW 1000/W[1 95 500]>>"
        )
        return self.add(
            f"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{encoding}/DescendantFonts[{base} 0 R]>>"
        )

    def _page(self, sheet: Sheet, fonts: str, tree: int) -> int:
        resources = f"/Font<<{fonts}>>"
        extra = []
        for i, (matrix, content) in enumerate(sheet.forms):
            number = self.add(
                f"<</Type/XObject/Subtype/Form/BBox[-2000 -2000 4000 4000]/Matrix[{matrix}]/Resources<<{resources}>>>>",
                content.encode(),
            )
            extra.append(f"/X{i} {number} 0 R")
        if sheet.image:
            number = self.add(
                "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8>>",
                b"\x80",
            )
            extra.append(f"/Im {number} 0 R")
            sheet.raw(f"q {sheet.width} 0 0 {sheet.height} 0 0 cm /Im Do Q")
        content = self.add("<<>>", "\n".join(sheet.parts).encode())
        x, y = sheet.origin
        return self.add(
            f"<</Type/Page/Parent {tree} 0 R/MediaBox[{x} {y} {x + sheet.width} {y + sheet.height}]/Rotate {sheet.rotate}"
            f"/Resources<<{resources}/XObject<<{' '.join(extra)}>>>>/Contents {content} 0 R>>"
        )

    def _assemble(self, root: int, info: int) -> bytes:
        out = bytearray(b"%PDF-1.4\n")
        places = []
        encrypt = 0
        if self.encrypt:
            self.objects.append(self.encrypt)
            encrypt = len(self.objects)
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
        for place in places:
            out += f"{place:010d} 00000 n \n".encode()
        trailer = f"/Size {len(places) + 1}/Root {root} 0 R/ID[<30313233343536373839616263646566><30313233343536373839616263646566>]"
        trailer += f"/Info {info} 0 R" if info else ""
        trailer += f"/Encrypt {encrypt} 0 R" if encrypt else ""
        out += f"trailer\n<<{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)
