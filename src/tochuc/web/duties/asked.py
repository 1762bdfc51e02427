"""Which part of *Việc cần làm* an address asks for: kind, group, branch, person, words, month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import GROUPS, labels
from tochuc.duties.sifting import Asked
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import DomainError
from tochuc.members.queries import Person
from tochuc.org.queries import Organisation
from tochuc.web.fields import asked

KIND, GROUP, BRANCH, PERSON, WORDS, MONTH = "loai", "nhom", "to-chuc", "nguoi", "q", "thang"
GROUP_WORDS = {
    "overdue": "qua-han",
    "this_week": "tuan-nay",
    "this_month": "thang-nay",
    "later": "sau-do",
    "waiting": "dang-cho",
}
"""Groups as addresses write them."""
_GROUPS = {word: code for code, word in GROUP_WORDS.items()}
# No row has this id: what is asked for isn't there, or isn't the viewer's.
_NOWHERE = 0


@dataclass(frozen=True)
class Chosen:
    """What is chosen, with the organisation and the person that it names where the viewer may see them."""

    kind: str = ""
    group: str = ""
    words: str = ""
    month: str = ""
    branch: Organisation | None = None
    person: Person | None = None
    elsewhere: bool = False

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return bool(
            self.kind
            or self.group
            or self.words
            or self.month
            or self.branch
            or self.person
            or self.elsewhere
        )

    @property
    def asked(self) -> Asked:
        """The same for the query."""
        first, last = days_of(self.month) if self.month else (None, None)
        branch = self.branch.pk if self.branch else None
        person = self.person.pk if self.person else None
        return Asked(
            self.kind, self.group, _NOWHERE if self.elsewhere else branch, person, self.words, first, last
        )

    def within(self, first: date, last: date) -> Asked:
        """The same between two days."""
        return replace(self.asked, first=first, last=last)

    def query(self, **other: str) -> str:
        """The address's query for the same choice but for what is named; an empty one takes the choice away."""
        said = {
            KIND: self.kind,
            GROUP: GROUP_WORDS.get(self.group, ""),
            BRANCH: self.branch.code if self.branch else "",
            PERSON: self.person.ref if self.person else "",
            WORDS: self.words,
            MONTH: self.month,
        }
        named = {_NAMES[name]: value for name, value in other.items()}
        return urlencode({key: value for key, value in (said | named).items() if value})

    def url(self, page: str = "home", **other: str) -> str:
        """The address of a page with this choice, but for what is named."""
        query = self.query(**other)
        return f"{reverse(page)}?{query}" if query else reverse(page)

    def words_said(self) -> list[str]:
        """What is chosen, in words, for the head of a page or sheet."""
        return [
            *([self.branch.name] if self.branch else []),
            *([self.person.full_name] if self.person else []),
            *([labels().get(self.kind, self.kind)] if self.kind else []),
            *([dict(GROUPS)[self.group]] if self.group else []),
            *([f"có chữ «{self.words}»"] if self.words else []),
        ]


_NAMES = {"kind": KIND, "group": GROUP, "branch": BRANCH, "person": PERSON, "words": WORDS, "month": MONTH}


def chosen(request: HttpRequest, viewer: Viewer) -> Chosen:
    """What the address asks for. What it can't mean is left out; a place or person out of reach gives an empty list."""
    code, ref = asked(request, BRANCH), asked(request, PERSON)
    branch = (
        _first(gate.visible(viewer, "organisation.read", "organisation").filter(code=code)) if code else None
    )
    person = _first(gate.visible(viewer, "member.read", "person").filter(ref=ref)) if ref else None
    kind, month = asked(request, KIND), asked(request, MONTH)
    return Chosen(
        kind=kind if kind in labels() else "",
        group=_GROUPS.get(asked(request, GROUP), ""),
        words=asked(request, WORDS),
        month=month if _is_month(month) else "",
        branch=branch,
        person=person,
        elsewhere=bool((code and branch is None) or (ref and person is None)),
    )


def days_of(month: str) -> tuple[date, date]:
    """The first and the last day of a month written ``2023-05``."""
    first = date.fromisoformat(f"{month}-01")
    return first, add_months(first, 1) - timedelta(days=1)


def _is_month(text: str) -> bool:
    try:
        days_of(text)
    except (ValueError, DomainError):
        return False
    return True


def _first(rows: Any) -> Any:
    return rows.first()
