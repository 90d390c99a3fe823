"""The only exceptions that readers raise; each becomes one failed row, never the end of a batch.

Enters: a detail for people, readable in either language: a part's name, a size, never the words of a
library. Leaves: an exception with a stable code and one sentence per language.
"""

from __future__ import annotations

from typing import ClassVar, Final

_PARTED: Final = "\x1f"
"""Stands between the languages of a detail; a file's name may hold any sign that people type."""


class ReadError(Exception):
    """A file that could not be read.

    Attributes:
        code: stable identifier for programs.
        zh, en: one plain sentence with `{detail}` filled in by `sentence`.
    """

    code: ClassVar[str] = "unreadable"
    zh: ClassVar[str] = "文件无法读取：{detail}"
    en: ClassVar[str] = "the file cannot be read: {detail}"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    def sentence(self, lang: str = "zh") -> str:
        """One sentence that names the fault and what to do about it."""
        zh, parted, en = self.detail.partition(_PARTED)
        detail = en if lang == "en" and parted else zh
        told = (self.en if lang == "en" else self.zh).format(detail=detail)
        return told.replace("（）", "").replace(" ()", "").rstrip("：: ")


class EmptyFile(ReadError):
    """No bytes, or nothing but white space."""

    code = "empty"
    zh = "文件是空的，请重新下载，或请报送单位重发"
    en = "the file is empty; download it again or ask for another copy"


class NotAccessible(ReadError):
    """The operating system refuses to open it."""

    code = "not_accessible"
    zh = "无法打开文件，请检查权限：{detail}"
    en = "the file cannot be opened; check its permissions: {detail}"


class NoWorkspace(ReadError):
    """The folder for temporary files takes no more."""

    code = "no_workspace"
    zh = "临时文件夹写不进去，请腾出空间，或用环境变量 TMPDIR 换一个文件夹后再试：{detail}"
    en = "the folder for temporary files takes no more; free some space, or name another by TMPDIR: {detail}"


class UnknownFormat(ReadError):
    """Bytes of no format that is known here."""

    code = "unknown_format"
    zh = "认不出文件的格式，请确认它是不是年报：{detail}"
    en = "not a document format known here; check what the file is: {detail}"


class UnsupportedFormat(ReadError):
    """A known format that this version has no reader for."""

    code = "unsupported_format"
    zh = "暂不支持此格式（{detail}），请另存为 .docx、.pdf 或 .txt 后再试"
    en = "this format ({detail}) has no reader yet; save it as .docx, .pdf or .txt and try again"


class NeedsLibreOffice(ReadError):
    """A format that only LibreOffice opens, and it is not installed."""

    code = "needs_libreoffice"
    zh = (
        "读取此格式需要 LibreOffice，请先安装："
        "sudo apt-get install --no-install-recommends libreoffice-writer"
    )
    en = (
        "this format needs LibreOffice; install it with: "
        "sudo apt-get install --no-install-recommends libreoffice-writer"
    )


class NotStarted(ReadError):
    """LibreOffice is installed, and does not start."""

    code = "libreoffice_not_started"
    zh = "LibreOffice 启动不了，请运行 soffice --headless --version 查看原因，修好后再试"
    en = "LibreOffice does not start; see why with: soffice --headless --version, and try again"


class Damaged(ReadError):
    """The right format, but broken or cut short."""

    code = "damaged"
    zh = "文件打不开或不完整（下载或传输中断），请重新下载，或请报送单位重发"
    en = "the file is damaged or cut short; download it again or ask for another copy: {detail}"


class Encrypted(ReadError):
    """Needs a password that was not given."""

    code = "encrypted"
    zh = "文件有密码保护，请先解除密码；PDF 和 zip 也可用 --password-file 给出密码"
    en = "the file is protected by a password; remove it, or give that of a PDF or zip with --password-file"


class MemberLink(ReadError):
    """A member of an archive that is no file but leads elsewhere: a link, a device."""

    code = "member_link"
    zh = "压缩包里的链接或设备，不是文件，没有读取：{detail}"
    en = "a link or a device inside an archive, not a file; it is not followed: {detail}"


class SplitArchive(ReadError):
    """One volume of an archive that goes on in other files."""

    code = "split_archive"
    zh = "分卷压缩包的一卷，单独读不了，请把各卷一起解压后再试：{detail}"
    en = "one volume of a split archive, which cannot be read alone; unpack all of them first: {detail}"


