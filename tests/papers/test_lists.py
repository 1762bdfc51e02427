"""Lists of people: everybody at the same step of the same occasion and base, and nobody else."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx

from cast import TODAY, Cast
from papers.full import full_record, sheet_for, typed, with_fill
from tochuc.access.clock import now
from tochuc.cases import folding
from tochuc.cases.models import Case, CaseMove
from tochuc.cases.registry import of_case
from tochuc.kernel.known_dates import KnownDate
from tochuc.members import actions
from tochuc.members.models import Person
from tochuc.papers.drafting import paper_of, word_file

NAMES = ("H'Hen Niê", "Y Thông Ktla", "Nguyễn Thị Hoàng Ngọc Phương Thảo Nguyên", "Lê & Văn {Tám}")


def proposed(cast: Cast, person: Person, occasion: str = "2023-05-19") -> Case:
    """A badge case that stands at the base's list."""
    case = Case.objects.create(
        procedure="badge",
        person=person,
        organisation=person.home,
        opened_on=date(2023, 3, 1),
        opened_at=now(),
        answers={"years": 30, "occasion": occasion, "manner": "full"},
    )
    for step, outcome in (("declare", "done"), ("consider", "agreed")):
        CaseMove.objects.create(
            case=case, step=step, outcome=outcome, happened_on=date(2023, 3, 2), recorded_at=now()
        )
    folding.refold(case, TODAY)
    return case


def joined(cast: Cast, name: str, admitted_on: str = "1990-05-19") -> Person:
    """An old member of the cell a1."""
    person = actions.register(
        full_name=name, gender="male", birth=KnownDate(date(1960, 1, 1), "year"), by=cast.actor()
    )
    days = {"admitted_on": admitted_on, "official_on": "1991-05-19"} if admitted_on else {}
    data = {"standing": "official", **days}
    actions.append(
        person, "opening", on=date(2020, 1, 1), by=cast.actor(), today=TODAY, organisation=cast.a1, data=data
    )
    person.refresh_from_db()
    return person


def test_forty_people_of_one_occasion_stand_in_one_list(cast: Cast) -> None:
    people = [joined(cast, NAMES[at] if at < len(NAMES) else f"Trần Văn Số {at}") for at in range(40)]
    cases = [proposed(cast, person) for person in people]
    proposed(cast, full_record(cast), occasion="2023-09-02")
    proposed(cast, cast.people["member_b1"])
    procedure = of_case(cases[0]).procedure
    paper = paper_of("badge.list", sheet_for(cases[0], procedure, procedure.step("propose")))
    assert paper is not None
    raw = word_file(with_fill(paper, typed(cast, paper.asked)))
    table = docx.Document(BytesIO(raw)).tables[1]
    assert len(table.rows) == 41
    shown = [row.cells[1].text for row in table.rows[1:]]
    assert sorted(shown) == sorted(person.full_name for person in people)
    assert [row.cells[0].text for row in table.rows[1:]] == [str(number) for number in range(1, 41)]
    assert {row.cells[2].text for row in table.rows[1:]} == {"1960"}


def test_what_one_of_the_list_lacks_is_named_with_whose_it_is(cast: Cast) -> None:
    person, other = joined(cast, "Trần Văn Một"), joined(cast, "Trần Văn Hai", "")
    case = proposed(cast, person)
    proposed(cast, other)
    procedure = of_case(case).procedure
    paper = paper_of("badge.list", sheet_for(case, procedure, procedure.step("propose")))
    assert paper is not None
    missing = [one.words for one in with_fill(paper, typed(cast, paper.asked)).composed().missing]
    assert missing == ["Ngày kết nạp vào Đảng của Trần Văn Hai"]
