"""The notice of conclusions: what it says, what it refuses to be printed without, and that it opens in an office."""

import dataclasses
import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.notice import LAYOUT, NOTICE
from tochuc.documents.drafting.conclusion import (
    ConclusionNotice,
    NoticeTask,
    draft_conclusion_notice,
    missing,
)
from tochuc.documents.drafting.document import Letterhead, Signature
from tochuc.documents.reading.upload import read_upload
from tochuc.kernel.errors import BadInput

EMPTY = ConclusionNotice(
    letterhead=Letterhead("", "", None, "", "", None),
    meeting="",
    held_on=None,
    host="",
    chair_name="",
    chair_post="",
    tasks=(),
    recipients=(),
    signature=Signature("", ""),
)
PLACEHOLDERS = re.compile(r"None|\.{4,}|…{2,}|___|\[\s*\]|\{|\}|,\s*,|;\s*;|:\s*\.|\s,|\(\s*\)")


def text_of_notice(notice: ConclusionNotice) -> str:
    return read_upload("n.docx", draft_conclusion_notice(notice, LAYOUT), limit=10 * 1024 * 1024)


def test_the_notice_tells_day_host_chair_and_who_attended() -> None:
    text = text_of_notice(NOTICE)
    assert (
        "Sáng ngày 11/04/2023, Ban Tổ chức Huyện ủy tổ chức Hội nghị triển khai chương trình công tác tổ chức "
        "xây dựng Đảng năm 2023 tại Hội trường Huyện ủy. Đồng chí Trần Thị Minh Châu, Ủy viên Ban Thường vụ, "
        "Trưởng Ban Tổ chức Huyện ủy chủ trì hội nghị. Dự hội nghị có đại diện lãnh đạo các cơ quan tham mưu, "
        "giúp việc Huyện ủy; lãnh đạo Phòng Nội vụ; bí thư, phó bí thư thường trực 14 xã, thị trấn."
    ) in text
    assert "Tại hội nghị, đồng chí Trần Thị Minh Châu kết luận như sau:" in text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Hội nghị sơ kết quý I", "Hội nghị sơ kết quý I"),
        ("hội nghị sơ kết quý I.", "Hội nghị sơ kết quý I"),
        ("Huyện ủy tổ chức Hội nghị sơ kết quý I", "Hội nghị sơ kết quý I"),
        ("Phiên họp thường kỳ tháng 4", "Phiên họp thường kỳ tháng 4"),
        ("Triển khai nhiệm vụ", "Hội nghị “Triển khai nhiệm vụ”"),
    ],
)
def test_a_headline_becomes_the_name_of_the_meeting(title: str, name: str) -> None:
    text = text_of_notice(dataclasses.replace(NOTICE, meeting=title))
    assert f"Ban Tổ chức Huyện ủy tổ chức {name} tại Hội trường" in text


def test_marks_and_titles_that_were_typed_along_are_not_doubled() -> None:
    notice = dataclasses.replace(
        NOTICE,
        chair_name="Đồng chí Trần Thị Minh Châu",
        results=("- đã tổ chức tốt",),
        tasks=(NoticeTask("3) rà soát nguồn.", ("Đảng ủy xã A",), date(2023, 5, 1)),),
    )
    text = text_of_notice(notice)
    assert "\n- Đã tổ chức tốt.\n" in text
    assert "\n1. Rà soát nguồn. Thực hiện: Đảng ủy xã A;" in text
    assert "\n1. Rà soát nguồn\tĐảng ủy xã A\t01/05/2023" in text
    assert "đồng chí đồng chí" not in text.lower()


def test_assessment_tasks_and_carrying_out_stand_in_this_order() -> None:
    lines = text_of_notice(NOTICE).splitlines()
    order = [
        "I. ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN",
        "1. Kết quả đạt được",
        "2. Hạn chế, tồn tại",
        "II. NHIỆM VỤ TRONG THỜI GIAN TỚI",
        "Nhiệm vụ\tĐơn vị thực hiện\tThời hạn",
        "III. TỔ CHỨC THỰC HIỆN",
    ]
    places = [lines.index(line) for line in order]
    assert places == sorted(places)


