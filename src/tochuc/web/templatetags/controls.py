"""What a form's parts show: from a bound Django field, or from plain values, to the one context they read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from tochuc.kernel.known_dates import day_vn

RADIO_LIMIT = 10
"""A list of fewer choices than this is drawn as radio buttons, so that all can be read at once."""

GROUPS = {"radios", "checkboxes"}

_BY_WIDGET = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.HiddenInput, "hidden"),
)
_PASSED_ON = {
    "accept",
    "autocapitalize",
    "autocomplete",
    "inputmode",
    "list",
    "max",
    "maxlength",
    "min",
    "multiple",
    "rows",
    "spellcheck",
    "step",
}

_DJANGO_ROWS = ("rows", "10")
"""Django's own height of a text area, which nobody has asked for."""


def entry(kind: str, name: str, **given: Any) -> dict[str, Any]:
    """The context of one field given by hand. ``errors`` may be a text or a list of texts."""
    field_id = given.pop("id", None) or f"id_{name}"
    errors = given.pop("errors", None) or given.pop("error", None) or []
    shown = {
        "kind": kind,
        "name": name,
        "id": field_id,
        "label": "",
        "hint": "",
        "optional": False,
        "width": "",
        "attrs": {},
        **given,
        "errors": [errors] if isinstance(errors, str) else [str(e) for e in errors],
    }
    shown["value"] = as_typed(given.get("value"))
    shown["choices"] = [_choice(c, i, field_id, shown) for i, c in enumerate(given.get("choices") or ())]
    shown["described"] = _described(shown)
    return shown


def bound(field: BoundField, **given: Any) -> dict[str, Any]:
    """The context of one field of a Django form; anything given by hand wins."""
    widget = field.field.widget
    kind = given.pop("kind", None) or _kind(field)
    seen: dict[str, Any] = {
        "id": field.auto_id or f"id_{field.html_name}",
        "label": field.label,
        "hint": field.help_text,
        "optional": not field.field.required and kind not in {"hidden", "checkbox"},
        "value": field.value(),
        "errors": list(field.errors),
        "attrs": {k: v for k, v in widget.attrs.items() if k in _PASSED_ON and (k, v) != _DJANGO_ROWS},
    }
    if isinstance(field.field, forms.CharField) and field.field.max_length and kind != "hidden":
        seen["attrs"].setdefault("maxlength", field.field.max_length)
    if kind in GROUPS | {"select"}:
        seen["choices"] = list(_choices(field, kind))
    if kind == "checkbox":
        seen["checked"] = bool(field.value())
    return entry(kind, field.html_name, **(seen | given))


def as_typed(value: Any) -> Any:
    """A value as a person would type it: days as dd/mm/yyyy, nothing as an empty text."""
    if value is None:
        return ""
    return day_vn(value) if isinstance(value, date) else value


def _kind(field: BoundField) -> str:
    widget = field.field.widget
    kind = next((k for cls, k in _BY_WIDGET if isinstance(widget, cls)), "text")
    few = kind == "select" and not getattr(widget, "allow_multiple_selected", False)
    if few and 0 < sum(1 for c in _choices(field, "select") if c["value"]) < RADIO_LIMIT:
        return "radios"
    if kind == "text" and (
        isinstance(field.field, forms.DateField) or "date" in str(widget.attrs.get("class", "")).split()
    ):
        return "date"
    return kind


def _choices(field: BoundField, kind: str) -> Iterable[dict[str, Any]]:
    """The choices of a field. A radio list of a required field needs no line for *nothing chosen*."""
    widget = field.field.widget
    chosen = widget.format_value(field.value())
    for group_label, group, _index in widget.optgroups(field.html_name, chosen):
        for option in group:
            value = str(option["value"])
            empty = value == ""
            if empty and kind == "radios" and field.field.required:
                continue
            dashes = empty and not str(option["label"]).strip("- ")
            label = ("Không ghi" if kind == "radios" else "Chọn…") if dashes else option["label"]
            yield {"value": value, "label": label, "checked": option["selected"], "group": group_label}


def _choice(
    choice: Mapping[str, Any] | tuple[Any, str], index: int, field_id: str, shown: dict[str, Any]
) -> dict[str, Any]:
    made = dict(choice) if isinstance(choice, Mapping) else {"value": choice[0], "label": choice[1]}
    made.setdefault("id", f"{field_id}_{index}")
    if "checked" not in made:
        value = shown["value"]
        picked = [str(v) for v in value] if isinstance(value, list | tuple | set) else [str(value)]
        made["checked"] = str(made["value"]) in picked
    return made


def _described(shown: Mapping[str, Any]) -> str:
    """The ids that say more about a field, for ``aria-describedby``."""
    ids = [f"{shown['id']}-hint"] if shown["hint"] else []
    if shown["errors"]:
        ids.append(f"{shown['id']}-error")
    return " ".join(ids)
