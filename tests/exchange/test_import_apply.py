"""Importing a members' list: who is made, who is met again, what enters the ledger, and undoing all of it."""

from __future__ import annotations

from datetime import date

import pytest

from cast import TODAY, Cast
from exchange.lists import bring, dump, person, sheet
from tochuc.audit.models import Entry
from tochuc.changes.actions import undo
from tochuc.changes.models import APPLIED, UNDONE, Change, ChangeSet
from tochuc.exchange.imports.plan import Planned, planned
from tochuc.kernel.errors import Refused
from tochuc.members import actions
from tochuc.members.invariants import violations
from tochuc.members.models import MemberEvent, Person
from tochuc.members.party_age import party_age
from tochuc.members.queries import membership_on

LAN = "Nguyễn Thị Lan;02/04/1975;Nữ;Duy Xuyên;19/05/2001;19/05/2002;49.012345;Chi bộ thôn Đông;"
HUNG = "Trần Văn Hùng;1960;Nam;Hội An;03/02/1985;03/02/1986;;Thôn Tây;x"


def test_a_new_member_enters_the_ledger_by_an_opening_entry_with_what_is_known_of_before(cast: Cast):
    done = bring(cast, sheet(LAN), cast.commune_a)
    lan = person("Nguyễn Thị Lan")
    entry = lan.events.get()
    assert (entry.kind, entry.happened_on, entry.organisation) == ("opening", TODAY, cast.a1)
    assert entry.data["admitted_on"] == "2001-05-19"
    assert entry.data["official_on"] == "2002-05-19"
    assert (lan.home, lan.standing, lan.card_number) == (cast.a1, "official", "49.012345")
    assert membership_on(lan, TODAY).organisation == cast.a1
    assert party_age(lan.events.all(), TODAY).since == date(2001, 5, 19)
    assert done.counts == {"create": 1}


def test_one_exempt_from_meetings_is_so_in_the_ledger(cast: Cast):
    bring(cast, sheet(HUNG), cast.commune_a)
    assert person("Trần Văn Hùng").conditions.get().since == TODAY


def test_a_birth_known_to_the_year_stays_so(cast: Cast):
    bring(cast, sheet(HUNG), cast.commune_a)
    assert person("Trần Văn Hùng").birth.iso == "1960"


@pytest.mark.parametrize(
    ("admitted", "official", "standing"),
    [
        ("20/05/2022", "", "probationary"),
        ("20/04/2022", "", "official"),
        ("2022", "", "probationary"),
        ("19/05/1999", "", "official"),
        ("", "", "official"),
        ("20/05/2021", "20/05/2022", "official"),
    ],
)
def test_without_a_day_of_recognition_only_who_was_admitted_less_than_twelve_months_ago_is_probationary(
    cast: Cast, admitted: str, official: str, standing: str
):
    row = f"Nguyễn Thị Lan;02/04/1975;Nữ;;{admitted};{official};;Thôn Đông;"
    bring(cast, sheet(row), cast.commune_a)
    assert person("Nguyễn Thị Lan").standing == standing


def test_a_day_of_admission_known_to_the_month_is_kept_as_known_and_begins_no_party_age(cast: Cast):
    bring(cast, sheet("Nguyễn Thị Lan;1975;Nữ;;05/2001;2002;;Thôn Đông;"), cast.commune_a)
    entry = person("Nguyễn Thị Lan").events.get()
    assert entry.data["admitted_known"] == "2001-05"
    assert entry.data["official_known"] == "2002"
    assert party_age([entry], TODAY) is None


def test_the_same_file_again_writes_nothing(cast: Cast):
    raw = sheet(LAN, HUNG)
    bring(cast, raw, cast.commune_a)
    before, people = dump(), Person.objects.count()
    again = bring(cast, raw, cast.commune_a)
    assert again.counts == {"same": 2}
    assert again.changeset is None
    assert (dump(), Person.objects.count()) == (before, people)


def test_a_member_already_in_the_record_is_changed_field_by_field(cast: Cast):
    row = "Bùi Thị Lan;20/10/1988;Nữ;Điện Bàn;;;49.777777;Thôn Đông;"
    done = bring(cast, sheet(row), cast.commune_a)
    change = Change.objects.get()
    assert done.counts == {"change": 1}
    assert change.person == cast.people["member_a1"]
    assert change.before == {"hometown": "", "card_number": ""}
    assert change.after == {"hometown": "Điện Bàn", "card_number": "49.777777"}
    assert person("Bùi Thị Lan").hometown == "Điện Bàn"


def test_the_name_alone_matches_nobody(cast: Cast):
    done = bring(cast, sheet("Bùi Thị Lan;21/10/1988;Nữ;;;;;Thôn Đông;"), cast.commune_a)
    assert done.counts == {"create": 1}
    assert Person.objects.filter(full_name="Bùi Thị Lan").count() == 2


