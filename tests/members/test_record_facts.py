"""A record's fields and tables: what holds now, what held on a day, what was known, on what ground."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from cast import TODAY, Cast, recorded_on
from exchange.lists import bring, person, sheet
from tochuc.changes.actions import undo
from tochuc.kernel.errors import Refusals, Refused
from tochuc.members import identity
from tochuc.members.facts import OPENED, Ground, record_on, rows_of
from tochuc.members.invariants import violations
from tochuc.members.keeping import keep, keep_row, strike_row
from tochuc.members.models import Fact, Person
from tochuc.members.record_fields import FIELDS, TABLES
from tochuc.members.record_values import value_of

AWARD = {"what": "Bằng khen về phong trào thi đua", "on": "9/2019", "decided_by": "Chủ tịch UBND tỉnh"}


def lan(cast: Cast) -> Person:
    return Person.objects.get(pk=cast.people["member_a1"].pk)


def write(
    cast: Cast, since: date | None = None, words: str = "Giấy xác nhận", **values: str
) -> tuple[str, ...]:
    ground = Ground(since=since, words=words, correcting=since is None)
    return keep(lan(cast), values, ground=ground, by=cast.actor(), today=TODAY)


def said(cast: Cast, code: str, on: date | None = None, known: datetime | None = None) -> str:
    who = lan(cast)
    current = {name: value_of(who, name) for name in FIELDS}
    return record_on(who, who.facts.all(), current, on, known)[code].value


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23)))


def test_a_field_that_changes_keeps_each_value_with_the_day_it_began(cast: Cast):
    write(cast, date(2015, 6, 1), residence="Thôn Đông, xã An Hòa")
    write(cast, date(2021, 3, 1), residence="Khối Hạ, xã Bình Lâm")
    assert said(cast, "residence") == lan(cast).residence == "Khối Hạ, xã Bình Lâm"
    assert said(cast, "residence", on=date(2018, 1, 1)) == "Thôn Đông, xã An Hòa"
    assert said(cast, "residence", on=date(2014, 1, 1)) == ""


def test_what_was_known_on_a_past_day_stays_answerable(cast: Cast):
    with recorded_on(date(2022, 1, 5)):
        write(cast, date(2021, 12, 1), occupation="Giáo viên")
    with recorded_on(date(2023, 2, 1)):
        write(cast, date(2022, 1, 1), occupation="Hiệu trưởng")
    day = date(2022, 6, 1)
    assert said(cast, "occupation", on=day) == "Hiệu trưởng"
    assert said(cast, "occupation", on=day, known=at(date(2022, 6, 1))) == "Giáo viên"


def test_a_correction_takes_the_place_of_what_was_wrong_on_every_day(cast: Cast):
    write(cast, date(2015, 6, 1), qualification="Đại học Luạt")
    write(cast, qualification="Đại học Luật")
    assert said(cast, "qualification", on=date(2016, 1, 1)) == "Đại học Luật"
    assert Fact.objects.filter(field="qualification").count() == 2


def test_the_first_change_keeps_what_the_record_was_opened_with(cast: Cast):
    Person.objects.filter(pk=lan(cast).pk).update(hometown="Hội An")
    write(cast, hometown="Điện Bàn")
    first = Fact.objects.filter(field="hometown").order_by("pk").first()
    assert (first.value, first.ground) == ("Hội An", OPENED)
    assert first.recorded_at < Fact.objects.get(corrects=first).recorded_at
    assert said(cast, "hometown", known=at(date(2022, 1, 1))) == "Hội An"


def test_a_value_of_the_past_recorded_late_does_not_take_the_place_of_what_came_after(cast: Cast):
    write(cast, date(2021, 1, 1), residence="Khối Hạ")
    write(cast, date(2010, 1, 1), residence="Thôn Tây")
    assert lan(cast).residence == "Khối Hạ"
    assert said(cast, "residence", on=date(2012, 1, 1)) == "Thôn Tây"


def test_a_name_is_cleaned_found_and_sorted_anew(cast: Cast):
    assert write(cast, full_name="BÙI  THỊ NGỌC LAN") == ("full_name",)
    assert (lan(cast).full_name, lan(cast).fold) == ("Bùi Thị Ngọc Lan", "bui thi ngoc lan")


def test_a_birth_keeps_how_exactly_it_is_known(cast: Cast):
    write(cast, birth="tháng 10 năm 1988")
    assert lan(cast).birth.iso == "1988-10"


def test_fields_without_a_column_are_kept_and_emptied(cast: Cast):
    write(cast, languages="Tiếng Anh B1", nationality="Việt Nam")
    assert lan(cast).details == {"languages": "Tiếng Anh B1", "nationality": "Việt Nam"}
    write(cast, languages="")
    assert lan(cast).details == {"nationality": "Việt Nam"}


def test_the_same_value_again_writes_nothing(cast: Cast):
    write(cast, occupation="Giáo viên")
    assert write(cast, occupation=" Giáo  viên ") == ()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"full_name": "Lan"}, "full_name"),
        ({"full_name": ""}, "full_name"),
        ({"birth": "31/02/1988"}, "birth"),
        ({"birth": "2030"}, "birth"),
        ({"gender": "khác"}, "gender"),
        ({"political_theory": "trung cấp"}, "political_theory"),
        ({"residence": "x" * 201}, "residence"),
        ({"youth_union_on": "hôm qua"}, "youth_union_on"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_at_the_field(cast: Cast, values: dict[str, str], field: str):
    with pytest.raises(Refused) as refused:
        write(cast, **values)
    assert refused.value.field == field
    assert not Fact.objects.exists()


def test_all_mistakes_are_said_at_once_and_nothing_is_written(cast: Cast):
    with pytest.raises(Refusals) as refused:
        write(cast, full_name="Lan", birth="x", occupation="Giáo viên")
    assert [one.field for one in refused.value.errors] == ["full_name", "birth"]
    assert lan(cast).occupation == ""


def test_a_card_of_another_member_is_refused(cast: Cast):
    Person.objects.filter(pk=cast.canary.pk).update(card_number="49.123456")
    with pytest.raises(Refused, match="đảng viên khác"):
        write(cast, card_number="49.123456")


def test_a_day_that_has_not_come_is_refused(cast: Cast):
    with pytest.raises(Refused, match="chưa tới"):
        write(cast, date(2030, 1, 1), residence="Khối Hạ")


def test_rows_are_added_changed_and_struck_out_and_stay_readable(cast: Cast):
    who = lan(cast)
    first = keep_row(who, "award", AWARD, by=cast.actor(), today=TODAY)
    better = keep_row(who, "award", {**AWARD, "on": "10/2019"}, by=cast.actor(), today=TODAY, replaces=first)
    assert [row.value["on"] for row in rows_of(who.facts.all(), "award")] == ["2019-10"]
    strike_row(better, by=cast.actor(), reason="Của người khác")
    assert rows_of(who.facts.all(), "award") == []
    assert Fact.objects.filter(field="award").count() == 3


def test_a_row_already_changed_is_not_changed_again(cast: Cast):
    first = keep_row(lan(cast), "award", AWARD, by=cast.actor(), today=TODAY)
    keep_row(lan(cast), "award", AWARD, by=cast.actor(), today=TODAY, replaces=first)
    with pytest.raises(Refused, match="người khác sửa"):
        strike_row(first, by=cast.actor(), reason="Nhầm")


def test_a_discipline_is_recorded_only_with_its_decision(cast: Cast):
    with pytest.raises(Refusals) as refused:
        keep_row(lan(cast), "discipline", {"what": "Khiển trách"}, by=cast.actor(), today=TODAY)
    assert {one.field for one in refused.value.errors} == {"on", "decision", "decided_by"}


def test_the_end_of_a_period_is_not_before_its_beginning(cast: Cast):
    row = {"what": "Giáo viên", "since": "9/2015", "until": "2014"}
    with pytest.raises(Refused, match="sau thời gian bắt đầu"):
        keep_row(lan(cast), "work", row, by=cast.actor(), today=TODAY)


def test_what_an_import_changes_and_undoes_stays_in_the_history(cast: Cast):
    Person.objects.filter(pk=lan(cast).pk).update(hometown="Hội An")
    done = bring(cast, sheet("Bùi Thị Lan;20/10/1988;Nữ;Điện Bàn;;;;Thôn Đông;"), cast.commune_a)
    undo(done.changeset, by=cast.actor(), reason="Nhầm tệp")
    values = list(Fact.objects.filter(field="hometown").order_by("pk").values_list("value", flat=True))
    assert values == ["Hội An", "Điện Bàn", "Hội An"]
    assert person("Bùi Thị Lan").hometown == "Hội An"
    assert list(violations()) == []


def test_a_record_that_says_otherwise_than_its_history_is_named(cast: Cast):
    write(cast, date(2021, 1, 1), residence="Khối Hạ", languages="Tiếng Anh")
    write(cast, birth="10/1988")
    identity.set_national_id(lan(cast), "048088001234", by=cast.actor())
    assert list(violations()) == []
    Person.objects.filter(pk=lan(cast).pk).update(residence="Nơi khác")
    assert [one.code for one in violations()] == ["fact"]


def test_every_field_and_table_has_one_code_and_words(cast: Cast):
    assert not FIELDS.keys() & TABLES.keys()
    for one in (*FIELDS.values(), *(c for t in TABLES.values() for c in t.columns)):
        assert one.label.strip()
        assert len(one.code) <= 32
    for one in FIELDS.values():
        if one.column and one.code not in {"birth", "national_id"}:
            assert Person._meta.get_field(one.code)
