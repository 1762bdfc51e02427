"""Papers as pages show them: what each lacks and where to mend it, and handing one out as Word, PDF or to fill in by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from itertools import count
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases.declare import Procedure, Step
from tochuc.documents.drafting.pdf import as_pdf, available
from tochuc.members import identity
from tochuc.members.queries import Person
from tochuc.members.record_fields import BY_SLUG
from tochuc.papers.drafting import Paper, note_drafted, paper_of, word_file
from tochuc.papers.known import Known
from tochuc.papers.sheet import Sheet
from tochuc.web.documents.downloads import attachment
from tochuc.web.papers.forms import DraftForm, field_name

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KINDS = {"docx": WORD, "pdf": "application/pdf", "blank": WORD}


def sheet_for(
    viewer: Viewer, case: Any, on: date, procedure: Procedure | None = None, step: Step | None = None
) -> Sheet:
    """The ground of a paper as this viewer may see it, to be looked at: the identity number isn't opened yet."""
    private = case.person is None or gate.may(viewer, "member.private", "person", case.person)
    return Sheet(case, on, procedure, step, private=private, identity=lambda: _known(viewer, case.person))


def _known(viewer: Viewer, person: Person | None) -> str:
    """A mark that the number is there and may be printed by this viewer."""
    if (
        person is None
        or person.identity_id is None
        or not gate.may(viewer, "member.identity", "person", person)
    ):
        return ""
    return identity.HIDDEN


def _with_number(paper: Paper, viewer: Viewer) -> Paper:
    """The paper with the identity number opened, where the viewer may; that it was is noted by itself."""
    person = paper.sheet.person
    if not _known(viewer, person) or person is None:
        return paper
    number = identity.show(person, by=viewer.actor, why=f"Soạn {paper.form.title}")
    return replace(paper, sheet=replace(paper.sheet, identity=lambda: number))


@dataclass(frozen=True)
class Lack:
    """Something a paper lacks: its words, where it is filled in (nothing: on the page itself), and what that is called."""

    words: str
    url: str = ""
    where: str = ""


@dataclass(frozen=True)
class Shown:
    """A paper on its page: titles, what it lacks of the record, what stands in it only if known, its fields."""

    at: int
    paper: Paper
    lacks: list[Lack]
    left_out: list[str]
    fields: list[Any]
    kept: Any = None


def papers_for(forms: Sequence[str], sheet: Sheet) -> list[Paper]:
    """The papers of these forms that have a text."""
    return [paper for form_id in forms if (paper := paper_of(form_id, sheet)) is not None]


def filled_in(paper: Paper, form: DraftForm, at: int) -> Paper:
    """The paper with what was typed; everything in it is said as of the day typed for it."""
    day = form.day(at) or paper.sheet.on
    return replace(paper, sheet=paper.sheet.filled(form.fill(at), day))


def shown(paper: Paper, form: DraftForm, at: int, address: Any, viewer: Viewer, kept: Any = None) -> Shown:
    """A paper as its page shows it, with what is known so far."""
    made = filled_in(paper, form, at).composed()
    lacks = [_lack(one, paper, address, viewer) for one in made.missing if one.mend.kind != "here"]
    left_out = [one.words for one in made.left_out if one.mend.kind != "here"]
    return Shown(at, paper, lacks, left_out, form.group(at), kept)


def _lack(one: Known, paper: Paper, address: Any, viewer: Viewer) -> Lack:
    url, where = _mend(one, paper, address, viewer)
    return Lack(one.words, url, where)


def _mend(one: Known, paper: Paper, address: Any, viewer: Viewer) -> tuple[str, str]:
    """Where a missing field is filled in, if this viewer can go there."""
    sheet, mend = paper.sheet, one.mend
    person = sheet.person
    match mend.kind:
        case "record" if person is not None and gate.may(viewer, "member.edit", "person", person):
            section = BY_SLUG[mend.key]
            return reverse("member_section_edit", args=[person.ref, mend.key]), section.title
        case "record":
            return "", "hồ sơ đảng viên"
        case "events" if person is not None and gate.may(viewer, "member.read", "person", person):
            return reverse("member", args=[person.ref]), "hồ sơ đảng viên"
        case "posts" | "organisation":
            body = sheet.place(mend.key)
            if body is None:
                return "", "cây tổ chức"
            if not gate.may(viewer, "organisation.read", "organisation", body):
                return "", body.name
            page = "organisation_posts" if mend.kind == "posts" else "organisation"
            return reverse(page, args=[body.code]), body.name
        case "step" | "case":
            return (address(sheet.case), "hồ sơ này") if sheet.case.pk else ("", "hồ sơ")
        case _:
            return "", ""


