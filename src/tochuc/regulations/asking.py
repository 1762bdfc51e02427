"""Asking the rules for a branch: its own regulation where it has one, else the packs; confirmed where somebody read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Value

from tochuc.kernel.known_dates import KnownDate
from tochuc.kernel.remembering import remembered
from tochuc.org.models import Organisation
from tochuc.org.queries import lines_above
from tochuc.regulations.models import Confirmation, LocalValue
from tochuc.rules.ask import history, rule
from tochuc.rules.by_day import RulesOfADay
from tochuc.rules.checks import frozen_value
from tochuc.rules.declare import Cite, Confidence, DocumentType, Source
from tochuc.rules.ruled import Ruled, RuleValue

CONFIRMED: Confidence = "text"
_TYPES: dict[str, DocumentType] = {
    "HD": "guidance",
    "QĐ": "decision",
    "QC": "working_rules",
    "CT": "directive",
    "KL": "conclusion",
    "NQ": "resolution",
    "CV": "official_letter",
    "KH": "plan",
}
"""What a branch's document is, by the letters of its symbol (`05-HD/BTCHU`)."""


@dataclass(frozen=True)
class Asker:
    """The rules as they hold for one branch. Made with a query or two, then asked as often as needed.

    ``local``: values that count, of the branch's organisations nearest first; ``confirmed``: (parameter, since) of
    the pack's value → place.
    """

    local: Mapping[str, tuple[LocalValue, ...]]
    confirmed: Mapping[tuple[str, date], str]

    def __call__(self, rule_id: str, *, on: date) -> Ruled:
        """What the rule says for the branch on the day; raises as `rules.ask.rule` does."""
        for value in self.local.get(rule_id, ()):
            if value.since <= on < value.until:
                return as_ruled(value)
        said = rule(rule_id, on=on)
        place = self.confirmed.get((rule_id, said.since))
        return (
            said if place is None else replace(said, confidence=CONFIRMED, cite=Cite(said.cite.source, place))
        )


@remembered
def asker_for(organisation: Organisation | None, on: date) -> Asker:
    """The rules for an organisation, as its superiors of the day have them too; None: what ships, with confirmations."""
    depths: dict[int, int] = {}
    if organisation is not None:
        depths = {line.above_id: line.depth for line in lines_above(organisation, on)}
    found: dict[str, list[LocalValue]] = {}
    local, confirmed = _said(depths)
    for value in sorted(local, key=lambda value: depths[value.organisation_id]):
        found.setdefault(value.parameter, []).append(value)
    return Asker({key: tuple(values) for key, values in found.items()}, confirmed)


def on(day: date, organisation: Organisation | None = None) -> RulesOfADay:
    """The rules of a day for a branch, by chapter and name: ``on(day, commune).admission.age_minimum``."""
    return RulesOfADay(day, asker_for(organisation, day))


def _said(organisations: Iterable[int]) -> tuple[Iterable[LocalValue], dict[tuple[str, date], str]]:
    """The values that these organisations (by id) have of their own; and every confirmation: of which value of which
    parameter, and where it was read. Asked at once, since few branches have any of their own.
    """
    counting = LocalValue.objects.filter(
        organisation__in=list(organisations), withdraws=None, withdrawn_by=None
    )
    columns = ("parameter", "since", "article", "pk")
    confirmed = Confirmation.objects.values_list(*columns, Value(False))
    rows = list(confirmed.union(counting.values_list(*columns, Value(True)), all=True))
    own = [row[3] for row in rows if row[4]]
    read = sorted((row for row in rows if not row[4]), key=lambda row: row[3])
    local = LocalValue.objects.filter(pk__in=own).order_by("-since") if own else ()
    return local, {(parameter, since): article for parameter, since, article, *_ in read}


def as_ruled(value: LocalValue) -> Ruled:
    """A local value as the answer of its parameter: its own document, read in the text by whoever entered it."""
    like = history(value.parameter)[-1]
    source = Source.model_validate(
        {
            "id": f"local-{value.pk}",
            "type": _type_of(value.document_number),
            "number": value.document_number,
            "issuer": value.document_issuer,
            "date": KnownDate(value.document_on, "day"),
            "title": value.document_title,
            "confidence": "text",
        }
    )
    return Ruled(
        id=like.id,
        title=like.title,
        kind=like.kind,
        value=_as_said(like.kind, value.value),
        unit=like.unit,
        cite=Cite(source, value.article),
        confidence="text",
        since=value.since,
        until=value.until,
        note=like.lasting_note,
        lasting_note=like.lasting_note,
    )


def _type_of(number: str) -> DocumentType:
    symbol = number.partition("-")[2].partition("/")[0].strip()
    return _TYPES.get(symbol, "regulation")


def _as_said(kind: str, kept: Any) -> RuleValue:
    """A value as it was given: a column of JSON holds a fraction as its text."""
    fraction = kind == "rate" or (kind == "money" and isinstance(kept, str))
    said: RuleValue = Decimal(str(kept)) if fraction else frozen_value(kept)
    return said
