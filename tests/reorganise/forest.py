"""Random trees of organisations with members, made quickly, and random plans over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st

from tochuc.kernel.names import fold, sort_key
from tochuc.members import folds
from tochuc.members.bulk import refold_many
from tochuc.members.models import MemberEvent, Person
from tochuc.org import bulk
from tochuc.org.models import Organisation, OrganisationEvent, Post

LONG_AGO = date(2019, 1, 1)
OPENED = date(2020, 1, 1)
BEFORE = (date(2022, 11, 5), date(2023, 1, 15), date(2023, 2, 28))
"""Days before the new order on which things happen."""
AFTER = (date(2023, 3, 1), date(2023, 3, 2), date(2023, 4, 10))
"""The day itself, and days after."""


@dataclass
class Forest:
    """A drawn tree: committees with their superior, cells with theirs, people with their cell and what happened.

    Everything is named by numbers; ``code`` gives an organisation's.
    """

    districts: int
    committees: list[int]
    cells: list[int]
    people: list[tuple[int, str]]
    happened: list[tuple[int, str, int, date]]
    made: dict[str, Organisation] = field(default_factory=dict)

    @property
    def cell_codes(self) -> list[str]:
        return [f"f-c{n}" for n in range(len(self.cells))]

    @property
    def committee_codes(self) -> list[str]:
        return [f"f-k{n}" for n in range(len(self.committees))]

    @property
    def district_codes(self) -> list[str]:
        return [f"f-d{n}" for n in range(self.districts)]


@st.composite
def forests(draw: st.DrawFn) -> Forest:
    """A province with one or two districts, up to four committees, up to seven cells, up to twelve people."""
    districts = draw(st.integers(1, 2))
    committees = draw(st.lists(st.integers(0, districts - 1), min_size=2, max_size=4))
    cells = draw(st.lists(st.integers(0, len(committees) - 1), min_size=2, max_size=7))
    one = st.tuples(
        st.integers(0, len(cells) - 1),
        st.sampled_from(["official", "official", "probationary", "sympathiser"]),
    )
    people = draw(st.lists(one, min_size=3, max_size=12))
    happened = draw(
        st.lists(
            st.tuples(
                st.integers(0, len(people) - 1),
                st.sampled_from(
                    ["transferred", "transferred", "died", "recognised", "took_post", "exempted"]
                ),
                st.integers(0, len(cells) - 1),
                st.sampled_from(BEFORE),
            ),
            max_size=8,
        )
    )
    return Forest(districts, committees, cells, people, happened)


def plant(forest: Forest) -> None:
    """Store a forest: organisations, a secretary's post in each cell, people and what happened to them."""
    shapes: list[tuple[str, str, str | None]] = [("f-p", "province_committee", None)]
    shapes += [(code, "district_committee", "f-p") for code in forest.district_codes]
    shapes += [
        (code, "grassroots_committee", f"f-d{above}")
        for code, above in zip(forest.committee_codes, forest.committees, strict=True)
    ]
    shapes += [
        (code, "cell", f"f-k{above}") for code, above in zip(forest.cell_codes, forest.cells, strict=True)
    ]
    rows = [
        Organisation(
            code=code, name=f"Tổ chức {code}", short_name=code, kind=kind, since=LONG_AGO, fold=fold(code),
            cell_kind="village" if kind == "cell" else "",
        )
        for code, kind, _ in shapes
    ]  # fmt: skip
    forest.made = {o.code: o for o in Organisation.objects.bulk_create(rows)}
    OrganisationEvent.objects.bulk_create(
        OrganisationEvent(
            organisation=forest.made[code],
            kind="founded",
            happened_on=LONG_AGO,
            data={
                "name": f"Tổ chức {code}",
                "short_name": code,
                "kind": kind,
                "cell_kind": "village" if kind == "cell" else "",
                "parent": forest.made[above].pk if above else None,
            },
        )
        for code, kind, above in shapes
    )
    bulk.restand(list(forest.made.values()))
    Post.objects.bulk_create(
        Post(
            code=f"{code}-bi-thu", organisation=forest.made[code], kind="secretary", since=LONG_AGO,
            title=f"Bí thư Tổ chức {code}",
        )
        for code in forest.cell_codes
    )  # fmt: skip
    _people(forest)


def _people(forest: Forest) -> None:
    names = [f"Người Thứ {n}" for n in range(len(forest.people))]
    rows = [
        Person(
            full_name=name, fold=fold(name), sort_key=sort_key(name), gender="male", birth_on=date(1990, 1, 1),
            residence=f"Thôn {n % 3}, xã Thử",
        )
        for n, name in enumerate(names)
    ]  # fmt: skip
    people = Person.objects.bulk_create(rows)
    events = []
    for person, (cell, standing) in zip(people, forest.people, strict=True):
        kind = "sympathiser_listed" if standing == "sympathiser" else "opening"
        events.append(_event(person, kind, OPENED, forest, cell, {"standing": standing}))
    posts = dict(Post.objects.filter(code__startswith="f-c").values_list("code", "pk"))
    for who, kind, cell, on in sorted(forest.happened, key=lambda one: one[3]):
        event = _event(people[who], kind, on, forest, cell if kind == "transferred" else None, {})
        if kind == "took_post":
            event.post_id = posts[f"f-c{cell}-bi-thu"]
        events.append(event)
    kept = _possible(events)
    MemberEvent.objects.bulk_create(kept)
    refold_many([person.pk for person in people])


