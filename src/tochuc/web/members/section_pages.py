"""A section of the record, in the order and words of the form: read, and filled in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.members import queries
from tochuc.members.actions import note_read
from tochuc.members.facts import Ground, rows_of
from tochuc.members.keeping import keep
from tochuc.members.queries import Fact, Person
from tochuc.members.record_fields import BY_SLUG, HIDDEN, SECTIONS, Field, Section, Table
from tochuc.members.record_values import value_of
from tochuc.web.door import page
from tochuc.web.members.record_forms import SectionForm, editable
from tochuc.web.members.whole_timeline import row_words, since_words
from tochuc.web.organisations.place import person_head


@page("dang-vien/<person:person>/muc/<str:section>/", name="member_section", needs="member.read")
def member_section(request: HttpRequest, viewer: Viewer, person: Person, section: str) -> HttpResponse:
    """A section that whoever reads the record may read."""
    return _section_page(request, viewer, person, _section(section, private=False))


@page(
    "dang-vien/<person:person>/muc-rieng/<str:closed>/", name="member_closed_section", needs="member.private"
)
def member_closed_section(request: HttpRequest, viewer: Viewer, person: Person, closed: str) -> HttpResponse:
    """A section of private fields; that it was opened is noted by itself."""
    return _section_page(request, viewer, person, _section(closed, private=True))


def _section(slug: str, *, private: bool) -> Section:
    section = BY_SLUG.get(slug)
    if section is None or section.private != private:
        raise Http404
    return section


def section_url(person: Person, section: Section) -> str:
    """Where a section is read."""
    name = "member_closed_section" if section.private else "member_section"
    return reverse(name, args=[person.ref, section.slug])


def _section_page(request: HttpRequest, viewer: Viewer, person: Person, section: Section) -> HttpResponse:
    note_read(person, by=viewer.actor, part=section.slug)
    codes = [*(field.code for field in section.fields), *(table.code for table in section.tables)]
    facts = queries.facts_of(person, *codes)
    rights = gate.rights(viewer, ("member.edit", "member.record_exit", "member.identity"), "person", person)
    may_edit = "member.edit" in rights
    context = {
        **person_head(viewer, person, f"{section.title}: {person.full_name}", section.title),
        "section": section,
        "own": person.account_id == viewer.account.pk,
        "facts": [_fact(person, field, facts, rights) for field in section.fields],
        "tables": [_table(person, table, facts, rights) for table in section.tables],
        "edit_url": reverse("member_section_edit", args=[person.ref, section.slug])
        if may_edit and editable(section)
        else "",
        "others": [(one.title, section_url(person, one), one == section) for one in SECTIONS],
    }
    return render(request, "members/section.html", context)


def _fact(person: Person, field: Field, facts: list[Fact], rights: frozenset[str]) -> dict[str, Any]:
    value = value_of(person, field.code)
    own = [fact for fact in facts if fact.field == field.code]
    shown: dict[str, Any] = {
        "label": f"{field.item}. {field.label}" if field.item else field.label,
        "value": field.shown(value),
        "history_url": reverse("member_history", args=[person.ref, field.code]) if own else "",
    }
    last = own[-1] if own else None
    if last is not None and last.since is not None and last.value == value:
        shown["note"] = since_words(last).removeprefix(", ")
    if field.kind == HIDDEN:
        shown["url"] = reverse("member_identity", args=[person.ref]) if "member.identity" in rights else ""
        if not shown["url"] and "member.edit" in rights:
            shown["change_url"] = reverse("member_identity_edit", args=[person.ref])
    return shown


def _table(person: Person, table: Table, facts: list[Fact], rights: frozenset[str]) -> dict[str, Any]:
    may_edit = ("member.record_exit" if table.decided else "member.edit") in rights
    return {
        "table": table,
        "title": f"{table.item}. {table.label}",
        "rows": [
            {
                "words": row_words(table, fact.value or {}),
                "ground": fact.ground,
                "url": reverse("member_row_edit", args=[person.ref, table.code, fact.pk]) if may_edit else "",
            }
            for fact in rows_of(facts, table.code)
        ],
        "add_url": reverse("member_row_add", args=[person.ref, table.code]) if may_edit else "",
        "history_url": reverse("member_history", args=[person.ref, table.code]),
    }


@page(
    "dang-vien/<person:person>/sua/<str:part>/",
    name="member_section_edit",
    needs="member.edit",
    post="member.edit",
)
def member_section_edit(request: HttpRequest, viewer: Viewer, person: Person, part: str) -> HttpResponse:
    """Fill in the fields of a section; only what was changed on the page is written."""
    section = BY_SLUG.get(part)
    if section is None or not editable(section):
        raise Http404
    check_private(viewer, person, private=section.private)
    if section.private:
        note_read(person, by=viewer.actor, part=section.slug)
    values = {field.code: value_of(person, field.code) for field in editable(section)}
    form = SectionForm(section, values, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not form.overtaken():
        written = form.attempt(
            lambda: keep(person, form.wishes, ground=_ground(form), by=viewer.actor, today=viewer.today)
        )
        if written is not None:
            messages.success(request, _said(person, section, written))
            return redirect(section_url(person, section))
    context = {
        **person_head(
            viewer, person, f"Sửa: {section.title}", (section.title, section_url(person, section)), "Sửa"
        ),
        "section": section,
        "form": form,
        "cancel": section_url(person, section),
    }
    return render(request, "members/section_edit.html", context, status=422 if form.errors else 200)


def check_private(viewer: Viewer, person: Person, *, private: bool) -> None:
    """Refuse who may write but not read what is private."""
    if private and not gate.may(viewer, "member.private", "person", person):
        raise PermissionDenied("member.private")


def _ground(form: SectionForm) -> Ground:
    since = form.cleaned_data.get("since")
    words = form.cleaned_data["ground"]
    if since is None:
        return Ground(words=words, correcting=True)
    return Ground(since=since.first, precision=since.precision, words=words)


def _said(person: Person, section: Section, written: tuple[str, ...]) -> str:
    if not written:
        return f"Không có mục nào thay đổi trong «{section.title}» của {person.full_name}."
    labels = [field.label for field in section.fields if field.code in written]
    return f"Đã ghi vào hồ sơ của {person.full_name}: {', '.join(labels)}."