def test_each_task_names_who_carries_it_out_and_the_last_day_in_text_and_table() -> None:
    text = text_of_notice(NOTICE)
    assert (
        "1. Sơ kết giữa nhiệm kỳ việc thực hiện nghị quyết đại hội nhiệm kỳ 2020-2025. "
        "Thực hiện: Đảng ủy các xã, thị trấn; chậm nhất ngày 30/06/2023."
    ) in text
    assert "Thực hiện: 5 đơn vị ghi tại bảng phân công; chậm nhất ngày 31/05/2023." in text
    assert (
        "Đảng ủy xã Duy Phước; Đảng ủy xã Duy Vinh; Đảng ủy xã Duy Hải; Đảng ủy xã Duy Nghĩa; "
        "Đảng ủy thị trấn Nam Phước\t31/05/2023"
    ) in text


def test_what_is_optional_leaves_no_trace_and_the_sections_are_numbered_anew() -> None:
    short = dataclasses.replace(
        NOTICE, attendance=(), results=("  ",), limitations=(), part_of_day="", held_at="\u200b"
    )
    text = text_of_notice(short)
    assert "Ngày 11/04/2023, Ban Tổ chức" in text
    assert "Dự hội nghị" not in text
    assert "ĐÁNH GIÁ" not in text
    assert "I. NHIỆM VỤ TRONG THỜI GIAN TỚI" in text.splitlines()
    assert "II. TỔ CHỨC THỰC HIỆN" in text.splitlines()


def test_own_words_on_carrying_out_replace_the_usual_ones() -> None:
    text = text_of_notice(dataclasses.replace(NOTICE, carrying_out=("giao Văn phòng theo dõi",)))
    assert "III. TỔ CHỨC THỰC HIỆN\nGiao Văn phòng theo dõi." in text
    assert "đôn đốc" not in text


def test_a_complete_notice_lacks_nothing() -> None:
    assert missing(NOTICE) == []


def test_an_empty_notice_names_all_it_lacks_in_vietnamese() -> None:
    assert missing(EMPTY) == [
        "tên cơ quan ban hành",
        "số văn bản",
        "ký hiệu văn bản",
        "địa danh",
        "ngày ban hành",
        "chức vụ người ký",
        "họ tên người ký",
        "nơi nhận",
        "tên hội nghị",
        "ngày họp",
        "cơ quan tổ chức hội nghị",
        "họ tên người chủ trì",
        "chức vụ người chủ trì",
        "nhiệm vụ",
    ]


def test_a_task_without_body_or_date_is_named_by_its_place() -> None:
    tasks = (
        NOTICE.tasks[0],
        NoticeTask("Rà soát", (" ",), None),
        NoticeTask("\x00", ("A",), date(2023, 5, 1)),
    )
    assert missing(dataclasses.replace(NOTICE, tasks=tasks)) == [
        "đơn vị thực hiện của nhiệm vụ 2",
        "thời hạn của nhiệm vụ 2",
        "nội dung của nhiệm vụ 3",
    ]


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"chair_name": " \t"}, "họ tên người chủ trì"),
        ({"chair_post": "\u200b\u202e"}, "chức vụ người chủ trì"),
        ({"recipients": ("", " ")}, "nơi nhận"),
        ({"tasks": ()}, "nhiệm vụ"),
        ({"letterhead": dataclasses.replace(NOTICE.letterhead, symbol="TB")}, "ký hiệu văn bản"),
        ({"letterhead": dataclasses.replace(NOTICE.letterhead, number=None)}, "số văn bản"),
    ],
)
def test_an_incomplete_notice_is_not_printed_and_says_why(change: dict[str, object], lacks: str) -> None:
    with pytest.raises(BadInput, match=lacks) as caught:
        draft_conclusion_notice(dataclasses.replace(NOTICE, **change), LAYOUT)  # type: ignore[arg-type]
    assert caught.value.code == "conclusion.incomplete"


