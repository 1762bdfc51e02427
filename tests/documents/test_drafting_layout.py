"""Each part of a Party document as Guidance 36-HD/VPTW wants it, read back from the Word file."""

import dataclasses
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from documents.notice import LAYOUT, NOTICE
from tochuc.documents.drafting.conclusion import as_document, draft_conclusion_notice
from tochuc.documents.drafting.document import (
    Column,
    Heading,
    Letterhead,
    Paragraph,
    PartyDocument,
    Signature,
    Table,
)
from tochuc.documents.drafting.draft import draft
from tochuc.documents.drafting.layout import Layout
from tochuc.documents.drafting.wording import day_in_words
from tochuc.rules.ask import rule

CENTRE, JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
WORD = docx.Document(BytesIO(draft_conclusion_notice(NOTICE, LAYOUT)))
HEAD, TASKS, CLOSING = WORD.tables


def cell(row: int, column: int) -> list[WordParagraph]:
    return list(HEAD.cell(row, column).paragraphs)


def found(text: str) -> WordParagraph:
    (paragraph,) = [p for p in WORD.paragraphs if p.text == text]
    return paragraph


def letters(paragraph: WordParagraph) -> tuple[float, bool, bool]:
    """Size in points, bold, italic."""
    (run,) = paragraph.runs
    assert run.font.size is not None
    return run.font.size.pt, bool(run.font.bold), bool(run.font.italic)


def bottom_line(paragraph: WordParagraph) -> str | None:
    border = paragraph._p.find(f".//{qn('w:pBdr')}/{qn('w:bottom')}")
    return None if border is None else border.get(qn("w:val"))


def test_the_sheet_is_a4_with_the_margins_of_the_rules() -> None:
    section = WORD.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [
        rule(f"documents.margin_{side}", on=date(2023, 4, 14)).value
        for side in ("top", "bottom", "left", "right")
    ]


def test_every_font_is_times_new_roman() -> None:
    fonts = list(WORD.styles.element.iter(qn("w:rFonts"))) + list(WORD.element.iter(qn("w:rFonts")))
    assert fonts
    named = {value for font in fonts for value in font.attrib.values()}
    assert named == {"Times New Roman"}


def test_the_title_of_the_party_is_top_right_bold_15_with_a_solid_line_as_long_as_itself() -> None:
    title, line = cell(0, 1)
    assert title.text == "ĐẢNG CỘNG SẢN VIỆT NAM"
    assert letters(title) == (15, True, False)
    assert title.alignment == CENTRE
    assert bottom_line(line) == "single"
    column = HEAD.cell(0, 1).width.mm
    length = column - line.paragraph_format.left_indent.mm - line.paragraph_format.right_indent.mm
    # 22 letters of 15 pt in Times New Roman Bold take 206.7 pt.
    assert length == pytest.approx(72.9, abs=0.3)


def test_the_superior_body_and_below_it_in_bold_the_issuing_body_are_top_left_over_a_star() -> None:
    superior, issuing, star = cell(0, 0)
    assert (superior.text, letters(superior)) == ("HUYỆN ỦY DUY XUYÊN", (14, False, False))
    assert (issuing.text, letters(issuing)) == ("BAN TỔ CHỨC", (14, True, False))
    assert star.text == "*"
    assert {superior.alignment, issuing.alignment, star.alignment} == {CENTRE}


def test_number_and_symbol_stand_under_the_star_without_colon_or_year() -> None:
    (number,) = cell(1, 0)
    assert (number.text, letters(number)) == ("Số 07-TB/BTCHU", (14, False, False))


