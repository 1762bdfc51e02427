"""The plain records of a demonstration district, ready to be stored by whoever loads them.

Days are half-open: ``until`` is the first day that no longer counts. References are by code: ``DemoOrg.code``,
``DemoPerson.ref``, ``DemoPost.code``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Gender = Literal["male", "female"]


@dataclass(frozen=True, slots=True)
class DemoOrg:
    """An organisation or a board of the committee; a superior always comes before what stands under it."""

    code: str
    name: str
    short_name: str
    kind: str
    cell_kind: str | None
    parent: str | None
    since: date
    until: date | None = None
    predecessors: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person; ``birth_iso`` is as exact as it is known (`1975-04-02`, `1975-04`, `1975`)."""

    ref: str
    full_name: str
    gender: Gender
    birth_iso: str
    hometown: str
    residence: str
    ethnicity: str
    religion: str | None
    occupation: str
    education: str
    qualification: str
    political_theory: str | None
    card_number: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class DemoEvent:
    """One entry of a person's ledger.

    A person's events stand together, in the order in which they are to be recorded; each is possible after
    those before it. ``corrects`` is the place (from 0) of the corrected event in the whole list.
    ``organisation`` is the one come to, or of the post; ``data`` holds texts only, days as ISO:

    * opening, arrived: ``standing``, ``admitted_on``, ``official_on`` (officials), ``party_age_from``;
      arrived also ``origin``
    * readmitted: ``first_admitted_on``, ``left_on``; left_for: ``destination``
    * transferred, left_post, departed, expelled, exempted, sympathiser_closed: ``reason``; removed: ``ground``
    * sympathiser_listed: ``source``
    * any event that corrects another: ``correction``, why
    """

    person: str
    kind: str
    on: date
    recorded_on: date
    organisation: str | None = None
    post: str | None = None
    decision_number: str | None = None
    decision_on: date | None = None
    decision_by: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class DemoPost:
    """A post that one person at a time can hold; who did is told by the ledger."""

    code: str
    organisation: str
    kind: str
    title: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account and its roles: (role, organisation, since)."""

    username: str
    person: str | None
    full_name: str
    roles: tuple[tuple[str, str, date], ...]


@dataclass(frozen=True, slots=True)
class DemoText:
    """A text to draft a conference or a conclusion notice from; ``on`` is the day it is about."""

    code: str
    title: str
    on: date
    body: str


@dataclass(frozen=True, slots=True)
class DemoDistrict:
    """Everything of one or several districts."""

    orgs: tuple[DemoOrg, ...]
    people: tuple[DemoPerson, ...]
    events: tuple[DemoEvent, ...]
    posts: tuple[DemoPost, ...]
    accounts: tuple[DemoAccount, ...]
    texts: tuple[DemoText, ...]
    # Organisation and the day on which a congress of it closed.
    congresses: tuple[tuple[str, date], ...] = ()
