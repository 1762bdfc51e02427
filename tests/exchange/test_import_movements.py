"""A list of past movements: what was before the ledger enters the opening entry, what came after the ledger itself."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from cast import TODAY, Cast
from exchange.intake.books import grid, ods, xlsx
from exchange.lists import bring, dump, sheet
from tochuc.changes.actions import undo
from tochuc.exchange.imports.movements import MovedList, import_movements
from tochuc.exchange.intake.refused import Unreadable
from tochuc.members.ledger import statement
from tochuc.members.models import MemberEvent, Person
from tochuc.members.past import past_of
from tochuc.members.queries import joined_party
from web.browsing import own_folders  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")

HEAD = "STT|Họ và tên|Ngày sinh|Số thẻ|Biến động|Ngày biến động|Nơi đi|Nơi đến|Số quyết định|Ngày ký|Cơ quan ban hành|Chi bộ"
LAN = "Bùi Thị Lan|20/10/1988"


def _file(*rows: str, head: str = HEAD, name: str = "Biến động") -> bytes:
    numbered = [f"{number}|{row}" for number, row in enumerate(rows, 1)]
    return xlsx(grid(name, "\n".join([head, *numbered])))


def _bring(cast: Cast, *rows: str, **other: Any) -> MovedList:
    raw = other.pop("raw", None) or _file(*rows, **{k: other.pop(k) for k in ("head", "name") if k in other})
    asked = {"organisation": cast.commune_a, "today": TODAY, "by": cast.actor()} | other
    return import_movements(raw, "bien-dong.xlsx", **asked)


def _row(who: str, what: str, on: str, **more: str) -> str:
    keys = ("card", "frm", "to", "number", "signed", "by", "cell")
    said = {key: more.get(key, "") for key in keys}
    return "|".join(
        [who, said["card"], what, on, said["frm"], said["to"], said["number"], said["signed"], said["by"], said["cell"]]
    )  # fmt: skip


def _told(done: MovedList) -> list[tuple[str, list[str], list[str]]]:
    return [
        (one.action, [f["code"] for f in one.findings], [f["code"] for f in one.asks]) for one in done.rows
    ]


def _kinds(person: Person) -> list[tuple[str, str]]:
    events = person.events.filter(corrected_by=None).exclude(kind="void").order_by("happened_on", "pk")
    return [(one.kind, one.happened_on.isoformat()) for one in events]


def test_what_was_before_the_ledger_enters_the_opening_entry_and_moves_no_account(cast: Cast):
    lan = cast.people["member_a1"]
    before = statement(cast.a1, date(2014, 1, 1), TODAY)
    done = _bring(
        cast,
        _row(LAN, "Chuyển sinh hoạt đến", "2016", frm="Đảng bộ phường Cẩm Phô"),
        _row(LAN, "Khai trừ", "03/2017", number="12-QĐ/HU", signed="05/03/2017", by="BTV Huyện ủy"),
        _row(LAN, "Phục hồi quyền đảng viên", "01/09/2017"),
    )
    assert [one[0] for one in _told(done)] == ["change", "change", "change"]
    entry = lan.events.get(kind="opening", corrected_by=None)
    assert [(one.kind, one.on.vn) for one in past_of(entry)] == [
        ("arrived", "2016"), ("expelled", "03/2017"), ("restored", "01/09/2017"),
    ]  # fmt: skip
    assert past_of(entry)[1].paper == "Quyết định số 12-QĐ/HU ngày 05/03/2017 của BTV Huyện ủy"
    assert statement(cast.a1, date(2014, 1, 1), TODAY) == before
    assert entry.corrects is not None
    assert entry.happened_on == date(2020, 1, 1)


def test_a_day_of_admission_known_better_than_before_is_kept(cast: Cast):
    bring(cast, sheet("Lê Văn Mới;1960;Nam;;1985;;;Thôn Đông;"), cast.commune_a, as_of=date(2022, 1, 1))
    done = _bring(
        cast,
        "Lê Văn Mới|1960|19/05/1985|19/05/1986",
        head="STT|Họ và tên|Năm sinh|Ngày vào Đảng|Ngày chính thức",
    )
    assert _told(done)[0][:2] == ("change", [])
    person = Person.objects.get(full_name="Lê Văn Mới")
    assert joined_party(person) == (date(1985, 5, 19), date(1985, 5, 19), date(1986, 5, 19))


def test_a_day_of_admission_otherwise_than_the_ledger_s_is_refused_and_said(cast: Cast):
    done = _bring(cast, _row(LAN, "Kết nạp", "01/01/2010"))
    assert _told(done) == [("refuse", ["differs_from_ledger"], [])]
    assert "26/03/2014" in done.rows[0].findings[0]["message"]
    assert done.changeset is None


def test_what_came_after_the_ledger_began_is_an_event_of_its_own(cast: Cast):
    done = _bring(
        cast,
        _row(LAN, "Chuyển sinh hoạt nội bộ", "01/02/2022", to="Chi bộ thôn Tây"),
        _row(LAN, "Chuyển đi", "05/03/2022", to="Đảng bộ Quân khu 5"),
        _row(LAN, "Chuyển đến", "06/06/2022", frm="Đảng bộ Quân khu 5", cell="Thôn Đông"),
    )
    assert [one[0] for one in _told(done)] == ["change"] * 3
    assert _kinds(cast.people["member_a1"])[1:] == [
        ("transferred", "2022-02-01"), ("left_for", "2022-03-05"), ("arrived", "2022-06-06"),
    ]  # fmt: skip
    person = Person.objects.get(pk=cast.people["member_a1"].pk)
    assert (person.standing, person.home) == ("official", cast.a1)


def test_rows_of_one_person_are_taken_in_order_of_time_whatever_their_order_in_the_file(cast: Cast):
    done = _bring(
        cast,
        _row(LAN, "Chuyển đến", "06/06/2022", cell="Thôn Đông"),
        _row(LAN, "Chuyển đi", "05/03/2022", to="Đảng bộ Quân khu 5"),
    )
    assert [one[0] for one in _told(done)] == ["change", "change"]


def test_one_who_left_before_the_record_was_kept_enters_with_what_is_known(cast: Cast):
    who = "Tống Văn Cũ|1950"
    done = _bring(
        cast,
        _row(who, "Kết nạp", "19/05/1995", cell="Thôn Đông"),
        _row(who, "Chính thức", "19/05/1996", cell="Thôn Đông"),
        _row(who, "Xóa tên", "01/08/2011", number="30-QĐ/HU", cell="Thôn Đông"),
    )
    assert [one[0] for one in _told(done)] == ["create"] * 3
    person = Person.objects.get(full_name="Tống Văn Cũ")
    assert _kinds(person) == [
        ("opening", "1995-05-19"), ("recognised", "1996-05-19"), ("removed", "2011-08-01"),
    ]  # fmt: skip
    assert person.standing == "outside"
    assert joined_party(person)[1:] == (date(1995, 5, 19), date(1996, 5, 19))


def test_one_whose_way_out_is_all_that_is_known_enters_and_leaves_on_that_day(cast: Cast):
    done = _bring(cast, _row("Tống Văn Cũ|1950", "Từ trần", "03/04/2015", cell="Thôn Đông"))
    assert _told(done)[0][0] == "create"
    person = Person.objects.get(full_name="Tống Văn Cũ")
    assert _kinds(person) == [("opening", "2015-04-03"), ("died", "2015-04-03")]
    assert not person.memberships.exists()


def test_one_admitted_before_the_cell_is_in_the_record_enters_on_its_first_day(cast: Cast):
    b3 = "Trạm Y tế"
    rows = (
        _row("Tống Văn Cũ|1950", "Kết nạp", "19/05/1995", cell=b3),
        _row("Tống Văn Cũ|1950", "Chuyển đến", "2001", frm="Đảng bộ Quân khu 5", cell=b3),
        _row("Tống Văn Cũ|1950", "Khai trừ", "01/08/2022", number="30-QĐ/HU", cell=b3),
    )
    done = _bring(cast, *rows, organisation=cast.commune_b)
    assert [one[0] for one in _told(done)] == ["create"] * 3
    person = Person.objects.get(full_name="Tống Văn Cũ")
    assert _kinds(person) == [("opening", "2021-07-01"), ("expelled", "2022-08-01")]
    entry = person.events.get(kind="opening")
    assert (entry.data["standing"], entry.data["admitted_on"]) == ("official", "1995-05-19")
    assert [one.on.vn for one in past_of(entry)] == ["2001"]
    assert [one[0] for one in _told(_bring(cast, *rows, organisation=cast.commune_b))] == ["same"] * 3


def test_one_who_left_before_the_cell_is_in_the_record_is_refused_and_told_why(cast: Cast):
    row = _row("Tống Văn Cũ|1950", "Khai trừ", "01/08/2015", number="30-QĐ/HU", cell="Trạm Y tế")
    done = _bring(cast, row, organisation=cast.commune_b)
    assert _told(done) == [("refuse", ["before_cell"], [])]
    assert "01/07/2021" in done.rows[0].findings[0]["message"]


def test_a_member_who_is_in_no_list_is_sent_to_the_list_of_members(cast: Cast):
    done = _bring(cast, _row("Tống Văn Cũ|1950", "Kết nạp", "19/05/1995", cell="Thôn Đông"))
    assert _told(done) == [("refuse", ["unknown_person"], [])]
    assert not Person.objects.filter(full_name="Tống Văn Cũ").exists()


def _stands() -> dict[str, Any]:
    """Everyone's record and ledger, whichever entry says it."""
    whole = dump()
    return whole | {"steps": [(step[0], *step[2:]) for step in whole["steps"]]}