def test_place_and_day_stand_in_italics_under_the_title_of_the_party() -> None:
    (place_day,) = cell(1, 1)
    assert (place_day.text, letters(place_day)) == ("Duy Xuyên, ngày 14 tháng 4 năm 2023", (14, False, True))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 2, 20), "ngày 20 tháng 02 năm 2018"),
        (date(2023, 1, 9), "ngày 09 tháng 01 năm 2023"),
        (date(2023, 3, 10), "ngày 10 tháng 3 năm 2023"),
        (date(2023, 12, 1), "ngày 01 tháng 12 năm 2023"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_two_digits(day: date, words: str) -> None:
    assert day_in_words(day, LAYOUT) == words


def test_type_name_and_abstract_are_centred_in_bold_over_a_short_line() -> None:
    kind = found("THÔNG BÁO")
    assert letters(kind) == (16, True, False)
    texts = [p.text for p in WORD.paragraphs]
    abstract, line = WORD.paragraphs[texts.index("THÔNG BÁO") + 1 :][:2]
    assert abstract.text.startswith("kết luận của đồng chí Trần Thị Minh Châu")
    assert letters(abstract) == (14, True, False)
    assert {kind.alignment, abstract.alignment} == {CENTRE}
    assert bottom_line(line) == "single"
    assert line.paragraph_format.left_indent.mm > LAYOUT.text_width / 3


def test_the_body_is_justified_in_14_with_its_first_lines_indented() -> None:
    body = [p for p in WORD.paragraphs if p.alignment == JUSTIFIED and not p.runs[0].font.bold]
    assert len(body) >= 8
    for paragraph in body:
        assert letters(paragraph) == (14, False, False)
        assert paragraph.paragraph_format.first_line_indent.mm == pytest.approx(10, abs=0.1)


def test_section_titles_are_bold_capitals_and_points_bold_and_both_stay_with_what_follows() -> None:
    section, point = found("I. ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN"), found("1. Kết quả đạt được")
    for heading, level in ((section, "0"), (point, "1")):
        assert letters(heading) == (14, True, False)
        assert heading.paragraph_format.keep_with_next
        assert heading._p.find(f".//{qn('w:outlineLvl')}").get(qn("w:val")) == level


def test_the_page_number_is_top_centre_from_the_second_page() -> None:
    section = WORD.sections[0]
    (number,) = section.header.paragraphs
    assert section.different_first_page_header_footer
    assert section.first_page_header.is_linked_to_previous
    assert number.alignment == CENTRE
    assert "PAGE" in [code.text for code in number._p.iter(qn("w:instrText"))]
    assert section.header_distance.mm == pytest.approx(10, abs=0.1)


def test_recipients_are_listed_bottom_left_with_dashes_and_end_with_the_copy_kept() -> None:
    heading, *lines = CLOSING.cell(0, 0).paragraphs
    assert (heading.text, letters(heading)) == ("Nơi nhận:", (14, False, False))
    assert heading.runs[0].font.underline
    assert [line.text for line in lines] == [
        "- Thường trực Huyện ủy (báo cáo),",
        "- Các cơ quan tham mưu, giúp việc Huyện ủy,",
        "- Đảng ủy các xã, thị trấn,",
        "- Lưu Ban Tổ chức Huyện ủy.",
    ]
    assert {letters(line) for line in lines} == {(12, False, False)}


def test_post_and_signers_name_stand_bottom_right_with_room_to_sign() -> None:
    post, name = CLOSING.cell(0, 1).paragraphs
    assert (post.text, letters(post)) == ("TRƯỞNG BAN", (14, True, False))
    assert (name.text, letters(name)) == ("Trần Thị Minh Châu", (14, True, False))
    assert name.paragraph_format.space_before.pt >= 60


@pytest.mark.parametrize(
    ("signature", "lines"),
    [
        (Signature("Bí thư", "Lê Văn An", "T/M Ban Thường vụ"), ["T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Lê Văn An"]),
        (
            Signature("Phó Trưởng ban", "Lê Văn An", "K/T Trưởng ban"),
            ["K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Lê Văn An"],
        ),
        (
            Signature("Chánh Văn phòng", "Lê Văn An", "T/L Ban Thường vụ"),
            ["T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", "Lê Văn An"],
        ),
    ],
)
def test_in_whose_name_is_signed_stands_over_the_post(signature: Signature, lines: list[str]) -> None:
    raw = draft_conclusion_notice(dataclasses.replace(NOTICE, signature=signature), LAYOUT)
    closing = docx.Document(BytesIO(raw)).tables[-1]
    assert [p.text for p in closing.cell(0, 1).paragraphs] == lines


def test_the_signature_is_never_torn_or_left_alone_on_a_page() -> None:
    assert CLOSING.rows[0]._tr.find(f".//{qn('w:cantSplit')}") is not None
    # The last paragraph of the text is the one before the closing table and the mark that Word needs after it.
    assert WORD.paragraphs[-2].paragraph_format.keep_with_next


def test_the_head_of_a_table_is_repeated_and_its_rows_are_not_broken() -> None:
    head, *rows = TASKS.rows
    assert head._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
    assert [c.text for c in head.cells] == ["Nhiệm vụ", "Đơn vị thực hiện", "Thời hạn"]
    assert sum(c.width.mm for c in head.cells) == pytest.approx(LAYOUT.text_width, abs=0.5)


def test_there_is_no_national_motto() -> None:
    text = WORD.element.xpath("string(.)")
    assert "CỘNG HÒA" not in text
    assert "Độc lập" not in text


def test_the_file_names_its_document_its_issuer_and_its_language() -> None:
    about = WORD.core_properties
    assert about.title.startswith("Thông báo kết luận của đồng chí")
    assert about.author == "Ban Tổ chức"
    assert {lang.get(qn("w:val")) for lang in WORD.styles.element.iter(qn("w:lang"))} == {"vi-VN"}


def test_an_official_letter_has_its_abstract_under_the_number_and_its_addressees() -> None:
    letter = PartyDocument(
        letterhead=Letterhead("", "Đảng ủy xã Duy Phước", 3, "CV/ĐU", "Duy Phước", date(2023, 2, 6)),
        type_name="",
        abstract="Chế độ hội nghị",
        body=(Paragraph("Đảng ủy đề nghị."),),
        signature=Signature("Bí thư", "Lê Văn An", "T/M Đảng ủy"),
        recipients=("Như trên", "Lưu Văn phòng"),
        addressees=("Ban Tổ chức Huyện ủy", "Văn phòng Huyện ủy"),
    )
    word = docx.Document(BytesIO(draft(letter, LAYOUT)))
    number, abstract = word.tables[0].cell(1, 0).paragraphs
    assert number.text == "Số 03-CV/ĐU"
    assert (abstract.text, letters(abstract)) == ("Chế độ hội nghị", (12, False, True))
    assert [p.text for p in word.tables[0].cell(0, 0).paragraphs] == ["ĐẢNG ỦY XÃ DUY PHƯỚC", "*"]
    assert [p.text for p in word.paragraphs][:4] == [
        "Kính gửi:",
        "- Ban Tổ chức Huyện ủy,",
        "- Văn phòng Huyện ủy.",
        "Đảng ủy đề nghị.",
    ]


def test_other_rules_give_another_sheet() -> None:
    values: dict[str, object] = {
        "documents.paper": "A5",
        "documents.margin_left": 35,
        "documents.title_size": 13,
    }

    def ask(rule_id: str) -> object:
        return values.get(rule_id) or rule(rule_id, on=date(2023, 4, 14)).value

    word = docx.Document(BytesIO(draft(as_document(NOTICE), Layout.from_rules(ask))))
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.left_margin.mm)) == (148, 35)
    assert letters(word.tables[0].cell(0, 1).paragraphs[0]) == (13, True, False)


def test_a_rule_that_gives_no_number_is_a_mistake_at_once() -> None:
    with pytest.raises(TypeError, match=r"documents\.margin_top"):
        Layout.from_rules(
            lambda i: "rộng" if i == "documents.margin_top" else rule(i, on=date(2023, 4, 14)).value
        )


def test_a_row_without_a_text_for_each_column_is_a_mistake_at_once() -> None:
    with pytest.raises(ValueError, match="one text for each column"):
        Table((Column("A", 1), Column("B", 1)), (("chỉ một",),))


def test_headings_alone_are_no_content() -> None:
    document = dataclasses.replace(as_document(NOTICE), body=(Heading("I. Trống"),))
    with pytest.raises(Exception, match="nội dung"):
        draft(document, LAYOUT)