def test_hostile_characters_stay_text_or_vanish() -> None:
    hostile = 'A <w:t>&amp; "B" \x00\x0b\ufffe\ud800 ]]> \u202eC'
    text = text_of_notice(dataclasses.replace(NOTICE, results=(hostile,), meeting=f"Hội nghị {hostile}"))
    assert '- A <w:t>&amp; "B" ]]> C.' in text


TEXTS = st.text(max_size=60)


@given(TEXTS, TEXTS, TEXTS, st.lists(TEXTS, max_size=4))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_text_is_printed_or_named_as_missing(
    meeting: str, chair: str, task: str, bodies: list[str]
) -> None:
    notice = dataclasses.replace(
        NOTICE,
        meeting=meeting,
        chair_name=chair,
        tasks=(NoticeTask(task, tuple(bodies), date(2023, 5, 1)),),
    )
    if missing(notice):
        with pytest.raises(BadInput):
            draft_conclusion_notice(notice, LAYOUT)
    else:
        docx.Document(BytesIO(draft_conclusion_notice(notice, LAYOUT)))


def test_no_placeholder_is_left_whatever_optional_part_is_empty() -> None:
    for field in ("attendance", "results", "limitations", "carrying_out"):
        text = text_of_notice(dataclasses.replace(NOTICE, **{field: ()}))  # type: ignore[arg-type]
        assert not PLACEHOLDERS.search(text), field


def long_notice() -> ConclusionNotice:
    name = "Nguyễn Phúc Hoàng Vĩnh Thụy Bảo Long Thiên Ân Minh Triết Khánh Tường"
    return dataclasses.replace(
        NOTICE,
        chair_name=name,
        signature=Signature("Phó Trưởng ban Thường trực", name, "K/T Trưởng ban"),
        letterhead=dataclasses.replace(
            NOTICE.letterhead,
            superior_body="Đảng bộ các cơ quan Đảng, đoàn thể và hành chính sự nghiệp huyện Duy Xuyên",
            issuing_body="Ban Chỉ đạo sơ kết giữa nhiệm kỳ nghị quyết đại hội các cấp",
            number=1234,
            place="Thị trấn Nam Phước",
        ),
        tasks=tuple(
            NoticeTask(
                f"Nhiệm vụ thứ {n}: rà soát, bổ sung quy hoạch, " + "tổ chức sinh hoạt chuyên đề " * (n % 5),
                tuple(f"Đảng ủy xã số {b}" for b in range(1, 2 + n % 14)),
                date(2023, 12, 31),
            )
            for n in range(1, 31)
        ),
    )


def test_thirty_tasks_and_very_long_names_are_all_there() -> None:
    notice = long_notice()
    text = text_of_notice(notice)
    assert all(f"\n{n}. Nhiệm vụ thứ {n}:" in text for n in range(1, 31))
    word = docx.Document(BytesIO(draft_conclusion_notice(notice, LAYOUT)))
    assert len(word.tables[1].rows) == 31
    assert "Số 1234-TB/BTCHU" in text


def printed_pages(raw: bytes, folder: Path) -> list[str]:
    """The text of each page as an office program prints it."""
    (folder / "notice.docx").write_bytes(raw)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for command in (
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "notice.docx"],
        ["pdftotext", "-layout", folder / "notice.pdf", folder / "notice.txt"],
    ):
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / "notice.txt").read_text("utf-8").rstrip("\f").split("\f")


def test_an_office_program_prints_it_with_page_numbers_from_the_second_page(tmp_path: Path) -> None:
    raw = draft_conclusion_notice(long_notice(), LAYOUT)
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        # A machine without office programs can still tell that the file is a whole Word file.
        assert read_upload("n.docx", raw, limit=len(raw)).startswith("ĐẢNG BỘ CÁC CƠ QUAN")
        return
    first, *others = printed_pages(raw, tmp_path)
    assert first.split()[0] != "1"
    assert [page.split()[0] for page in others] == [str(n) for n in range(2, len(others) + 2)]
    assert sum("Đơn vị thực hiện" in page for page in others) > 2
    assert "Nơi nhận:" in others[-1]
    assert "K/T TRƯỞNG BAN" in others[-1]