_WHOLE = (
    _row(LAN, "Chuyển đến", "2016", frm="Đảng bộ phường Cẩm Phô"),
    _row(LAN, "Chuyển đi", "05/03/2022", to="Đảng bộ Quân khu 5"),
    _row("Tống Văn Cũ|1950", "Kết nạp", "19/05/1995", card="49.000777", cell="Thôn Đông"),
    _row("Tống Văn Cũ|1950", "Khai trừ", "01/08/2011", number="30-QĐ/HU", cell="Thôn Đông"),
    _row("Không Ai Biết|1950", "Kết nạp", "19/05/1995", cell="Thôn Đông"),
)


def test_the_same_list_again_writes_nothing(cast: Cast):
    assert [one[0] for one in _told(_bring(cast, *_WHOLE))] == ["change", "change", "create", "create", "refuse"]  # fmt: skip
    events, whole = MemberEvent.objects.count(), dump()
    again = _bring(cast, *_WHOLE)
    assert [one[0] for one in _told(again)] == ["same", "same", "same", "same", "refuse"]
    assert again.changeset is None
    assert (MemberEvent.objects.count(), dump()) == (events, whole)


def test_a_dry_run_writes_nothing_and_says_what_the_list_would_do(cast: Cast):
    events, whole = MemberEvent.objects.count(), dump()
    looked = _bring(cast, *_WHOLE, dry_run=True)
    assert (MemberEvent.objects.count(), dump(), looked.changeset) == (events, whole, None)
    assert [one[0] for one in _told(looked)] == ["change", "change", "create", "create", "refuse"]


