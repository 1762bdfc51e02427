"""Storing the demonstration district in an empty database, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import zip_longest

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from tochuc.access.models import Account, Assignment
from tochuc.audit.record import NOBODY, record
from tochuc.exchange.demo import reform
from tochuc.exchange.demo.ageing_papers import keep_ageing_files
from tochuc.exchange.demo.build import build
from tochuc.exchange.demo.cell_life import live_in_cells
from tochuc.exchange.demo.closed_files import keep_closed_files
from tochuc.exchange.demo.filling import details, fill
from tochuc.exchange.demo.lost_posts import keep_lost_posts
from tochuc.exchange.demo.open_cases import ask_for_exemption
from tochuc.exchange.demo.running import run_cases
from tochuc.exchange.demo.shapes import DemoAccount, DemoDistrict, DemoEvent, DemoPerson
from tochuc.exchange.demo.work import hold_conference, list_sympathisers
from tochuc.kernel.days import FOREVER
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.names import fold as fold_name
from tochuc.kernel.names import sort_key
from tochuc.members.bulk import refold_many
from tochuc.members.models import MemberEvent, Person
from tochuc.org import heirs, tree
from tochuc.org.models import Organisation, OrganisationEvent, OrganisationSpan, Post
from tochuc.reorganise.actions import apply

PASSWORD = "tochuc-2023"
SHOWN_ACCOUNTS = (
    ("canbo", "Cán bộ Ban Tổ chức Huyện ủy"),
    ("namphuoc", "Bí thư Đảng ủy thị trấn Nam Phước"),
    ("chibo", "Bí thư một chi bộ khối phố"),
    ("dangvien", "Đảng viên"),
    ("tinh", "Cán bộ Ban Tổ chức Tỉnh ủy, cho việc sắp xếp tổ chức"),
)
# Symbols with which boards sign documents; the real ones of a district in 2023.
_SYMBOLS = {"dx-btc": "BTCHU", "dx-btg": "BTGHU", "dx-bdv": "BDVHU", "dx-ubkt": "UBKTHU", "dx-vp": "VPHU"}
_BATCH = 2000


def greeting(day: date) -> str:
    """The accounts one can try, and the day on which the demonstration lives."""
    accounts = "\n".join(f"    {name:<10} {what}" for name, what in SHOWN_ACCOUNTS)
    return (
        f"  Tài khoản trình diễn (mật khẩu chung: {PASSWORD})\n{accounts}\n"
        f"  Bản trình diễn sống ở ngày {day_vn(day)}; tên người là hư cấu, nơi chốn và quy định là thật.\n"
    )


def is_empty() -> bool:
    """Whether there is nothing in the database that a demonstration would mix with."""
    return not Organisation.objects.exists() and not Account.objects.exists()


@transaction.atomic
def load(today: date, *, seed: int = 20230411) -> DemoDistrict:
    """Generate the district up to ``today`` and store all of it; the database must be empty.

    The reorganisations of 2025 are carried out on their days, and life goes on in the new order.
    """
    district = build(seed=seed, today=today)
    organisations = _organisations(district)
    posts = _posts(district, organisations)
    people = _people(district.people, seed)
    reforms = reform.plans(today)
    events = _Events(district.events, people, organisations, posts)
    events.store(until=reforms[0].day if reforms else FOREVER)
    fill(district.people, people, _begun(district.events), seed)
    _accounts(district.accounts, people, organisations, reform.last_days(reforms))
    record(NOBODY, "demo.loaded", data={"seed": seed, "today": str(today)})
    list_sympathisers(today)
    hold_conference(district, today)
    _hold_congresses(district, organisations, date.min, reforms[0].day if reforms else FOREVER)
    run_cases(today)
    keep_closed_files(today)
    keep_lost_posts(today)
    keep_ageing_files(today)
    for plan, following in zip_longest(reforms, reforms[1:]):
        apply(plan, by=NOBODY, today=plan.day, at=_moment(plan.day, hour=8))
        until = following.day if following else FOREVER
        events.store(until=until)
        _hold_congresses(district, organisations, plan.day, until)
    live_in_cells(today, seed)
    ask_for_exemption(today)
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
    heirs.refresh()
    return by_code


def _organisation_event(
    organisation: Organisation, kind: str, on: date, data: dict[str, object]
) -> OrganisationEvent:
    return OrganisationEvent(
        organisation=organisation, kind=kind, happened_on=on, recorded_at=_moment(on), data=data
    )


def _hold_congresses(
    district: DemoDistrict, organisations: dict[str, Organisation], since: date, until: date
) -> None:
    """Record the congresses of some time, of organisations that were still there."""
    there = Organisation.objects.in_bulk([o.pk for o in organisations.values()])
    OrganisationEvent.objects.bulk_create(
        _organisation_event(there[organisations[code].pk], OrganisationEvent.CONGRESS, on, {})
        for code, on in district.congresses
        if since <= on < until and there[organisations[code].pk].exists_on(on)
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


def _begun(events: Iterable[DemoEvent]) -> dict[str, datetime]:
    """When the first entry of each person was recorded."""
    begun: dict[str, datetime] = {}
    for event in events:
        begun.setdefault(event.person, _moment(event.recorded_on))
    return begun


def _people(people: Iterable[DemoPerson], seed: int) -> dict[str, int]:
    rows = []
    for p in people:
        more, number = details(p, seed)
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
                member_number=number,
                details=more,
            )
        )
    return {p.ref: p.pk for p in Person.objects.bulk_create(rows, batch_size=_BATCH)}


def _birth(iso: str) -> tuple[date, str]:
    parts = [int(part) for part in iso.split("-")]
    precision = {1: "year", 2: "month", 3: "day"}[len(parts)]
    return date(*([*parts, 1, 1])[:3]), precision


class _Events:
    """Stores the district's events in the order of recording, up to one reorganisation after another."""

    def __init__(
        self,
        events: tuple[DemoEvent, ...],
        people: dict[str, int],
        organisations: dict[str, Organisation],
        posts: dict[str, Post],
    ) -> None:
        self.events, self.people, self.organisations, self.posts = events, people, organisations, posts
        self.since = date.min
        self.rows: dict[int, MemberEvent] = {}

    def store(self, *, until: date) -> None:
        """Store what was recorded before a day and isn't stored yet."""
        now = [(n, e) for n, e in enumerate(self.events) if self.since <= e.recorded_on < until]
        rows = {n: self._row(e) for n, e in now}
        if self.since > date.min:
            order = reform.NewOrder(self.rows, {row.person_id for row in rows.values()})
            rows = {n: row for n, row in rows.items() if order.take(n, row, self.events[n].corrects)}
        self.since, self.rows = until, self.rows | rows
        corrections = [n for n in rows if self.events[n].corrects in self.rows]
        first = [row for n, row in rows.items() if n not in set(corrections)]
        MemberEvent.objects.bulk_create(first, batch_size=_BATCH)
        for n in corrections:
            rows[n].corrects = self.rows[self.events[n].corrects or 0]
        MemberEvent.objects.bulk_create([rows[n] for n in corrections], batch_size=_BATCH)
        people = {row.person_id for row in rows.values()}
        refold_many(people)
        reform.take_along(people)

    def _row(self, e: DemoEvent) -> MemberEvent:
        return MemberEvent(
            person_id=self.people[e.person],
            kind=e.kind,
            happened_on=e.on,
            recorded_at=_moment(e.recorded_on),
            organisation=self.organisations[e.organisation] if e.organisation else None,
            post=self.posts[e.post] if e.post else None,
            decision_number=e.decision_number or "",
            decision_on=e.decision_on,
            decision_by=e.decision_by or "",
            data=e.data,
            reason=e.data.get("correction") or e.data.get("reason", ""),
        )


def _moment(day: date, hour: int = 9) -> datetime:
    """Nine in the morning, when an office records what came in the day before."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _accounts(
    accounts: tuple[DemoAccount, ...],
    people: dict[str, int],
    organisations: dict[str, Organisation],
    last_days: dict[str, date],
) -> None:
    # One password for all, hashed once: argon2 is slow on purpose.
    hashed = make_password(PASSWORD)
    rows = [Account(username=a.username, full_name=a.full_name, password=hashed) for a in accounts]
    made = {a.username: a for a in Account.objects.bulk_create(rows)}
    Assignment.objects.bulk_create(
        Assignment(
            account=made[a.username],
            role=role,
            organisation=organisations[code],
            # Whoever took office after a reorganisation comes to it from the organisation that ended.
            since=min(since, last_days.get(code, since)),
        )
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
