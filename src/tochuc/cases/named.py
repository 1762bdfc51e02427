"""What answers name by address or code, in words: people, posts, organisations; looked up once for a whole case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast

from tochuc.cases.declare import Question
from tochuc.kernel.known_dates import day_vn
from tochuc.members.models import Person
from tochuc.org.models import Organisation, Post

Answered = tuple[Iterable[Question], Mapping[str, Any]]
"""Questions with what was answered to them."""


@dataclass(frozen=True)
class Names:
    """Names of people by address, of posts and organisations by code."""

    people: Mapping[str, str] = field(default_factory=dict)
    posts: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)

    def words(self, question: Question, answer: Any, choices: Mapping[str, str] | None = None) -> str:
        """An answer as a person reads it; ``choices`` are what the record offered, where that was a choice."""
        match question.kind:
            case "day":
                return day_vn(date.fromisoformat(str(answer)))
            case "flag":
                return "Có"
            case "choice" | "some" | "organisation":
                return "; ".join(self._chosen(question, str(one), choices or {}) for one in _listed(answer))
            case "person" | "people":
                return ", ".join(self.people.get(str(one), "không còn trong sổ") for one in _listed(answer))
            case "seats":
                return "; ".join(self._seat(code, given) for code, given in dict(answer).items())
        return str(answer)

    def _chosen(self, question: Question, key: str, choices: Mapping[str, str]) -> str:
        """A post by its title alone: who holds it today says nothing of the day of the answer."""
        if question.offers and (named := self.posts.get(key) or self.organisations.get(key)):
            return named
        return choices.get(key) or question.choices.get(key) or key

    def _seat(self, code: str, given: Mapping[str, Any]) -> str:
        """``Bí thư Chi bộ thôn: Bùi Thị Lan, 9 phiếu``."""
        who = self.people.get(str(given.get("person")), "không còn trong sổ")
        votes = f", {given['votes']} phiếu" if given.get("votes") else ""
        return f"{self.posts.get(code, 'Ủy viên')}: {who}{votes}"


def _listed(answer: Any) -> list[Any]:
    return answer if isinstance(answer, list) else [answer]


def names_in(answered: Iterable[Answered]) -> Names:
    """The names of everything that these answers name; nothing is asked where they name nothing."""
    people: set[str] = set()
    codes: set[str] = set()
    for kind, key in _keys(answered):
        (people if kind == "person" else codes).add(key)
    found: dict[str, dict[str, str]] = {"person": {}, "post": {}, "organisation": {}}
    several = [
        one
        for given, one in (
            (people, _named("person", Person.objects.filter(ref__in=people), "ref", "full_name")),
            (codes, _named("post", Post.objects.filter(code__in=codes), "code", "title")),
            (codes, _named("organisation", Organisation.objects.filter(code__in=codes), "code", "name")),
        )
        if given
    ]
    for kind, key, name in several[0].union(*several[1:], all=True) if several else ():
        found[kind][key] = name
    return Names(found["person"], found["post"], found["organisation"])


def _named(kind: str, rows: QuerySet[Any], key: str, name: str) -> QuerySet[Any, Any]:
    """Rows as kind, key and name, so that one question asks for all kinds."""
    kinded = rows.order_by().annotate(named=Value(kind, TextField()))
    return kinded.values_list("named", Cast(key, TextField()), Cast(name, TextField()))


def _keys(answered: Iterable[Answered]) -> Iterator[tuple[str, str]]:
    for questions, answers in answered:
        for question in questions:
            answer = answers.get(question.name)
            if answer in (None, "", [], {}):
                continue
            if question.kind in {"person", "people"}:
                yield from (("person", str(one)) for one in _listed(answer))
            elif question.kind == "seats":
                for code, given in dict(answer).items():
                    yield "code", code
                    yield "person", str(given.get("person"))
            elif question.offers or question.kind == "organisation":
                yield from (("code", str(one)) for one in _listed(answer))
