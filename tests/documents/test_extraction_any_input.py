"""Any input gives a record or a clear error: foreign, broken, huge or hostile."""

import io
import json
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.scoring import REAL
from tochuc.documents.extract import command
from tochuc.documents.extract.decode import LARGEST, Unreadable, from_tcvn3, from_vni, text_of
from tochuc.documents.extract.grammar import table
from tochuc.documents.extract.record import Extract, extract

SEED = (REAL / "seed-conference.txt").read_text(encoding="utf-8")
WORDS = (
    "Nghị quyết|số|21-NQ/TW|Trung ương|4|khóa|XII|của|Huyện ủy|Đại Lộc|tổ chức|hội nghị|sáng|5/4/2023|kết nạp|1.450|"
    "đảng viên|20/50|chỉ tiêu|(|)|;|:|,|.|\n|đạt|40%|đồng chí|Nguyễn Văn An|chủ trì|và|Tuy nhiên|chưa|nhấn mạnh|Đại hội|"
    "Đảng bộ|lần thứ|-|năm|2023|Quy định|do|được|Ban|Chi bộ|ngày|tháng|12|đến|các"
)
SENTENCES = st.lists(st.sampled_from(WORDS.split("|")), max_size=80).map(" ".join)


@given(st.one_of(st.text(max_size=400), SENTENCES))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text_gives_a_record_whose_places_are_in_it(text: str) -> None:
    record = extract(text)
    assert record.text == unicodedata.normalize("NFC", record.text)
    for one in (*record.citations, *record.figures):
        assert record.text[one.start : one.end] == one.surface
    for one in (*record.delegates, *record.results, *record.limitations, *record.opinions, *record.tasks):
        assert record.text[one.start : one.end] == one.text
    json.dumps(record.to_json("x"), ensure_ascii=False).encode("utf-8")


@given(st.binary(max_size=600))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_bytes_give_text_or_a_clear_error(raw: bytes) -> None:
    outcome = _read(raw)
    if isinstance(outcome, Unreadable):
        assert outcome.code in {"empty", "binary"}
        assert outcome.message_vi
    else:
        assert isinstance(outcome, Extract)


def _read(raw: bytes) -> Extract | Unreadable:
    try:
        return extract(text_of(raw))
    except Unreadable as problem:
        return problem


