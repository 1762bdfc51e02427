"""The two steps of a record: what was filled in is shown with what it will change, then written.

Where a page is answered without going on, nothing was written (``door``): the rehearsal is safe.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse

from tochuc.access.viewer import Viewer
from tochuc.members import recording
from tochuc.members.ledger import Count
from tochuc.members.queries import MemberEvent, Person
from tochuc.members.recording import Effect
from tochuc.web.forms import Form

CONFIRM, BACK, FIND = "confirm", "back", "find"
_NOT_FIELDS = {"csrfmiddlewaretoken", "once", "step", "find"}


def step_of(request: HttpRequest) -> str:
    """What the button that sent the form asks for; empty for showing what would change."""
    if "find" in request.POST:
        return FIND
    return request.POST.get("step", "")


def typed(request: HttpRequest) -> dict[str, str]:
    """What was typed, to fill the form again without judging it yet."""
    return {k: v for k, v in request.POST.items() if k not in _NOT_FIELDS and isinstance(v, str)}


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, to be carried unseen to the next step, with the form's own token."""
    return [*typed(request).items(), ("once", request.POST.get("once", ""))]


def changes(effect: Effect, fields: Iterable[tuple[str, str]] = ()) -> list[dict[str, Any]]:
    """Before and after, for the compare part: where the person stands, and the members of each cell."""
    rows = [
        {"label": "Tư cách", "before": effect.before.standing, "after": effect.after.standing},
        {
            "label": "Chi bộ",
            "before": effect.before.cell,
            "after": effect.after.cell or "không còn ở chi bộ nào trong sổ",
        },
    ]
    if effect.before.conditions or effect.after.conditions:
        rows.append(
            {
                "label": "Tình trạng",
                "before": effect.before.conditions or "sinh hoạt bình thường",
                "after": effect.after.conditions or "không còn tình trạng riêng",
            }
        )
    rows += [
        {"label": change.name, "before": heads(change.before), "after": heads(change.after)}
        for change in effect.cells
    ]
    for row in rows:
        row["same"] = row["before"] == row["after"]  # type: ignore[assignment]
    return rows


def heads(count: Count) -> str:
    """The members of a cell, in words."""
    return f"{count.total} đảng viên ({count.official} chính thức, {count.probationary} dự bị)"


def filled(form: Any) -> list[dict[str, Any]]:
    """What was filled in, for reading over."""
    shown = []
    for field in form.visible_fields():
        value = form.cleaned_data.get(field.name)
        if value in (None, ""):
            continue
        choices = dict(getattr(field.field, "choices", ()) or ())
        shown.append({"label": field.label, "value": choices.get(value, getattr(value, "name", value))})
    return shown


F = TypeVar("F", bound=Form)


class TwoSteps(ABC, Generic[F]):
    """One request about one record: its form, what that will change, then writing it."""

    request: HttpRequest
    viewer: Viewer

    def answer(self) -> HttpResponse:
        """The page, or the way on after writing."""
        made = self.form_made()
        if self.request.method != "POST":
            return self.form_page(made(initial=self.proposed()))
        step = step_of(self.request)
        if step in {BACK, FIND}:
            return self.form_page(made(initial=typed(self.request)))
        form = made(self.request.POST)
        if not form.is_valid():
            return self.form_page(form, status=422)
        if step == CONFIRM:
            event = form.attempt(lambda: self.write(form))
            return self.form_page(form, status=422) if event is None else self.done(event)
        effect = form.attempt(
            lambda: recording.rehearse(self.whose(), lambda: self.write(form), today=self.viewer.today)
        )
        return self.form_page(form, status=422) if effect is None else self.confirm_page(form, effect)

    @abstractmethod
    def whose(self) -> Person:
        """The person whose record it is."""

    @abstractmethod
    def form_made(self) -> Callable[..., F]:
        """What makes the form."""

    @abstractmethod
    def proposed(self) -> dict[str, Any]:
        """What the form begins with."""

    @abstractmethod
    def write(self, form: F) -> MemberEvent:
        """Write what was filled in; raises what the record refuses."""

    @abstractmethod
    def form_page(self, form: F, status: int = 200) -> HttpResponse:
        """The form."""

    @abstractmethod
    def confirm_page(self, form: F, effect: Effect) -> HttpResponse:
        """What was filled in, and what it will change."""

    @abstractmethod
    def done(self, event: MemberEvent) -> HttpResponse:
        """The way on, with what was written in words."""