def test_the_list_is_undone_as_one_and_can_come_in_again(cast: Cast):
    whole = _stands()
    done = _bring(cast, *_WHOLE)
    assert done.changeset is not None
    assert undo(done.changeset, by=cast.actor(), reason="Nhầm tệp").people == 2
    assert _stands() == whole
    assert not past_of(cast.people["member_a1"].events.get(kind="opening", corrected_by=None))
    assert Person.objects.get(full_name="Tống Văn Cũ").card_number == ""
    assert [one[0] for one in _told(_bring(cast, *_WHOLE))] == ["change", "change", "create", "create", "refuse"]  # fmt: skip
    assert Person.objects.filter(full_name="Tống Văn Cũ").count() == 1


def test_a_list_of_members_can_be_undone_once_what_was_added_to_it_is(cast: Cast):
    members = bring(cast, sheet("Lê Văn Mới;1960;Nam;;;;;Thôn Đông;"), cast.commune_a)
    moves = _bring(cast, _row("Lê Văn Mới|1960", "Chuyển đến", "2001", frm="Đảng bộ tỉnh Bình Định"))
    assert members.changeset is not None
    assert moves.changeset is not None
    undo(moves.changeset, by=cast.actor(), reason="Nhầm")
    assert undo(members.changeset, by=cast.actor(), reason="Nhầm").people == 1
    assert Person.objects.get(full_name="Lê Văn Mới").home is None


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (_row(LAN, "Đi họp", "01/02/2022"), "unknown_movement", "E"),
        (_row(LAN, "", ""), "missing_movement", "E"),
        (_row(LAN, "Chuyển đi", "", to="Quân đội"), "missing_date", "F"),
        (_row(LAN, "Chuyển đi", "31/02/2022", to="Quân đội"), "unreadable_date", "F"),
        (_row(LAN, "Chuyển đi", "01/01/2030", to="Quân đội"), "future_date", "F"),
        (_row(LAN, "Chuyển đi", "2022", to="Quân đội"), "needs_exact_date", "F"),
        (_row(LAN, "Chuyển đi", "01/02/2022"), "no_destination", "H"),
        (_row(LAN, "Khai trừ", "01/02/2022"), "no_decision", "I"),
        (_row(LAN, "Khai trừ", "01/02/2022", number="5" * 61), "too_long", "I"),
        (_row(LAN, "Từ trần", "01/02/2019"), "before_ledger", "F"),
        (_row(LAN, "Kết nạp lại", "01/02/2022", number="1-QĐ/HU", cell="Thôn Đông"), "standing", "F"),
        (_row("Bùi Thị Lan|1950", "Chuyển đi", "01/02/2022", to="Quân đội"), "unknown_person", "B"),
        (_row("Nguyễn Thị Thảo|08/03/1996", "Chuyển đến", "2019", frm="Huế"), "before_ledger", "F"),
        (_row("|20/10/1988", "Từ trần", "01/02/2022"), "missing_name", "B"),
        (_row(LAN, "Chuyển đến", "06/06/2022", to="Chi bộ Không Có"), "unknown_cell", "H"),
    ],
)
def test_a_row_that_cannot_be_taken_in_is_left_out_with_its_reason(
    cast: Cast, row: str, code: str, column: str
):
    whole = dump()
    (one,) = _bring(cast, row).rows
    assert one.action == "refuse"
    assert [(f["code"], f["column"]) for f in one.findings] == [(code, column)]
    assert dump() == whole


