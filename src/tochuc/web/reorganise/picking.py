"""Choosing organisations inside a form: found by typing without tones, those chosen stay chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from tochuc.kernel.names import fold
from tochuc.org.kinds import kind_words
from tochuc.org.queries import Organisation, code_taken, find_units, units_under
from tochuc.web.fields import storable

_SHOWN = 25
_LONGEST = 100


@dataclass(frozen=True)
class Offered:
    """What can be chosen: organisations of one's branch on a day, and those that the plan founds (code, name).

    Before any word is typed those under ``near`` are shown: the branch whose plan it is.
    """

    organisations: QuerySet[Organisation]
    on: date
    founded: tuple[tuple[str, str], ...] = ()
    near: Organisation | None = None

    def taken(self, code: str) -> bool:
        """Whether an organisation has this code already, anywhere."""
        return code_taken(code)


class PickField(forms.Field):
    """One organisation or several. The value is a list of codes; the words typed stand in ``<name>_q``.

    ``old``: only organisations that are there already, none that the plan founds.
    """

    def __init__(
        self, *, many: bool = False, kinds: Iterable[str] = (), old: bool = False, **kwargs: Any
    ) -> None:
        kwargs.setdefault("widget", forms.SelectMultiple())
        super().__init__(**kwargs)
        self.old = old
        self.many, self.kinds = many, frozenset(kinds)
        self.offered: Offered | None = None

    def clean(self, value: Any) -> Any:
        """The codes chosen, each one that is offered."""
        codes = list(dict.fromkeys(str(code) for code in value or () if code))
        if not codes:
            if self.required:
                raise forms.ValidationError("Cần chọn một tổ chức; gõ vài chữ trong tên rồi bấm Tìm.")
            return [] if self.many else None
        known = {row["value"] for row in self.rows(codes=codes)}
        if set(codes) - known:
            raise forms.ValidationError("Có tổ chức không còn trong danh sách; hãy tìm và chọn lại.")
        return codes if self.many else codes[0]

    def rows(self, *, words: str = "", codes: Iterable[str] = ()) -> list[dict[str, Any]]:
        """The choices that match the words, or have these codes; one more than is shown says that there are more."""
        if self.offered is None:
            return []
        chosen = list(codes)
        spans = find_units(self.offered.organisations, words, self.offered.on)
        if self.kinds:
            spans = spans.filter(kind__in=self.kinds)
        if not words and not chosen and self.offered.near is not None:
            spans = spans.filter(organisation__in=units_under(self.offered.near, self.offered.on))
        if chosen:
            spans = spans.filter(organisation__code__in=chosen)
        parts = fold(storable(words)).split()
        new = [
            {"value": code, "label": name, "hint": "thành lập trong phương án này"}
            for code, name in (() if self.old else self.offered.founded)
            if (code in chosen if chosen else all(part in fold(name) for part in parts))
        ]
        most = len(chosen) if chosen else _SHOWN + 1
        found = [
            {"value": span.organisation.code, "label": span.name, "hint": _hint(span)}
            for span in spans[:most]
        ]
        return [*new, *found]


def _hint(span: Any) -> str:
    above = f", {span.parent.name}" if span.parent else ""
    return f"{kind_words(span.kind, span.name)}{above}"


def picked(form: forms.Form, name: str) -> dict[str, Any]:
    """What the part ``pick.html`` shows: the words typed, those chosen, those found beside them."""
    field, bound = form.fields[name], form[name]
    assert isinstance(field, PickField)
    value = bound.value() or []
    chosen = [value] if isinstance(value, str) else [str(code) for code in value]
    words = storable(str(form.data.get(f"{form.add_prefix(name)}_q", ""))).strip()
    kept = field.rows(codes=chosen) if chosen else []
    found = [row for row in field.rows(words=words[:_LONGEST]) if row["value"] not in chosen]
    choices = [{**row, "checked": True} for row in kept] + found[:_SHOWN]
    for n, one in enumerate(choices):
        one["id"] = f"id_{bound.html_name}_{n}"
    return {
        "name": bound.html_name,
        "label": field.label,
        "hint": field.help_text,
        "optional": not field.required,
        "many": field.many,
        "query": words,
        "choices": choices,
        "more": len(found) > _SHOWN,
        "errors": list(bound.errors),
    }
