"""Storing the demonstration district in an empty database, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from tochuc.access.models import Account, Assignment
from tochuc.audit.record import NOBODY, record
from tochuc.exchange.demo.build import build
from tochuc.exchange.demo.shapes import DemoAccount, DemoDistrict, DemoEvent, DemoPerson
from tochuc.exchange.demo.work import hold_conference, list_sympathisers
from tochuc.kernel.days import FOREVER
from tochuc.kernel.names import fold as fold_name
from tochuc.kernel.names import sort_key
from tochuc.members.bulk import refold_many
from tochuc.members.models import MemberEvent, Person
from tochuc.org import tree
from tochuc.org.models import Organisation, OrganisationEvent, OrganisationSpan, Post

PASSWORD = "tochuc-2023"
SHOWN_ACCOUNTS = (
    ("canbo", "Cán bộ Ban Tổ chức Huyện ủy"),
    ("namphuoc", "Bí thư Đảng ủy thị trấn Nam Phước"),
    ("chibo", "Bí thư một chi bộ khối phố"),
    ("dangvien", "Đảng viên"),
)
GREETING = (
    "  Tài khoản trình diễn (mật khẩu chung: "
    + PASSWORD
    + ")\n"
    + "\n".join(f"    {name:<10} {what}" for name, what in SHOWN_ACCOUNTS)
    + "\n  Bản trình diễn sống ở ngày 20/04/2023; tên người là hư cấu, nơi chốn và quy định là thật.\n"
)
# Symbols with which boards sign documents; the real ones of a district in 2023.
_SYMBOLS = {"dx-btc": "BTCHU", "dx-btg": "BTGHU", "dx-bdv": "BDVHU", "dx-ubkt": "UBKTHU", "dx-vp": "VPHU"}
_BATCH = 2000


def is_empty() -> bool:
    """Whether there is nothing in the database that a demonstration would mix with."""
    return not Organisation.objects.exists() and not Account.objects.exists()


@transaction.atomic
def load(today: date, *, seed: int = 20230411) -> DemoDistrict:
    """Generate the district up to ``today`` and store all of it; the database must be empty."""
    district = build(seed=seed, today=today)
    organisations = _organisations(district)
    posts = _posts(district, organisations)
    people = _people(district.people)
    _events(district.events, people, organisations, posts)
    refold_many(people.values())
    _accounts(district.accounts, people, organisations)
    record(NOBODY, "demo.loaded", data={"seed": seed, "today": str(today)})
    list_sympathisers(today)
    hold_conference(district, today)
    return district


def _organisations(district: DemoDistrict) -> dict[str, Organisation]:
    rows = [
        Organisation(
            code=o.code,
            name=o.name,
            short_name=o.short_name,
            kind=o.kind,
            cell_kind=o.cell_kind or "",
            since=o.since,
            until=o.until or FOREVER,
            fold=fold_name(o.name),
            symbol=_SYMBOLS.get(o.code, ""),
        )
        for o in district.orgs
    ]
    by_code = {o.code: o for o in Organisation.objects.bulk_create(rows, batch_size=_BATCH)}
    spans, events = [], []
    for o in district.orgs:
        organisation, parent = by_code[o.code], by_code[o.parent] if o.parent else None
        data: dict[str, object] = {
            "name": o.name,
            "short_name": o.short_name,
            "kind": o.kind,
            "cell_kind": o.cell_kind or "",
            "parent": parent.pk if parent else None,
        }
        events.append(_organisation_event(organisation, OrganisationEvent.FOUNDED, o.since, data))
        if o.until:
            events.append(_organisation_event(organisation, OrganisationEvent.ENDED, o.until, {}))
        spans.append(
            OrganisationSpan(
                organisation=organisation,
                name=o.name,
                short_name=o.short_name,
                kind=o.kind,
                cell_kind=o.cell_kind or "",
                parent=parent,
                since=o.since,
                until=o.until or FOREVER,
            )
        )
    OrganisationEvent.objects.bulk_create(events, batch_size=_BATCH)
    OrganisationSpan.objects.bulk_create(spans, batch_size=_BATCH)
    tree.refresh([o.pk for o in by_code.values()])
    return by_code


def _organisation_event(
    organisation: Organisation, kind: str, on: date, data: dict[str, object]
) -> OrganisationEvent:
    return OrganisationEvent(
        organisation=organisation, kind=kind, happened_on=on, recorded_at=_moment(on), data=data
    )


def _posts(district: DemoDistrict, organisations: dict[str, Organisation]) -> dict[str, Post]:
    rows = [
        Post(
            code=p.code,
            organisation=organisations[p.organisation],
            kind=p.kind,
            title=p.title,
            since=p.since,
            until=p.until or FOREVER,
        )
        for p in district.posts
    ]
    return {p.code: p for p in Post.objects.bulk_create(rows, batch_size=_BATCH)}


def _people(people: Iterable[DemoPerson]) -> dict[str, int]:
    rows = []
    for p in people:
        first, precision = _birth(p.birth_iso)
        rows.append(
            Person(
                ref=p.ref,
                full_name=p.full_name,
                fold=fold_name(p.full_name),
                sort_key=sort_key(p.full_name),
                gender=p.gender,
                birth_on=first,
                birth_precision=precision,
                hometown=p.hometown,
                residence=p.residence,
                ethnicity=p.ethnicity,
                religion=p.religion or "",
                occupation=p.occupation,
                education=p.education,
                qualification=p.qualification,
                political_theory=p.political_theory or "",
                card_number=p.card_number or "",
                phone=p.phone or "",
            )
        )
    return {p.ref: p.pk for p in Person.objects.bulk_create(rows, batch_size=_BATCH)}


def _birth(iso: str) -> tuple[date, str]:
    parts = [int(part) for part in iso.split("-")]
    precision = {1: "year", 2: "month", 3: "day"}[len(parts)]
    return date(*([*parts, 1, 1])[:3]), precision


def _events(
    events: tuple[DemoEvent, ...],
    people: dict[str, int],
    organisations: dict[str, Organisation],
    posts: dict[str, Post],
) -> None:
    rows = [
        MemberEvent(
            person_id=people[e.person],
            kind=e.kind,
            happened_on=e.on,
            recorded_at=_moment(e.recorded_on),
            organisation=organisations[e.organisation] if e.organisation else None,
            post=posts[e.post] if e.post else None,
            decision_number=e.decision_number or "",
            decision_on=e.decision_on,
            decision_by=e.decision_by or "",
            data=e.data,
            reason=e.data.get("correction") or e.data.get("reason", ""),
        )
        for e in events
    ]
    first = [row for row, e in zip(rows, events, strict=True) if e.corrects is None]
    MemberEvent.objects.bulk_create(first, batch_size=_BATCH)
    corrections = []
    for row, e in zip(rows, events, strict=True):
        if e.corrects is not None:
            row.corrects = rows[e.corrects]
            corrections.append(row)
    MemberEvent.objects.bulk_create(corrections, batch_size=_BATCH)


def _moment(day: date) -> datetime:
    """Nine in the morning, when an office records what came in the day before."""
    return timezone.make_aware(datetime.combine(day, time(9)))


def _accounts(
    accounts: tuple[DemoAccount, ...], people: dict[str, int], organisations: dict[str, Organisation]
) -> None:
    # One password for all, hashed once: argon2 is slow on purpose.
    hashed = make_password(PASSWORD)
    rows = [Account(username=a.username, full_name=a.full_name, password=hashed) for a in accounts]
    made = {a.username: a for a in Account.objects.bulk_create(rows)}
    Assignment.objects.bulk_create(
        Assignment(account=made[a.username], role=role, organisation=organisations[code], since=since)
        for a in accounts
        for role, code, since in a.roles
    )
    linked = []
    for a in accounts:
        if a.person:
            person = Person(pk=people[a.person])
            person.account = made[a.username]
            linked.append(person)
    Person.objects.bulk_update(linked, ["account"])
