"""Setting the stage: the organisations and people of a story, entered through the same actions as real ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tochuc.access.clock import living_on
from tochuc.audit.record import NOBODY
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import BadInput
from tochuc.kernel.known_dates import BIRTH_PIVOT, parse_known_date
from tochuc.members import actions
from tochuc.members.keeping import keep_row
from tochuc.members.kinds import OUTSIDE, PROBATIONARY, SYMPATHISER
from tochuc.members.models import Person
from tochuc.org import actions as org
from tochuc.org.kinds import POST_KINDS
from tochuc.org.models import Organisation, Post
from tochuc.stories.declare import Place, Someone, Story

# Who plays where a story names no organisations: a commune with one village cell, under a district.
DEFAULT_PLACES = (
    Place(code="dang-bo-tinh", name="Đảng bộ tỉnh", kind="province_committee"),
    Place(code="dang-bo-huyen", name="Đảng bộ huyện", kind="district_committee", under="dang-bo-tinh"),
    Place(code="dang-bo-xa", name="Đảng bộ xã", kind="grassroots_committee", under="dang-bo-huyen"),
    Place(code="chi-bo-thon", name="Chi bộ thôn", kind="cell", cell_kind="village", under="dang-bo-xa"),
)
_LONG_AGO, _YEAR = date(2020, 1, 1), 12
_NAMES = ("An", "Bình", "Cường", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nga", "Phúc", "Quý")


@dataclass
class Stage:
    """The organisations by code, the people by the name the story gives them, and each one's cell."""

    places: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def place(self, code: str) -> Organisation:
        """An organisation by code: of the stage, or one that a reorganisation of the story founded."""
        found = Organisation.objects.filter(code=code).first()
        if found is None:
            raise BadInput("no_organisation", f"Không có tổ chức nào mã {code} trong câu chuyện.", "to")
        return found


def set_up(story: Story) -> Stage:
    """Found the organisations and enter the people, each as of the day the story says."""
    stage = Stage()
    for place in story.organisations or DEFAULT_PLACES:
        _found(stage, place)
    for seat in story.posts:
        Post.objects.create(
            code=seat.code,
            organisation=stage.places[seat.at],
            kind=seat.kind,
            title=seat.title or POST_KINDS[seat.kind],
            since=seat.since,
        )
    for name, someone in story.people.items():
        for number in range(someone.count):
            cell = stage.places[someone.cell] if someone.cell else None
            there = someone.model_copy(update={"since": _since(story, someone, cell)})
            person = _enter(stage, name, there, number)
            stage.people.setdefault(name, person)
    return stage


def _since(story: Story, someone: Someone, cell: Organisation | None) -> date:
    """From when they stand so: as told, else as their days of joining say, else long enough before the story begins."""
    day = someone.since
    if day is None:
        early = min(_LONG_AGO, add_months(story.moves[0].on, -_YEAR))
        if someone.standing == PROBATIONARY:
            day = someone.admitted or early
        else:
            day = max(early, someone.official or someone.admitted or early)
    return max(day, cell.since) if cell is not None else day


def _found(stage: Stage, place: Place) -> None:
    with living_on(place.since):
        stage.places[place.code] = org.found(
            code=place.code,
            name=place.name,
            short_name=place.name.removeprefix("Chi bộ ").removeprefix("Đảng bộ "),
            kind=place.kind,
            cell_kind=place.cell_kind,
            parent=stage.places[place.under] if place.under else None,
            on=place.since,
            by=NOBODY,
        )


def _enter(stage: Stage, name: str, someone: Someone, number: int) -> Person:
    assert someone.since is not None
    full_name = someone.name or f"{name.replace('_', ' ').title()} Văn {_NAMES[number % len(_NAMES)]}"
    with living_on(someone.since):
        person = actions.register(
            full_name=full_name,
            gender=someone.gender,
            birth=parse_known_date(someone.birth, pivot=BIRTH_PIVOT),
            by=NOBODY,
        )
        cell = stage.places[someone.cell] if someone.cell else None
        if someone.standing == SYMPATHISER and cell is not None:
            actions.list_sympathiser(person, cell=cell, on=someone.since, by=NOBODY, today=someone.since)
        elif someone.standing != OUTSIDE and cell is not None:
            _open_ledger(person, someone, cell)
        elif cell is not None:
            person.home = cell
            person.save(update_fields=["home"])
        if someone.post and cell is not None:
            _take_post(person, someone, stage)
        if someone.card:
            person.card_number = someone.card
            person.save(update_fields=["card_number"])
        for what, on in someone.discipline.items():
            row = {
                "what": what,
                "on": on.isoformat(),
                "decision": "12-QĐ/UBKT",
                "decided_by": "Ủy ban Kiểm tra",
            }
            keep_row(person, "discipline", row, by=NOBODY, today=max(on, someone.since))
    return person


def _open_ledger(person: Person, someone: Someone, cell: Organisation) -> None:
    assert someone.since is not None
    data: dict[str, str] = {"standing": someone.standing}
    known = (
        ("party_age_from", someone.decided),
        # Who is on probation since a day was admitted on it.
        ("admitted_on", someone.admitted or (someone.since if someone.standing == PROBATIONARY else None)),
        ("official_on", someone.official),
    )
    for key, day in known:
        if day is not None:
            data[key] = day.isoformat()
    actions.append(
        person, "opening", on=someone.since, by=NOBODY, today=someone.since, organisation=cell, data=data
    )


def _take_post(person: Person, someone: Someone, stage: Stage) -> None:
    """``post`` reads ``secretary`` or ``secretary@xa``, or is the code of one of the story's posts."""
    assert someone.since is not None
    told = Post.objects.filter(code=someone.post).first()
    if told is not None:
        day = max(someone.since, told.since)
        actions.append(person, "took_post", on=day, by=NOBODY, today=day, post=told)
        return
    kind, _, where = someone.post.partition("@")
    place = stage.places[where or someone.cell or ""]
    post, _ = Post.objects.get_or_create(
        code=f"{place.code}-{kind}-{person.pk}",
        defaults={"organisation": place, "kind": kind, "title": kind, "since": place.since},
    )
    day = max(someone.since, date(2000, 1, 1))
    actions.append(person, "took_post", on=day, by=NOBODY, today=day, post=post)
