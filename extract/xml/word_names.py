"""Element and attribute names of WordprocessingML, as lxml spells them.

Enters: nothing. Leaves: constants. Only the transitional namespaces stand here: the package maps the
Strict ones (purl.oclc.org) onto them before parsing, so no other module needs to know both.
"""

from __future__ import annotations

from typing import Final

W_NS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC_NS: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DC_NS: Final = "http://purl.org/dc/elements/1.1/"
REL_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"

STRICT_NAMESPACES: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W_NS.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M_NS.encode()),
)


def w(local: str) -> str:
    """The name `w:local` in lxml's notation."""
    return f"{{{W_NS}}}{local}"


def m(local: str) -> str:
    """The name `m:local` (mathematics) in lxml's notation."""
    return f"{{{M_NS}}}{local}"


VAL: Final = w("val")
BODY: Final = w("body")
P: Final = w("p")
P_PR: Final = w("pPr")
R: Final = w("r")
R_PR: Final = w("rPr")
T: Final = w("t")
TBL: Final = w("tbl")
TR: Final = w("tr")
TR_PR: Final = w("trPr")
TC: Final = w("tc")
TC_PR: Final = w("tcPr")
SDT: Final = w("sdt")
SDT_CONTENT: Final = w("sdtContent")
CUSTOM_XML: Final = w("customXml")
SMART_TAG: Final = w("smartTag")
INS: Final = w("ins")
DEL: Final = w("del")
MOVE_TO: Final = w("moveTo")
MOVE_FROM: Final = w("moveFrom")
TXBX: Final = w("txbxContent")
ALT_CHUNK: Final = w("altChunk")
NUM_PR: Final = w("numPr")
NUM_ID: Final = w("numId")
ILVL: Final = w("ilvl")
ALTERNATE: Final = f"{{{MC_NS}}}AlternateContent"
CHOICE: Final = f"{{{MC_NS}}}Choice"
FALLBACK: Final = f"{{{MC_NS}}}Fallback"
O_MATH: Final = m("oMath")
O_MATH_PARA: Final = m("oMathPara")
