"""The year's work of a cell's members: given on one day, changed with a reason, found done in the words of the rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cast import TODAY, Cast
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, collect
from tochuc.entrusting import actions, queries
from tochuc.entrusting.actions import Found, Given
from tochuc.entrusting.models import Entrusted, Reviewed
from tochuc.kernel.errors import BadInput, DomainError, Refused

GIVEN = date(2023, 1, 5)
END = date(2023, 12, 28)


def entrust(cast: Cast, **said: Any) -> int:
    given = said.pop("given", None) or [
        Given(line.person, "Phụ trách tổ dân cư")
        for line in queries.lines(cast.a1, 2023, TODAY)
        if line.missing
    ]
    return actions.entrust(cast.a1, 2023, given, **{"on": GIVEN, "by": cast.actor(), "today": TODAY, **said})


def due_of(cast: Cast, today: date) -> list[Duty]:
    return [one for one in collect(Viewer(cast.cell_a1, today)) if one.kind == "entrusted"]


def test_everybody_but_the_exempt_is_asked_for(cast: Cast) -> None:
    (row,) = due_of(cast, TODAY)
    lines = queries.lines(cast.a1, 2023, TODAY)
    assert row.whom == f"{sum(line.missing for line in lines)} đảng viên, Thôn Đông"
    assert next(line for line in lines if line.person == cast.people["elder_a1"]).exempt
    assert entrust(cast) == sum(line.missing for line in lines)
    assert due_of(cast, TODAY) == []


def test_work_is_given_once_a_year_and_a_change_keeps_what_stood(cast: Cast) -> None:
    entrust(cast)
    who = cast.people["member_a1"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Entrusted.objects.create(
            person=who, organisation=cast.a1, year=2023, content="x", since=GIVEN, until=END, given_on=GIVEN
        )
    changed = [Given(who, "Giúp đỡ quần chúng ưu tú")]
    with pytest.raises(BadInput, match="cần ghi lý do"), transaction.atomic():
        entrust(cast, given=changed)
    assert entrust(cast, given=changed, reason="Chuyển tổ", on=date(2023, 4, 1)) == 1
    ((work, _),) = queries.of_person(who)
    assert work.content == "Giúp đỡ quần chúng ưu tú"
    assert [old.content for old in queries.history_of(work)] == ["Phụ trách tổ dân cư"]
    # Taken away, it can be given anew.
    entrust(cast, given=[Given(who, "")], reason="Đi học tập trung")
    assert queries.of_person(who) == []
    entrust(cast, given=[Given(who, "Phụ trách tổ 2")])
    assert len(queries.of_person(who)) == 1


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ({"on": date(2023, 4, 21)}, BadInput, "chưa tới"),
        ({"on": date(2021, 12, 31)}, BadInput, "trong năm 2022 hoặc 2023"),
        ({"who": "teacher_a3"}, Refused, "không sinh hoạt ở Chi bộ thôn Đông"),
        ({"content": "x" * 501}, BadInput, "dài quá 500"),
        ({"content": "  "}, BadInput, "Chưa ghi hay sửa"),
    ],
)
def test_what_can_not_be_is_refused(
    cast: Cast, said: dict[str, Any], kind: type[DomainError], words: str
) -> None:
    given = [Given(cast.people[said.pop("who", "member_a1")], said.pop("content", "Phụ trách tổ"))]
    with pytest.raises(kind, match=words):
        entrust(cast, given=given, **said)


def review(cast: Cast, *found: Found, on: date = END) -> int:
    return actions.review(cast.a1, 2023, found, on=on, by=cast.actor(), today=date(2024, 1, 10))


def test_the_review_is_due_in_december_and_uses_the_words_of_the_rule(cast: Cast) -> None:
    entrust(cast)
    assert due_of(cast, date(2023, 11, 30)) == []
    (row,) = due_of(cast, END)
    assert (row.what, row.due_on) == ("Đánh giá công tác đã phân công năm 2023", date(2023, 12, 31))
    assert not row.why.confirmed
    who = cast.people["member_a1"]
    with pytest.raises(BadInput, match="cần chọn mức"):
        review(cast, Found(who, "tốt lắm"))
    everybody = [
        Found(line.person, "hoàn thành tốt") for line in queries.lines(cast.a1, 2023, END) if line.work
    ]
    assert review(cast, *everybody) == len(everybody)
    assert [one for one in due_of(cast, date(2024, 1, 10)) if "Đánh giá" in one.what] == []
    # Corrected, what stood is kept; and what was reviewed isn't changed any more.
    assert review(cast, Found(who, "hoàn thành", "Còn chậm")) == 1
    assert Reviewed.objects.filter(entrusted__person=who).count() == 2
    with pytest.raises(Refused, match="đã được đánh giá"):
        entrust(cast, given=[Given(who, "Khác")], reason="x")


def test_a_review_of_nothing_given_or_before_its_year_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="chưa được phân công"):
        review(cast, Found(cast.people["member_a1"], "hoàn thành"))
    entrust(cast)
    with pytest.raises(BadInput, match="từ đầu năm 2023"):
        review(cast, Found(cast.people["member_a1"], "hoàn thành"), on=date(2022, 12, 31))
    with pytest.raises(BadInput, match="Chưa đánh giá"):
        review(cast)


def test_a_branch_is_counted(cast: Cast) -> None:
    entrust(cast)
    found = queries.tallies(queries.cells_of(cast.commune_a, TODAY), 2023, TODAY)
    assert found[cast.a1.pk].entrusted == found[cast.a1.pk].members
    assert found[cast.a2.pk].entrusted == 0
