"""The seats of a committee in a form: for each post the person elected and the votes; seats left open stay empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from tochuc.cases.declare import Question

_MOST_VOTES = 100_000


def seat_fields(question: Question, offered: Mapping[str, Sequence[tuple[str, str]]]) -> dict[str, Any]:
    """Two fields for each post that the question offers."""
    people = [("", "Chưa có ai"), *offered.get(question.among, ())]
    fields: dict[str, Any] = {}
    for code, title in offered.get(question.offers, ()):
        fields[f"{question.name}:{code}:person"] = forms.ChoiceField(
            label=f"{title}: người trúng cử", choices=people, widget=forms.Select, required=False
        )
        fields[f"{question.name}:{code}:votes"] = forms.IntegerField(
            label=f"{title}: số phiếu", min_value=0, max_value=_MOST_VOTES, required=False
        )
    return fields


def is_seat(name: str) -> bool:
    """Whether a field is one of these, by its name."""
    return ":" in name


def seats_given(question: Question, clean: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What was filled in: post → person and votes."""
    found: dict[str, dict[str, Any]] = {}
    for name, value in clean.items():
        asked, _, rest = name.partition(":")
        code, _, what = rest.rpartition(":")
        if asked == question.name and what == "person" and value:
            votes = clean.get(f"{asked}:{code}:votes")
            found[code] = {"person": value, "votes": votes or 0}
    return found