class TooManyMembers(ReadError):
    """More members than an archive of reports has; those before the limit are read."""

    code = "too_many_members"
    zh = "压缩包里文件过多，超出的没有读，请解压后再试：{detail}"
    en = "the archive has too many members; those beyond the limit are not read, unpack it first: {detail}"


class UnsupportedPacking(ReadError):
    """A member packed by a method that nothing here can unpack."""

    code = "unsupported_packing"
    zh = "压缩方法无法识别，请解压后再试：{detail}"
    en = "packed by a method that is not known here; unpack it first: {detail}"


class NeedsLibarchive(ReadError):
    """The system library that unpacks rar, 7z and rare kinds of zip is missing."""

    code = "needs_libarchive"
    zh = (
        "解开此压缩包需要系统库 libarchive，请先执行"
        " sudo apt-get install --no-install-recommends libarchive13：{detail}"
    )
    en = (
        "unpacking this needs the system library libarchive; run"
        " sudo apt-get install --no-install-recommends libarchive13 first: {detail}"
    )


class TooLarge(ReadError):
    """More bytes, or more bytes once unpacked, than a report can have."""

    code = "too_large"
    zh = "文件过大或解压后过大，不像年度报告，没有读取，请核对原件：{detail}"
    en = "too large for a report, or unpacks to too much; not read, check the original: {detail}"


class UnreadableText(ReadError):
    """There is text, but its characters are not those on the page (fonts without a usable encoding)."""

    code = "text_layer_unreadable"
    zh = "文字读不出来（字体没有可用的编码），请改用 Word 版或网页版：{detail}"
    en = "unreadable text (its fonts have no usable encoding); use the Word file or web page: {detail}"


class NoText(ReadError):
    """Pictures of pages."""

    code = "no_text"
    zh = "是扫描件（{detail}），没有文字可读，请改用 Word 版、网页版或有文字的 PDF"
    en = "a scan ({detail}) without text to read; use the Word file, the web page or a PDF with text"


class EmptyArchive(ReadError):
    """An archive without a file in it."""

    code = "empty_archive"
    zh = "压缩包里没有文件，请核对原件"
    en = "there is no file in the archive; check the original"


class NestedArchives(ReadError):
    """An archive so deep within others that it is not opened."""

    code = "nested_archives"
    zh = "压缩包里套压缩包，超过 {detail} 层，没有打开，请先解压"
    en = "archives within archives more than {detail} deep, not opened; unpack it first"


class Crashed(ReadError):
    """The process that read it died (`nianbao.processes.pool`)."""

    code = "crashed"
    zh = "读取时程序崩溃，文件可能已损坏，请打开后另存一份再试"
    en = "the reader crashed on it; the file may be damaged, open it and save it anew"


class OutOfMemory(ReadError):
    """Reading it took more memory than one file may have."""

    code = "out_of_memory"
    zh = "读取所需内存超过上限，已放弃；文件可能已损坏，确需读取请调高 --memory-limit：{detail}"
    en = "reading took more memory than a file may; it may be damaged, else raise --memory-limit: {detail}"


class TimedOut(ReadError):
    """The process that read it took too long and was ended (`nianbao.processes.pool`)."""

    code = "timed_out"
    zh = "读取超过时限，已放弃；文件可能已损坏，确需读取请调高 --time-limit：{detail}"
    en = "reading took longer than a file may; it may be damaged, else raise --time-limit: {detail}"


class SearchTimedOut(TimedOut):
    """One search of its text took too long (`normalize.words.search`)."""

    zh = "查找其中一处文字超过时限，已放弃；文件可能已损坏，请核对原件：{detail}"
    en = "a single search of its text took too long and was given up; the file may be damaged: {detail}"


def both(zh: str, en: str) -> str:
    """A detail that reads differently in the two languages."""
    return f"{zh}{_PARTED}{en}"


def in_pages(pages: int) -> str:
    """A number of pages for people."""
    return both(f"共 {pages} 页", f"{pages} {'page' if pages == 1 else 'pages'}")


def number_of(error: OSError) -> str:
    """The number of an error of the operating system, whose words are English alone."""
    return f"errno {error.errno}" if error.errno else ""


def in_megabytes(size: int) -> str:
    """A number of bytes for people: `5.2 MB`, `210 MB`."""
    megabytes = size / 1_000_000
    return f"{megabytes:.1f} MB" if megabytes < 10 else f"{megabytes:.0f} MB"