@pytest.mark.parametrize(
    "piece",
    [
        "Nghị quyết số ",
        "Nghị quyết 1, 2, 3, ",
        "Huyện ủy ",
        "A ",
        "Ban Ban Ban ",
        "đồng chí Nguyễn Văn A, ",
        "của ",
        "(" * 40,
        "9" * 50,
        "1.",
        "1/",
        "1-",
        "- ",
        " ",
        "\n",
        "; ",
        "chủ trì ",
        "kết nạp 5 đảng viên, ",
        "khóa XII, ",
        "Nghị quyết Trung ương 4 (khóa XI, ",
        "Nghị quyết Đại hội ",
        "Đại hội Đảng bộ ",
        "do Huyện ủy A và ",
        "5/4/2023 ",
        "ngày ",
        "tỷ lệ 5% ",
        "tồn tại, hạn chế ",
        "yêu cầu nhiệm vụ ",
        "\u0301",
        "ế\u0323",
    ],
)
def test_repetition_is_read_in_time_in_proportion_to_its_length(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = time.process_time()
    extract(text)
    assert time.process_time() - begun < 20


def test_a_text_of_the_greatest_size_is_read() -> None:
    raw = (SEED.encode() * (LARGEST // len(SEED.encode()) + 1))[:LARGEST]
    begun = time.process_time()
    assert extract(text_of(raw)).citations
    assert time.process_time() - begun < 120


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"x" * (LARGEST + 1), "too_large"),
        (b"PK\x03\x04rest", "binary"),
        (b"%PDF-1.7", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (bytes(range(256)) * 20, "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(raw: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        text_of(raw)
    assert refused.value.code == code
    assert refused.value.message_vi.endswith(".")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_recognised_in_every_form(codec: str) -> None:
    assert text_of(SEED.encode(codec)) == SEED
    assert text_of(unicodedata.normalize("NFD", SEED).encode(codec)) == SEED


def test_windows_1258_is_recognised() -> None:
    assert text_of(_in_windows_1258(SEED)) == SEED


def _in_windows_1258(text: str) -> bytes:
    """Letters with their tone as a separate mark, as the code page has them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    raw = bytearray()
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        marks = "".join(part for part in parts if part in tones)
        raw += (base + marks).encode("cp1258", errors="replace")
    return bytes(raw)


def test_tcvn3_is_recognised_as_bytes_and_as_western_letters() -> None:
    codes = {letter: int(byte, 16) for byte, letter in table("tcvn3")}
    raw = bytes(
        codes.get(letter, codes.get(letter.lower(), ord(letter) if ord(letter) < 256 else 63))
        for letter in SEED
    )
    expected = SEED.replace("…", "?").replace("Ủ", "ủ")
    assert text_of(raw).casefold() == expected.casefold()
    assert text_of(raw.decode("latin-1").encode()).casefold() == expected.casefold()


def test_capitals_of_a_tcvn3_font_come_out_as_capitals() -> None:
    assert from_tcvn3(b"\xa7\xb6NG, \xa7\xb6ng b\xe9") == "ĐẢNG, Đảng bộ"


def test_vni_is_recognised_as_bytes_and_as_western_letters() -> None:
    written = {letter: code for code, letter in table("vni")}
    written |= {letter.upper(): code.upper() for letter, code in written.items()}
    western = "".join(written.get(letter, letter) for letter in SEED.replace("…", "..."))
    assert text_of(western.encode("cp1252")) == SEED.replace("…", "...")
    assert text_of(western.encode()) == SEED.replace("…", "...")
    assert from_vni("Ñaûng uûy, hoäi nghò, ÑAÛNG BOÄ") == "Đảng ủy, hội nghị, ĐẢNG BỘ"


def test_damaged_unicode_is_mended_not_refused() -> None:
    raw = SEED.encode()[:-1] + b"\xc3"
    assert extract(text_of(raw)).host == extract(SEED).host
    assert extract("Chỉ thị 05-CT/TW \ud800 của Bộ Chính trị").citations[0].key == "05-CT/TW"


def test_entities_of_web_pages_are_resolved() -> None:
    assert extract(text_of("Quy định số 20-QĐ&#x002F;TW".encode())).citations[0].key == "20-QĐ/TW"


def test_a_text_that_is_not_vietnamese_gives_an_empty_record() -> None:
    record = extract("The quick brown fox jumps over the lazy dog on 5/4/2023.")
    assert (record.citations, record.event_date, record.host, record.figures) == ((), None, None, ())


class TestCommand:
    def test_one_object_a_line_with_the_file_stem_as_id(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        good, bad = tmp_path / "tin-1.txt", tmp_path / "anh.bin"
        good.write_text(SEED, encoding="utf-8")
        bad.write_bytes(b"\x00\x01\x02" * 100)
        status = command.main([str(bad), str(good), str(tmp_path / "khong-co.txt"), "--format", "json"])
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert status == 2
        assert [row["id"] for row in rows] == ["anh", "tin-1", "khong-co"]
        assert [row.get("error", {}).get("code") for row in rows] == ["binary", None, "missing"]
        assert rows[1]["citations"] == ["21-NQ/TW", "NQTW4-XII", "05-CT/TW", "04-QĐi/HU", "213-QĐ/TW"]
        assert (rows[1]["event_date"], rows[1]["host"]) == ("2023-04-11", "Ban Tổ chức Huyện ủy Duy Xuyên")
        task = rows[1]["tasks"][0]
        assert SEED[task["start"] : task["end"]] == task["text"]

    def test_a_file_of_json_lines(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "tap.jsonl"
        file.write_text(
            '{"id": "a", "text": "Kết nạp 5 đảng viên."}\nnot json\n{"id": "b"}\n{"id": 7, "text": ""}\n'
        )
        assert command.main(["--jsonl", str(file)]) == 2
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [row["id"] for row in rows] == ["a", None, "b", "7"]
        assert rows[0]["figures"] == [["admitted", 5]]
        assert [row["error"]["code"] for row in rows[1:]] == ["bad_json", "bad_json", "empty"]

    def test_standard_input_is_a_dash(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SEED.encode())))
        assert command.main(["-", "--format", "text"]) == 0
        page = capsys.readouterr().out
        assert page.startswith("== stdin\n")
        assert "Ngày: 11/04/2023" in page

    def test_an_unknown_option_is_no_traceback(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert command.main(["--nothing"]) == 2
        assert command.main([]) == 2
        assert "Traceback" not in capsys.readouterr().err

    def test_it_loads_no_framework(self) -> None:
        program = "import sys; import tochuc.documents.extract.command; sys.exit('django' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