def _event(
    person: Person, kind: str, on: date, forest: Forest, cell: int | None, data: dict[str, Any]
) -> MemberEvent:
    return MemberEvent(
        person=person,
        kind=kind,
        happened_on=on,
        recorded_at=timezone.make_aware(datetime.combine(on, time(9))),
        organisation=forest.made[f"f-c{cell}"] if cell is not None else None,
        data=data,
    )


def _possible(events: Sequence[MemberEvent]) -> list[MemberEvent]:
    """Those that can follow one another; the others never happened."""
    kept: list[MemberEvent] = []
    for number, event in enumerate(events, 1):
        event.id = number
        own = [one for one in kept if one.person == event.person]
        try:
            folds.fold([*own, event])
        except folds.Contradiction:
            continue
        kept.append(event)
    for event in kept:
        event.id = None  # type: ignore[assignment]
    return kept


Operation = dict[str, Any]


@st.composite
def operations(draw: st.DrawFn, forest: Forest) -> list[Operation]:
    """Up to five operations, mostly such as could be, on organisations that may meet in several of them."""
    cells, committees, districts = forest.cell_codes, forest.committee_codes, forest.district_codes
    cell, committee = st.sampled_from(cells), st.sampled_from(committees)
    new_cell, new_committee = "f-moi-cb", "f-moi-db"
    said: list[Operation] = []
    if draw(st.booleans()):
        said.append(_found(new_committee, "grassroots_committee", draw(st.sampled_from(districts))))
        committees = [*committees, new_committee]
    if draw(st.booleans()):
        posts = [
            {
                "code": "f-moi-bt",
                "kind": "secretary",
                "title": "Bí thư",
                "holder_of": [f"{draw(cell)}-bi-thu"],
            }
        ]
        said.append(_found(new_cell, "cell", draw(st.sampled_from(committees)), posts=posts))
        cells = [*cells, new_cell]
    target, above = st.sampled_from(cells), st.sampled_from(committees)
    more = st.one_of(
        st.builds(lambda a, b: {"op": "move", "of": a, "to": b}, cell, above),
        st.builds(lambda a, b: {"op": "move", "of": a, "to": b}, committee, st.sampled_from(districts)),
        st.builds(
            lambda a, b: {"op": "merge", "of": a, "into": b}, st.lists(cell, min_size=1, max_size=3), target
        ),
        st.builds(lambda a, b: {"op": "merge", "of": a, "into": b}, committee, above),
        st.builds(lambda a, b: {"op": "dissolve", "of": a, "members_to": b}, cell, target),
        st.builds(lambda a, b: {"op": "dissolve", "of": a, "units_to": b}, committee, above),
        st.builds(_split, cell, target, target, st.sampled_from(["Thôn 0", "Thôn 1", "Thôn 2"])),
        st.builds(lambda a: {"op": "convert", "of": a, "cell_kind": "school"}, cell),
        # A cell moved to a district is a grassroots cell there; a committee moved under another is one of its sections.
        st.builds(_cell_to_the_district, cell, st.sampled_from(districts)),
        st.builds(_section_of, committee, above),
        st.builds(
            lambda a: {"op": "convert", "below": a, "was_cell_kind": "village", "cell_kind": "quarter"}, above
        ),
        st.builds(lambda a: {"op": "rename", "of": a, "name": f"Tổ chức {a} mới", "short_name": "Mới"}, cell),
    )
    drawn = draw(st.lists(more, min_size=1, max_size=5))
    return said + [one for several in drawn for one in (several if isinstance(several, list) else [several])]


def _cell_to_the_district(cell: str, district: str) -> list[Operation]:
    return [
        {"op": "move", "of": cell, "to": district},
        {"op": "convert", "of": cell, "kind": "grassroots_cell"},
    ]


def _section_of(committee: str, above: str) -> list[Operation]:
    return [
        {"op": "move", "of": committee, "to": above},
        {"op": "convert", "of": committee, "kind": "sectional_committee"},
    ]


def _found(code: str, kind: str, under: str, **more: Any) -> Operation:
    name = f"Tổ chức {code}"
    return {
        "op": "found",
        "code": code,
        "name": name,
        "short_name": code,
        "kind": kind,
        "under": under,
    } | more


def _split(of: str, to: str, rest: str, residence: str) -> Operation:
    return {"op": "split", "of": of, "parts": [{"to": to, "residence": residence}], "rest": rest}
