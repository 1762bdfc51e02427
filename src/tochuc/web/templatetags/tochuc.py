"""Template tags of the design system; ``docs/interface-parts.md`` lists each with a line of use."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms import BoundField
from django.template import Context, loader
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.words import in_sentence
from tochuc.web.templatetags import controls, marked

register = template.Library()

SHOWN_PAGES_EACH_SIDE = 2


@register.simple_tag
def icon(name: str) -> SafeString:
    """One icon of the sprite. It is decoration: words stand beside it."""
    return format_html(
        '<svg class="icon" width="24" height="24" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("tochuc/icons.svg"),
        name,
    )


@register.filter
def day(value: object) -> str:
    """A day as dd/mm/yyyy, of a moment the day it was in Vietnam; one known less exactly as it is known."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    return day_vn(value) if isinstance(value, date) else str(value)


register.filter("in_sentence", in_sentence)


@register.filter
def number(value: object) -> str:
    """A whole number with dots between thousands, a fraction with a comma, as the forms write them."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    whole, fraction = f"{value:,.2f}".split(".")
    fraction = fraction.rstrip("0")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


@register.inclusion_tag("parts/marks.html", takes_context=True)
def marks(context: Context, form: forms.BaseForm | None = None) -> dict[str, Any]:
    """What every posting form carries unseen: the CSRF token, the once-only token, its hidden fields."""
    token = getattr(form, "once", "") or str(uuid.uuid4())
    hidden = [f for f in form.hidden_fields() if f.name != "once"] if form is not None else []
    return {"csrf_token": context.get("csrf_token"), "once": token, "hidden": hidden}


@register.inclusion_tag("parts/errors.html")
def errors(*sources: forms.BaseForm | Iterable[Mapping[str, str]] | None) -> dict[str, Any]:
    """The summary on top of a form: each refusal with a link to the field that mends it."""
    listed: list[dict[str, str]] = []
    for source in sources:
        if isinstance(source, forms.BaseForm):
            listed += _refusals(source)
        elif source:
            listed += [dict(e) for e in source]
    return {"errors": listed}


def _refusals(form: forms.BaseForm) -> list[dict[str, str]]:
    found = [{"id": "", "message": str(m)} for m in form.non_field_errors()] if form.is_bound else []
    for field in form:
        if field.errors:
            shown = controls.bound(field)
            target = f"{shown['id']}_0" if shown["kind"] in controls.GROUPS else shown["id"]
            found += [{"id": target, "message": f"{shown['label']}: {m}"} for m in shown["errors"]]
    return found


@register.inclusion_tag("parts/field.html")
def field(bound_field: BoundField, **given: Any) -> dict[str, Any]:
    """One field of a Django form: label, hint, error and the control that suits it."""
    return controls.bound(bound_field, **given)


@register.inclusion_tag("parts/field.html")
def entry(kind: str, name: str, **given: Any) -> dict[str, Any]:
    """One field from plain values, drawn like those of a form."""
    return controls.entry(kind, name, **given)


@register.inclusion_tag("parts/table.html", takes_context=True)
def table(
    context: Context,
    columns: Sequence[Mapping[str, Any]],
    rows: Iterable[Mapping[str, Any]],
    *,
    caption: str,
    **given: Any,
) -> dict[str, Any]:
    """A list as a table; on a phone each row is its name and the one fact that matters."""
    heads = [dict(c) for c in columns]
    fact = next((i for i, c in enumerate(heads[1:]) if c.get("fact")), 0)
    kinds = [
        ("num " if c.get("number") else "") + ("fact" if i == fact else "rest")
        for i, c in enumerate(heads[1:])
    ]
    shown = [
        {**row, "shown": [_cell(c, k, v) for c, k, v in zip(heads[1:], kinds, row["cells"], strict=True)]}
        for row in rows
    ]
    return {
        "columns": heads,
        "rows": shown,
        "caption": caption,
        "total": given.pop("total", len(shown)),
        "more": len(heads) > 2,
        **given,
    }


def _cell(column: Mapping[str, Any], kind: str, value: Any) -> dict[str, Any]:
    """One cell as the table's template reads it: its words are settled here, once, not in the loop."""
    given = value if isinstance(value, Mapping) else {"text": value}
    text = number(given["text"]) if column.get("number") else day(given["text"])
    return {**given, "text": text, "kind": kind, "label": column["label"]}


@register.inclusion_tag("parts/statement.html")
def statement(
    columns: Sequence[Mapping[str, Any]],
    rows: Iterable[Mapping[str, Any]],
    *,
    caption: str,
    **given: Any,
) -> dict[str, Any]:
    """A wide table of figures that scrolls inside its own box only."""
    return {"columns": columns, "rows": rows, "caption": caption, **given}


@register.inclusion_tag("parts/pagination.html", takes_context=True)
def pagination(context: Context, page: Page, *, param: str = "trang", what: str = "dòng") -> dict[str, Any]:
    """Links to the other pages of a list, keeping the address's filter and sort."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None

    def url(number: int) -> str:
        if query is None:
            return f"?{param}={number}"
        query[param] = str(number)
        return f"?{query.urlencode()}"

    paginator, here = page.paginator, page.number
    elided = paginator.get_elided_page_range(here, on_each_side=SHOWN_PAGES_EACH_SIDE, on_ends=1)
    return {
        "page": page,
        "what": what,
        "previous": url(here - 1) if page.has_previous() else "",
        "next": url(here + 1) if page.has_next() else "",
        "numbers": [
            {"number": n, "url": url(n) if isinstance(n, int) else "", "current": n == here} for n in elided
        ],
    }


@register.simple_tag
def source(text: str, spans: Iterable[Mapping[str, Any]]) -> SafeString:
    """A source text with its cited places marked; each mark is an anchor that links to its item."""
    return marked.marked(text, spans)


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """A message in a box: ``info``, ``success``, ``warning`` or ``error``."""
    return _rendered("parts/notice.html", kind=kind, title=title, text=content)


@register.simple_block_tag
def why(content: str, label: str = "Vì sao?") -> SafeString:
    """A quiet line that opens the reason of what stands above it."""
    return _rendered("parts/why.html", label=label, text=content)


@register.simple_block_tag
def scrollbox(content: str, label: str) -> SafeString:
    """A box that scrolls by itself, for a table of one's own that is wider than the page."""
    return _rendered("parts/scrollbox.html", label=label, text=content)


def _rendered(name: str, **context: Any) -> SafeString:
    return mark_safe(loader.render_to_string(name, context))
