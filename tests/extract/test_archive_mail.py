"""E-mail: attachments under their names, the mail's own words, forwarded mails."""

from __future__ import annotations

import base64
import binascii
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from archive_making import REST, contents, opened

from extract.archive.mail.header_words import decode_words, find_parameters
from extract.characters.decode import decode_text
from extract.sniff import sniff

REPORT = bytes(range(256)) * 9
NAME = "某局2021年政府信息公开工作年度报告（最终稿）.docx"
GREETING = "各位领导：现报送本年度政府信息公开工作年度报告，请查收。"


def mail(**parts: bytes) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.gov.cn", "c@d.gov.cn", "报送2021年年报"
    message.set_content(GREETING)
    return message


def word(text: str, charset: str = "GBK", codec: str = "gbk") -> str:
    return f"=?{charset}?B?{base64.b64encode(text.encode(codec)).decode()}?="


def one_part(headers: bytes, body: bytes = b"x") -> bytes:
    return (
        b'From: a@b.cn\r\nTo: c@d.cn\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n\tboundary="--=_B"\r\n\r\n'
        b"preamble\r\n----=_B\r\n" + headers + b"\r\n\r\n" + body + b"\r\n----=_B--\r\nepilogue"
    )


def test_attachments_and_the_words_of_the_mail() -> None:
    message = mail()
    message.add_alternative(f"<html><body><p>{GREETING}</p></body></html>", subtype="html")
    message.add_attachment(REPORT, maintype="application", subtype="octet-stream", filename=NAME)
    forwarded = mail()
    forwarded.add_attachment(b"inner", maintype="a", subtype="b", filename="内.txt")
    message.add_attachment(forwarded)
    for data in (message.as_bytes(), message.as_bytes(policy=SMTP)):
        assert sniff(data) == "eml"
        found = contents(data, "年报.eml")
        assert list(found) == ["报送2021年年报.eml", NAME]
        assert found[NAME] == REPORT
        assert contents(found["报送2021年年报.eml"], "x.eml") == {"内.txt": b"inner"}
        with opened(data) as archive:
            kind, body = archive.body
        assert kind == "html"
        assert body.decode("utf-8-sig").strip() == f"<html><body><p>{GREETING}</p></body></html>"


@pytest.mark.parametrize(
    "headers",
    [
        f'Content-Disposition: attachment; filename="{word(NAME)}"'.encode(),
        f'Content-Disposition: attachment;\r\n filename="{word(NAME[:9])}\r\n {word(NAME[9:])}"'.encode(),
        f"Content-Disposition: attachment; filename={word(NAME, 'utf-8', 'utf-8')}".encode(),
        f'Content-Type: application/msword; name="{NAME}"'.encode("gbk"),
        f'Content-Type: application/msword; name="{NAME}"'.encode(),
        f"Content-Type: application/msword; name={NAME}".encode("gb18030"),
        f"Content-Disposition: attachment; filename*=gb2312'zh-cn'{''.join(f'%{b:02X}' for b in NAME.encode('gbk'))}".encode(),
        f"Content-Disposition: attachment; filename*0*=UTF-8''{''.join(f'%{b:02x}' for b in NAME[:5].encode())};\r\n filename*1*={''.join(f'%{b:02x}' for b in NAME[5:-5].encode())};\r\n filename*2={NAME[-5:]}".encode(),
        f'Content-Disposition: attachment; filename="{"".join(f"%{b:02X}" for b in NAME.encode())}"'.encode(),
        f'content-disposition:attachment ; FILENAME = "{word(NAME)}" ; size=3'.encode(),
    ],
)  # fmt: skip
def test_names_of_attachments_however_they_are_written(headers: bytes) -> None:
    assert contents(one_part(headers), "x.eml") == {NAME: b"x"}


def test_a_character_torn_between_two_encoded_words() -> None:
    raw = base64.b64encode("年度报告.doc".encode("gbk"))
    for cut in (4, 6, 8):
        assert (
            decode_words(b"=?gb2312?B?" + raw[:cut] + b"?=\r\n =?gb2312?B?" + raw[cut:] + b"?=")
            == "年度报告.doc"
        )
    assert decode_words(b"Re: =?utf-8?q?=E5=B9?= =?utf-8?Q?=B4_1?= end") == "Re: 年 1 end"


def test_parameters_with_quotes_and_semicolons() -> None:
    assert find_parameters(rb'a/b; x="1;2\"3"; y=z ; x=second') == {"x": '1;2"3', "y": "z"}


@pytest.mark.parametrize("declared", ["gbk", "gb2312", "utf-8", "iso-8859-1", "us-ascii", "x-unknown", ""])
@pytest.mark.parametrize("written", ["gbk", "utf-8"])
def test_the_body_is_decoded_by_what_it_is(declared: str, written: str) -> None:
    page = f"<html><head><meta charset=gb2312></head><p>{GREETING}</p>"
    headers = f"Content-Type: text/html; charset={declared}\r\nContent-Transfer-Encoding: base64".encode()
    with opened(one_part(headers, base64.encodebytes(page.encode(written)))) as archive:
        assert archive.members == ()
        kind, body = archive.body
    assert (kind, body.decode("utf-8-sig")) == ("html", page)
    assert decode_text(body)[0] == page


def test_html_that_says_less_than_the_text_gives_way() -> None:
    message = mail()
    message.add_alternative("<html><style>p {color: red}</style><p>请用网页版查看</p></html>", subtype="html")
    message.get_payload()[0].set_content(GREETING * 5)
    with opened(message.as_bytes()) as archive:
        assert archive.body[0] == "text"


