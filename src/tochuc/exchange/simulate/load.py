"""Writing a simulated country into an empty database: organisations first, then everyone's ledger in one transaction."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from typing import Any

from django.db import connections, transaction
from django.db.models import Model

from tochuc.exchange.simulate.copying import Copier, bare, row
from tochuc.exchange.simulate.country import FOUNDED, REFORM, Country, Unit, planned, seats_of_cell, units
from tochuc.exchange.simulate.rows import FIELDS, Written, make
from tochuc.kernel.days import FOREVER
from tochuc.kernel.names import fold
from tochuc.members import branch_names, joining_days, totalling
from tochuc.members.models import (
    BranchName,
    Condition,
    Holds,
    MemberEvent,
    Membership,
    Movement,
    PartyDays,
    Person,
)
from tochuc.org import heirs
from tochuc.org.models import Organisation, OrganisationEvent, OrganisationSpan, Post, Succession, Under

_TABLES = {
    "person": Person,
    "event": MemberEvent,
    "membership": Membership,
    "movement": Movement,
    "holds": Holds,
    "condition": Condition,
}
_TRIGGERS = (("members_person", "person_added"), ("members_memberevent", "event_written"))
_AT_ONCE = 8
"""Communes that a process makes before it hands them over."""
Rows = dict[type[Model], list[str]]
Say = Callable[[str], None]


class NotEmpty(Exception):
    """The database already holds organisations or people."""


def simulate(members: int, *, seed: int, until: date, processes: int, say: Say = lambda _: None) -> Country:
    """Make a country of so many members as it stands on a day. The database must be empty."""
    if Person.objects.exists() or Organisation.objects.exists():
        raise NotEmpty
    country = planned(members)
    say(f"{country.provinces} tỉnh, {country.communes} xã, {country.cells} chi bộ")
    _found(country, seed, until)
    say("đã lập cây tổ chức")
    _live(country, seed, until, processes, say)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    return country


def _found(country: Country, seed: int, until: date) -> None:
    fields: dict[type[Model], tuple[str, ...]] = {
        Organisation: ("id", "code", "name", "short_name", "kind", "cell_kind", "since", "until", "fold"),
        OrganisationEvent: ("id", "organisation", "kind", "happened_on", "recorded_at", "data"),
        OrganisationSpan: (
            "organisation",
            "name",
            "short_name",
            "kind",
            "cell_kind",
            "parent",
            "since",
            "until",
        ),
        Under: ("unit", "above", "depth", "since", "until"),
        Post: ("id", "organisation", "code", "kind", "title", "since"),
        Succession: ("predecessor", "successor", "on", "event"),
    }
    rows: Rows = {model: [] for model in fields}
    made = {unit.pk: unit for unit in units(country, seed, until)}
    for unit in made.values():
        _write_unit(unit, rows, country)
        rows[Under] += _superiors(unit, made)
    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        with bare(cursor, [model._meta.db_table for model in rows]):
            for model, own in rows.items():
                Copier(model, fields[model], owner).copy(cursor, own)
        for model in (Organisation, OrganisationEvent, Post):
            _restart(cursor, model)
    with transaction.atomic():
        heirs.refresh()


def _superiors(unit: Unit, made: dict[int, Unit]) -> Iterator[str]:
    """The rows of the closure: under whom the organisation stood before the reform, and under whom since."""
    ends = unit.until or FOREVER
    yield row(unit.pk, unit.pk, 0, unit.since, ends)
    changes = REFORM if unit.parent_since_reform else ends
    for parent, since, until in (
        (unit.parent, unit.since, changes),
        (unit.parent_since_reform, REFORM, ends),
    ):
        depth = 1
        while parent is not None:
            yield row(unit.pk, parent, depth, since, until)
            parent, depth = made[parent].parent, depth + 1


def _write_unit(unit: Unit, rows: Rows, country: Country) -> None:
    kind = unit.kind_since_reform or unit.kind
    until = unit.until or FOREVER
    names = (unit.name, unit.short_name)
    rows[Organisation].append(
        row(unit.pk, unit.code, *names, kind, unit.cell_kind, unit.since, until, fold(unit.name))
    )
    said = {"name": unit.name, "short_name": unit.short_name, "kind": unit.kind, "cell_kind": unit.cell_kind}
    _event(rows, unit, 0, "founded", unit.since, said | {"parent": unit.parent})
    changes = REFORM if unit.parent_since_reform else until
    rows[OrganisationSpan].append(
        row(unit.pk, *names, unit.kind, unit.cell_kind, unit.parent, unit.since, changes)
    )
    if unit.parent_since_reform:
        _event(rows, unit, 1, "converted", REFORM, {"kind": kind, "parent": unit.parent_since_reform})
        rows[OrganisationSpan].append(
            row(unit.pk, *names, kind, unit.cell_kind, unit.parent_since_reform, REFORM, until)
        )
    if unit.until:
        _end(rows, unit, country)
    if unit.kind == "cell":
        for seat in seats_of_cell(country, unit.pk - country.first_cell, unit.name):
            rows[Post].append(row(seat.pk, seat.organisation, seat.code, seat.kind, seat.title, FOUNDED))


def _end(rows: Rows, unit: Unit, country: Country) -> None:
    """A commune of before the reform is followed by the one it was merged into; a district by none."""
    successor = None
    if unit.kind == "grassroots_committee":
        successor = country.first_merged + country.merged_of(unit.pk - country.first_commune)
        rows[Succession].append(row(unit.pk, successor, unit.until, unit.pk * 2 + 1))
    _event(rows, unit, 1, "ended", REFORM, {"successors": [successor]} if successor else {})


def _event(rows: Rows, unit: Unit, n: int, kind: str, on: date, data: dict[str, object]) -> None:
    text = json.dumps(data, ensure_ascii=False)
    rows[OrganisationEvent].append(row(unit.pk * 2 + n, unit.pk, kind, on, f"{on} 08:00:00+07", text))


def _live(country: Country, seed: int, until: date, processes: int, say: Say) -> None:
    owner = connections["owner"]
    copiers = {name: Copier(model, FIELDS[name], owner) for name, model in _TABLES.items()}
    done = 0
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        # What follows from each row as it is copied takes longer than from all of them at the end.
        for table, trigger in _TRIGGERS:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        with bare(cursor, [model._meta.db_table for model in _TABLES.values()]):
            for blobs in _made(country, seed, until.toordinal(), processes):
                for name, own in blobs.items():
                    copiers[name].copy(cursor, own)
                done += len(blobs["person"])
                say(f"{done} người")
            say("đang lập chỉ mục và kiểm tra ràng buộc")
        for model in (Person, MemberEvent):
            _restart(cursor, model)
        say("đang lập danh sách tìm kiếm và ngày vào Đảng")
        cursor.execute("SET LOCAL work_mem = '256MB'")
        with bare(cursor, [BranchName._meta.db_table, PartyDays._meta.db_table]):
            branch_names.rebuild(cursor=cursor)
            joining_days.fill(cursor)
        for table, trigger in _TRIGGERS:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
        say("đang cộng dồn số liệu của các đảng bộ lớn")
        totalling.rebuild(cursor=cursor)


def _made(country: Country, seed: int, until: int, processes: int) -> Iterator[Written]:
    """The rows of the communes in order, made by several processes, a few batches ahead."""
    batches = [range(n, min(n + _AT_ONCE, country.communes)) for n in range(0, country.communes, _AT_ONCE)]
    if processes < 2 or len(batches) < 2:
        for batch in batches:
            yield make(country, batch, seed, until)
        return
    # Fresh processes: they share neither the database's connections nor its server's end.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[Written]] = deque()
        for batch in batches:
            waiting.append(pool.submit(make, country, batch, seed, until))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _restart(cursor: Any, model: type[Model]) -> None:
    """Let the table's next number come after those given."""
    table = model._meta.db_table
    cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