def put_errors(form: DraftForm, paper: Paper, at: int, missing: Sequence[Known]) -> None:
    """Name everything a paper lacks: at its field where it is typed here, else on top of the page.

    A share is counted from numbers that are named themselves.
    """
    for one in missing:
        if one.name == "this.share":
            continue
        name = field_name(at, one.name)
        if one.mend.kind == "here" and name in form.fields:
            if name in form.errors:
                continue
            form.add_error(name, "Cần điền mục này trước khi in.")
        else:
            form.add_error(None, f"{paper.form.title}: còn thiếu «{one.words}».")


def hand_out(
    papers: Sequence[tuple[int, Paper]],
    form: DraftForm,
    kind: str,
    viewer: Viewer,
    *,
    zip_name: str = "Giấy tờ của bước.zip",
) -> HttpResponse | None:
    """One paper as a file, several as a zip; None where something is missing, which the form then says."""
    ready = [(at, filled_in(paper, form, at)) for at, paper in papers]
    if kind != "blank":
        for at, paper in ready:
            put_errors(form, paper, at, paper.composed().missing)
        if form.errors:
            return None
    return form.attempt(lambda: _made(ready, kind, viewer, zip_name))


def _made(ready: Sequence[tuple[int, Paper]], kind: str, viewer: Viewer, zip_name: str) -> HttpResponse:
    opened = [_with_number(paper, viewer) if _names_number(paper) else paper for _, paper in ready]
    words = [word_file(paper, dots=kind == "blank") for paper in opened]
    files = as_pdf(words) if kind == "pdf" else words
    ending = "pdf" if kind == "pdf" else "docx"
    for paper in opened:
        note_drafted(paper, by=viewer.actor, kind=kind)
    named: dict[str, bytes] = {}
    for paper, raw in zip(opened, files, strict=True):
        named[_free_name(paper.file_name, ending, named)] = raw
    if len(named) == 1:
        [(name, raw)] = named.items()
        return attachment(name, raw, _KINDS[kind])
    return attachment(zip_name, _zipped(named), "application/zip")


def _free_name(name: str, ending: str, taken: Mapping[str, bytes]) -> str:
    """A name that no other file has: two members of a cell may be namesakes."""
    tried = (f"{name}{f' ({number})' if number > 1 else ''}.{ending}" for number in count(1))
    return next(one for one in tried if one not in taken)


def _names_number(paper: Paper) -> bool:
    return any("{member.national_id}" in text for text in paper.text.texts)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for name, raw in files.items():
            package.writestr(name, raw)
    return kept.getvalue()


def answer(
    request: HttpRequest, papers: Sequence[Paper], form: DraftForm, viewer: Viewer
) -> HttpResponse | dict[str, Any]:
    """The file that a button asks for; else what the page shows: a preview, whether PDF can be made."""
    context: dict[str, Any] = {"may_pdf": available(), "keep_drafts": True}
    if not form.is_bound or not form.is_valid():
        return context
    wanted = _asked_for(request.POST.get("act", ""), len(papers))
    if wanted is None:
        return context
    kind, which = wanted
    if kind != "look":
        return hand_out([(at, papers[at]) for at in which], form, kind, viewer) or context
    paper = filled_in(papers[which[0]], form, which[0])
    whole = paper.composed()
    made = paper.composed(dots=True) if whole.missing else whole
    blocks = [{"kind": type(block).__name__, "it": block} for block in made.document.body]
    return context | {"look": made.document, "look_blocks": blocks, "look_lacks": bool(made.missing)}


def _asked_for(act: str, count: int) -> tuple[str, list[int]] | None:
    """What a button asks: ``docx-0`` one paper as Word, ``zip`` all of them; None for what no button sends."""
    kind, _, which = act.partition("-")
    if act == "zip" and count:
        return "docx", list(range(count))
    if kind not in (*_KINDS, "look") or which not in {str(at) for at in range(count)}:
        return None
    return kind, [int(which)]
