"""The words around a report: menus, labels, titles, footers, and how bodies speak of themselves.

Enters: `page_words.csv`. Leaves: the words of each kind, plain, longest first.
"""

from __future__ import annotations

from normalize.words.plain import plain
from normalize.words.word_list import read_kinds

KINDS = frozenset(
    (
        "navigation",  # words of a menu, a whole line
        "self",  # how a body speaks of itself, no name: 我局
        "office",  # the part of a body that writes for it
        "no_body",  # how words end that are no body's name: 网上可办, 公共场所
        "prose",  # words that no title and no name holds
        "title_label",  # 标题：
        "after_title",  # what a title may be glued to
        "number_label",  # 发文字号：
        "issue_label",  # dates of the document
        "page_date_label",  # dates of the web page
        "other_date_label",  # dates of neither: 打印时间
        "indicator_head",  # heads of the statistics tables before 2019
        "indicator_label",  # rows of theirs
        "agency_label",  # 发布机构：
        "after_name",  # the next label on the same line
        "footer",  # lines below a signature
        "printed_by",  # 印发
        "act",  # what a body does in the opening sentences
        "author_does",  # what the author of a report does in them
        "announces",  # what stands before the name in a sentence that announces one
        "subject",  # what reports are about
        "asks",  # 请与某某联系: before the name
        "asked",  # behind it
        "report",  # what a report is called
        "title",  # what a title says in one piece: found with a letter wrong, too
        "no_misprint",  # a letter from a word of that, and a word of its own
        "summary",  # what it may be called beside
        "name_tail",  # what a name is cut from, behind it
        "seal",  # 公章, where a seal belongs
        "seal_of_name",  # the same, behind a name only
        "paper",  # 文件: what a letterhead adds to the name
        "signature_label",  # 落款：
        "state_number",  # how numbers of documents begin that are cited, not the report's own
        "citing",  # says that a document is cited
        "period_label",  # says that dates beside it are a period
        "sends",  # what a title may say of the report before its name
        "to_be_filled",  # what a template has in place of a name
        "copy",  # what the name of a file says of the copy that it is
        "notice",  # what a page says that shows a report
        "writes",  # what a body does with its report
        "written",  # what stands behind that
        "desk",  # the office of a body's office
        "has_desk",  # how bodies end whose office writes for them
        "desk_kind",  # which office it is: 党政办
        "small_office",  # how it ends itself
        "disclosed",  # the word that tells what reports are about
        "about",  # 关于, before what a paper is about
        "about_sending",  # the same in a title that says the report is sent
        "own",  # how words begin that speak of oneself: 我局
        "place_level",  # what places are called: a name with one of them is somewhere
        "level",  # of places that a name lies in: 某某县农业农村局
        "no_level",  # words that only end like these: 城市, 开发区
        "nation",  # how the names of national bodies begin
        "title_does",  # what a title says is done with the rules
        "title_subject",  # and is disclosed
        "title_joins",  # between two of these
        "title_law",  # the rules themselves
        "title_work",  # what the report is on
        "title_state",
        "title_done",  # the same behind the year
        "title_went",
        "title_year",
        "title_year_word",  # behind the figures of its year
        "title_report",  # what it calls the report
        "attachment",  # 附件1
        "text_label",  # 正文: before the title
        "no_title",  # how lines end that are no part of a title
        "site",  # how a page names its site behind a title
        "shared",  # what name and subject share: 人民政府信息公开
        "before_shared",  # how a name ends that does
        "file_subject",  # where in the name of a file the name of the body is over
        "file_report",
        "signed_by",  # 签发人, behind a number
        "cited_before",  # words before a number that is cited
        "date_label",  # of a date beside the signature
        "printed_by_end",  # the same as 印发 at the end of a line
        "title_ends",  # how a title ends that runs into a sentence
        "year_of_act",  # behind a year in which a body acts
        "since",  # behind the first day of a period
        "until",  # before its last day
        "same_year",  # in place of the year of the last day
        "of_year",  # what follows the year that is spoken of
        "as_of",  # 截至2021年底
        "year_end",  # 底
        "year_label",  # 年度：2021
        "heading_mark",  # a character of each heading that is told by its meaning
        "heading_part",  # 第一部分
        "other",  # 其他, as the list of headings has it
        "other_spelt",  # other spellings of that
        "behind_heading",  # how the text begins that is printed on the line of a heading
        "table",  # 表一, 图1: a caption
        "before_table",  # 续表
        "table_of_annex",  # a caption without a number
        "table_ends",  # how other captions end
        "year_word",  # behind the figures of a year
        "year_word_of_file",  # the same in the name of a file
    )
)

WORDS = {
    kind: tuple(sorted(map(plain, words), key=len, reverse=True))
    for kind, words in read_kinds("page_words.csv", KINDS, same=plain).items()
}
"""Words by kind, for patterns that name one."""


def words_of(kind: str) -> tuple[str, ...]:
    """The words of one kind in plain form, longest first."""
    return WORDS[kind]