def test_a_card_matches_whoever_holds_it_even_where_the_name_is_written_otherwise(cast: Cast):
    bring(cast, sheet(LAN), cast.commune_a)
    done = bring(cast, sheet(LAN.replace("Nguyễn Thị Lan", "Nguyễn Thị Lân")), cast.commune_a)
    assert done.counts == {"change": 1}
    assert Change.objects.get(changeset=done.changeset).after == {"full_name": "Nguyễn Thị Lân"}
    assert person("Nguyễn Thị Lân").fold == "nguyen thi lan"


def test_two_of_one_cell_whose_names_differ_only_in_tones_and_share_a_year_stay_two(cast: Cast):
    rows = ("Lê Văn Hùng;1960;Nam;;;;;Thôn Đông;", "Lê Văn Hưng;1960;Nam;;;;;Thôn Đông;")
    assert bring(cast, sheet(*rows), cast.commune_a).counts == {"create": 2}
    assert bring(cast, sheet(*rows), cast.commune_a).counts == {"same": 2}


def test_a_birth_known_less_exactly_than_the_record_changes_nothing(cast: Cast):
    row = "Bùi Thị Lan;1988;Nữ;;;;;Thôn Đông;"
    assert bring(cast, sheet(row), cast.commune_a).counts == {"same": 1}
    assert person("Bùi Thị Lan").birth.iso == "1988-10-20"


def _refusal(cast: Cast, row: str, where: str = "commune_a") -> tuple[str, str]:
    before = dump()
    done = bring(cast, sheet(row), getattr(cast, where))
    assert done.counts == {"refuse": 1}
    assert dump() == before
    (finding,) = done.refused[0].findings
    return finding["code"], finding["message"]


def test_an_unknown_cell_is_refused_naming_the_nearest(cast: Cast):
    code, message = _refusal(cast, LAN.replace("Chi bộ thôn Đông", "Chi bộ thôn Đồng Tâm"))
    assert code == "unknown_cell"
    assert "«Chi bộ thôn Đông»" in message


def test_a_cell_of_another_branch_is_unknown_and_not_named(cast: Cast):
    code, message = _refusal(cast, LAN.replace("Chi bộ thôn Đông", "Chi bộ thôn Thượng"))
    assert code == "unknown_cell"
    assert message.count("Thượng") == 1


def test_a_list_of_one_cell_need_not_name_it(cast: Cast):
    bring(cast, sheet(LAN.replace("Chi bộ thôn Đông", "")), cast.a1)
    assert person("Nguyễn Thị Lan").home == cast.a1


def test_a_list_of_a_commune_must_name_the_cell(cast: Cast):
    assert _refusal(cast, LAN.replace("Chi bộ thôn Đông", ""))[0] == "no_cell"


def test_someone_of_another_branch_is_not_met_and_their_card_is_not_taken(cast: Cast):
    canary = cast.canary
    canary.card_number = "49.012345"
    canary.save(update_fields=["card_number"])
    code, message = _refusal(cast, LAN)
    assert code == "card_elsewhere"
    assert canary.full_name not in message


def test_a_card_of_someone_else_in_the_branch_is_refused(cast: Cast):
    bring(cast, sheet(LAN), cast.commune_a)
    taken = HUNG.replace(";;Thôn", ";49.012345;Thôn")
    assert _refusal(cast, taken)[0] == "card_of_another"
    found = planned(sheet(taken), "ds.csv", organisation=cast.commune_a, as_of=TODAY, today=TODAY)
    assert [one.row["action"] for one in found if isinstance(one, Planned)] == ["create"]


def test_one_card_on_two_new_rows_is_refused_the_second_time(cast: Cast):
    done = bring(cast, sheet(LAN, HUNG.replace(";;Thôn", ";49.012345;Thôn")), cast.commune_a)
    assert done.counts == {"create": 1, "refuse": 1}
    assert done.refused[0].findings[0]["code"] == "card_twice"


def test_who_died_left_or_was_removed_is_not_made_a_member_again_by_a_list(cast: Cast):
    for name, birth in (("Cao Văn Năm", "1931"), ("Trịnh Công Phú", "09/09/1989")):
        assert _refusal(cast, f"{name};{birth};Nam;;;;;Thôn Đông;")[0] == "no_longer_member"


def test_a_sympathiser_is_not_admitted_by_a_list(cast: Cast):
    assert _refusal(cast, "Trần Văn Hậu;15/04/1998;Nam;;;;;Thôn Đông;")[0] == "sympathiser"


def test_without_a_year_of_birth_no_record_is_opened(cast: Cast):
    assert _refusal(cast, "Nguyễn Thị Lan;;Nữ;;;;;Thôn Đông;")[0] == "missing_birth"