def test_two_numbers_that_lead_to_different_people_are_refused(cast: Cast):
    Person.objects.filter(pk=cast.people["other_a1"].pk).update(card_number="49.000123")
    done = _bring(cast, _row(LAN, "Chuyển đi", "01/02/2022", card="49.000123", to="Quân đội"))
    assert _told(done) == [("refuse", ["two_people"], [])]


def test_a_card_finds_a_person_whose_name_is_written_otherwise_and_asks(cast: Cast):
    Person.objects.filter(pk=cast.people["member_a1"].pk).update(card_number="49.000123")
    row = _row("Bui Thi Lan|20/10/1988", "Chuyển đi", "01/02/2022", card="49.000123", to="Quân đội")
    assert _told(_bring(cast, row)) == [("change", [], ["name_differs"])]


def test_one_found_by_name_and_year_alone_is_asked_about(cast: Cast):
    row = _row("Bùi Thị Lan|1988", "Chuyển đi", "01/02/2022", to="Quân đội")
    assert _told(_bring(cast, row)) == [("change", [], ["found_loosely"])]


def test_one_who_left_and_by_the_list_never_came_back_is_asked_about(cast: Cast):
    assert _told(_bring(cast, _row(LAN, "Khai trừ", "03/2017"))) == [
        ("change", [], ["date_not_exact", "no_return"])
    ]