def test_pictures_in_the_text_are_members_and_the_mail_no_saved_page() -> None:
    message = mail()
    message.add_alternative(
        "<p>见图 <img src='cid:1'> 各位领导：现报送本年度政府信息公开工作年度报告</p>", subtype="html"
    )
    message.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<1>", filename="image001.png")
    assert contents(message.as_bytes(), "x.eml") == {"image001.png": b"\x89PNG"}
    headers = b"Message-ID: <1>\r\nReceived: from x\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n\r\nx\r\n--B--\r\n"
    assert sniff(headers) == "eml"


def test_files_without_names_and_a_mail_that_is_one_file() -> None:
    assert contents(one_part(b"Content-Type: application/pdf"), "x.eml") == {"part-1": b"x"}
    alone = b"From: a@b\r\nTo: c@d\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    assert contents(alone + base64.encodebytes(REPORT), "x.eml") == {"a.pdf": REPORT}


def test_uuencoded_files_in_the_text() -> None:
    lines = b"".join(binascii.b2a_uu(REPORT[n : n + 45]) for n in range(0, len(REPORT), 45))
    text = f"{GREETING}\nbegin 644 {NAME}\n".encode("gbk") + lines + b"`\nend\n" + "此致\n".encode("gbk")
    data = b"From: a@b\nSubject: x\nDate: today\n\n" + text
    assert contents(data, "x.eml") == {NAME: REPORT}
    with opened(data) as archive:
        assert archive.body == ("text", f"{GREETING}\n此致\n".encode("utf-8-sig"))


def test_a_damaged_uuencoded_file_is_named() -> None:
    data = b"From: a@b\nSubject: x\nDate: today\n\nbegin 644 a.doc\n#86~C\n`\nend\n"
    assert contents(data, "x.eml") == {"a.doc": "damaged"}


def test_transfer_encodings_with_faults() -> None:
    torn = base64.encodebytes(REPORT)[:-6].replace(b"\n", b"\r\n> ")
    headers = b"Content-Type: a/b; name=a\r\nContent-Transfer-Encoding: "
    found = contents(one_part(headers + b"BASE64 ", torn), "x.eml")["a"]
    assert REPORT.startswith(found)
    assert len(found) > len(REPORT) - 6
    footer = base64.encodebytes(REPORT[:-1]) + b"\r\n_______\r\nlist of subscribers\r\n"
    assert contents(one_part(headers + b"base64", footer), "x.eml") == {"a": REPORT[:-1]}
    pieces = base64.encodebytes(REPORT[:100]) + base64.encodebytes(REPORT[100:])
    assert contents(one_part(headers + b"base64", pieces), "x.eml") == {"a": REPORT}
    assert contents(one_part(headers + b"quoted-printable", b"a=3D=\r\nb=ZZ"), "x.eml") == {"a": b"a=b=ZZ"}
    assert contents(one_part(headers + b"8bit", b"\xff\x00"), "x.eml") == {"a": b"\xff\x00"}


def test_a_cut_mail_says_so() -> None:
    data = one_part(
        b"Content-Type: a/b; name=a", b"first\r\n----=_B\r\nContent-Type: a/b; name=b\r\n\r\nsecond"
    )
    with opened(data[: data.rfind(b"cond")]) as archive:
        assert [(member.name, member.remarks) for member in archive.members] == [
            ("a", ()),
            ("b", ("mail.unclosed",)),
        ]


def test_a_boundary_that_is_not_declared() -> None:
    data = one_part(b"Content-Type: a/b; name=a").replace(b';\r\n\tboundary="--=_B"', b"")
    assert contents(data, "x.eml") == {"a": b"x"}


def test_a_folder_of_mails() -> None:
    first, second = (
        f"From a@b Mon Jan  4 10:00:0{n} 2021\n".encode() + one_part(b"Content-Type: a/b; name=a")
        for n in (1, 2)
    )
    data = first + b"\n\n" + second
    assert sniff(data) == "eml"
    found = contents(data, "mbox")
    assert list(found) == ["1.eml", "2.eml"]
    assert contents(found["2.eml"], "2.eml") == {"a": b"x"}


@pytest.mark.parametrize(
    "start",
    [
        b"\xef\xbb\xbf",
        b"\r\n",
        b"X-QQ-mid: 1\r\n",
        b"From a@b Mon Jan  4 2021\r\n",
        b"ARC-Seal: i=1;\r\n a=b\r\n",
    ],
)
def test_mails_are_known_by_any_beginning(start: bytes) -> None:
    data = start + one_part(b"Content-Type: a/b; name=a")
    assert sniff(data) == "eml"
    assert contents(data, "x.eml") == {"a": b"x"}


def test_hostile_trees_end() -> None:
    deep = b"From: a@b\r\nTo: c@d\r\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=B%d\r\n\r\n--B%d\r\n" % (n, n) for n in range(5000)
    )
    assert len(contents(deep, "x.eml")) == 1
    wide = one_part(b"Content-Type: a/b", b"x" + b"\r\n----=_B\r\nContent-Type: a/b\r\n\r\nx" * 20_000)
    found = contents(wide, "x.eml")
    assert len(found) == 10_001
    assert found[REST] == "too_many_members"
    for header in (
        b"=?gbk?b?" * 30_000,
        b'; x="' * 30_000,
        b"\r\n " * 60_000 + b"x",
        b"=?a?q?" + b"=" * 60_000 + b"?=",
    ):
        assert len(contents(one_part(b"Content-Disposition: attachment; filename=" + header), "x.eml")) == 1
    markup = one_part(b"Content-Type: text/html", b"<script" * 100_000 + b"<!--" * 100_000)
    assert contents(markup, "x.eml") == {}