def test_where_the_ledger_says_otherwise_it_stays_and_the_difference_is_told(cast: Cast):
    raw = sheet("Bùi Thị Lan;20/10/1988;Nữ;;03/02/2010;;;Thôn Tây;")
    before = dump()
    found = planned(raw, "ds.csv", organisation=cast.commune_a, as_of=TODAY, today=TODAY)
    (row,) = [one for one in found if isinstance(one, Planned)]
    assert {note["field"] for note in row.notes} == {"cell", "admitted_on"}
    bring(cast, raw, cast.commune_a)
    assert dump() == before


def test_a_list_of_a_day_to_come_is_refused(cast: Cast):
    with pytest.raises(Refused, match="chưa tới"):
        bring(cast, sheet(LAN), cast.commune_a, as_of=date(2023, 5, 1))


def test_an_import_leaves_one_entry_in_the_trail_and_a_sound_ledger(cast: Cast):
    before = Entry.objects.count()
    done = bring(cast, sheet(LAN, HUNG), cast.commune_a)
    entry = Entry.objects.latest("pk")
    assert Entry.objects.count() == before + 1
    assert (entry.action, entry.object_key, entry.stream) == ("changeset.applied", done.changeset.ref, "xa-a")
    assert entry.data["create"] == 2
    assert list(violations()) == []


def test_undoing_leaves_an_equal_record(cast: Cast):
    before = dump()
    done = bring(
        cast, sheet(LAN, HUNG, "Bùi Thị Lan;20/10/1988;Nữ;Điện Bàn;;;49.7;Thôn Đông;"), cast.commune_a
    )
    assert dump() != before
    undone = undo(done.changeset, by=cast.actor(), reason="Nhập nhầm tệp")
    assert (undone.people, undone.kept) == (3, ())
    assert dump() == before
    lan = person("Nguyễn Thị Lan")
    assert (lan.home, lan.standing, lan.card_number, lan.hometown) == (None, "outside", "", "")
    assert [event.kind for event in lan.events.order_by("pk")] == ["opening", "void"]
    assert ChangeSet.objects.get().state == UNDONE
    assert list(violations()) == []


def test_an_undone_file_can_be_brought_again_and_opens_no_second_record(cast: Cast):
    raw = sheet(LAN, HUNG)
    first = bring(cast, raw, cast.commune_a)
    after, people = [row[1:] for row in dump()["people"]], Person.objects.count()
    undo(first.changeset, by=cast.actor(), reason="Nhập nhầm tệp")
    again = bring(cast, raw, cast.commune_a)
    assert again.counts == {"create": 2}
    assert Person.objects.count() == people
    assert [row[1:] for row in dump()["people"]] == after
    undo(again.changeset, by=cast.actor(), reason="Lại nhầm")
    assert person("Trần Văn Hùng").standing == "outside"


def test_undoing_leaves_whoever_has_changed_since_and_says_why(cast: Cast):
    done = bring(cast, sheet(LAN, HUNG), cast.commune_a)
    lan, hung = person("Nguyễn Thị Lan"), person("Trần Văn Hùng")
    actions.transfer(lan, to=cast.a3, on=TODAY, by=cast.actor(), today=TODAY)
    undone = undo(done.changeset, by=cast.actor(), reason="Nhập nhầm")
    lan.refresh_from_db()
    hung.refresh_from_db()
    assert (undone.people, lan.home, hung.standing) == (1, cast.a3, "outside")
    assert undone.kept[0].change.person == lan
    assert "Chuyển sinh hoạt đảng" in undone.kept[0].conflicts[0]


def test_a_field_mended_since_is_not_put_back(cast: Cast):
    done = bring(cast, sheet(LAN), cast.commune_a)
    lan = person("Nguyễn Thị Lan")
    lan.hometown = "Hội An"
    lan.save(update_fields=["hometown"])
    with pytest.raises(Refused, match="quê quán đã được sửa"):
        undo(done.changeset, by=cast.actor(), reason="Nhập nhầm")
    assert person("Nguyễn Thị Lan").standing == "official"
    assert ChangeSet.objects.get().state == APPLIED


def test_what_was_left_can_be_undone_once_nothing_stands_against_it(cast: Cast):
    done = bring(cast, sheet(LAN, HUNG), cast.commune_a)
    lan = person("Nguyễn Thị Lan")
    moved = actions.transfer(lan, to=cast.a3, on=TODAY, by=cast.actor(), today=TODAY)
    undo(done.changeset, by=cast.actor(), reason="Nhập nhầm")
    actions.correct(moved, by=cast.actor(), today=TODAY, reason="Ghi nhầm người")
    assert undo(done.changeset, by=cast.actor(), reason="Nhập nhầm").people == 1
    with pytest.raises(Refused, match="trước đó"):
        undo(done.changeset, by=cast.actor(), reason="Nhập nhầm")


def test_undoing_asks_for_a_reason(cast: Cast):
    done = bring(cast, sheet(LAN), cast.commune_a)
    with pytest.raises(Refused, match="lý do"):
        undo(done.changeset, by=cast.actor(), reason="  ")
    assert MemberEvent.objects.filter(kind="void", person__full_name="Nguyễn Thị Lan").count() == 0