def test_a_sheet_named_after_the_movement_tells_its_kind(cast: Cast):
    done = _bring(
        cast,
        "Bùi Thị Lan|20/10/1988|05/03/2022|Đảng bộ Quân khu 5",
        head="TT|Họ và tên|Ngày sinh|Ngày chuyển|Nơi đến",
        name="Chuyển đi",
    )
    assert _told(done) == [("change", [], [])]
    assert ("left_for", "2022-03-05") in _kinds(cast.people["member_a1"])


def test_open_workbooks_and_text_files_are_read_too(cast: Cast):
    rows = [HEAD, f"1|{_row(LAN, 'Chuyển đi', '05/03/2022', to='Quân đội')}"]
    old = ods(grid("Biến động", "\n".join(rows)))
    text = "\n".join(rows).replace("|", ";").encode()
    for raw in (old, text):
        assert [one[0] for one in _told(_bring(cast, raw=raw, dry_run=True))] == ["change"]


def test_a_list_of_members_without_dates_or_movements_tells_nothing(cast: Cast):
    done = _bring(cast, "Bùi Thị Lan|20/10/1988", head="STT|Họ và tên|Ngày sinh")
    assert _told(done) == [("refuse", ["missing_movement"], [])]


def test_a_file_that_is_no_list_is_refused_whole(cast: Cast):
    with pytest.raises(Unreadable):
        _bring(cast, raw=b"%PDF-1.4")


def test_nobody_outside_the_branch_is_touched(cast: Cast):
    done = _bring(cast, _row("Kim Oanh Sơn Ca|29/02/1992", "Chuyển đi", "01/02/2022", to="Quân đội"))
    assert _told(done) == [("refuse", ["unknown_person"], [])]
    assert _kinds(cast.canary) == [("opening", "2020-01-01")]


def test_the_command_prints_the_contract_s_dry_run_and_then_writes(cast: Cast, tmp_path: Path, capsys: Any):
    file = tmp_path / "bien-dong.xlsx"
    file.write_bytes(
        _file(_row(LAN, "Chuyển đi", "05/03/2022", to="Quân đội", number="12-GT", signed="1/3/22"))
    )
    asked = ("movements", str(file), "--org", "xa-a")
    call_command("import_", *asked, "--dry-run", "--format", "json")
    head, row = map(json.loads, capsys.readouterr().out.splitlines())
    assert (head["file"], head["people"], head["columns"]["E"]) == ("bien-dong.xlsx", 1, "movement")
    assert row == {
        "sheet": "Biến động",
        "row": 2,
        "action": "change",
        "fields": {
            "full_name": "Bùi Thị Lan",
            "birth": "1988-10-20",
            "movement": "left_for",
            "happened_on": "2022-03-05",
            "to": "Quân đội",
            "decision_number": "12-GT",
            "decision_on": "2022-03-01",
        },
        "errors": [],
        "doubts": [row["doubts"][0]],
    }
    assert (row["doubts"][0]["code"], row["doubts"][0]["column"]) == ("two_digit_year", "J")
    call_command("import_", *asked)
    assert "Mã lần nhập" in capsys.readouterr().out
    assert ("left_for", "2022-03-05") in _kinds(cast.people["member_a1"])


def test_the_past_stands_in_the_timeline_of_the_record(cast: Cast, client: Any):
    _bring(cast, _row(LAN, "Chuyển đến", "2016", frm="Đảng bộ phường Cẩm Phô", number="07-GT"))
    client.force_login(cast.officer)
    body = client.get(f"/dang-vien/{cast.people['member_a1'].ref}/").content.decode()
    assert "Chuyển sinh hoạt từ Đảng bộ phường Cẩm Phô" in body
    assert "Trước khi lập sổ. Quyết định số 07-GT" in body
