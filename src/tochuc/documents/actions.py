"""Writing the registry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from django.db import transaction

from tochuc.audit.record import Actor, record
from tochuc.documents import files
from tochuc.documents.models import (
    ISSUED,
    UNVERIFIED,
    VERIFIED,
    Citation,
    Document,
    SourceText,
    StoredFile,
)
from tochuc.kernel.errors import Conflict, Refused, raise_all
from tochuc.org.models import Organisation


class Cited(Protocol):
    """What the registry reads of a citation that the extractor found."""

    @property
    def key(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def issuer(self) -> str | None: ...
    @property
    def term(self) -> str | None: ...
    @property
    def date(self) -> date | None: ...
    @property
    def surface(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def bring_text(text: str, *, name: str, organisation: Organisation, by: Actor) -> SourceText:
    """Keep a text as it was brought in, for the places in it to point to."""
    return SourceText.objects.create(
        text=text, name=name[:200], organisation=organisation, brought_by_id=by.account
    )


def cite(source: SourceText, found: Iterable[Cited], *, by: Actor) -> list[Citation]:
    """Link each cited document; one that the registry doesn't know is registered as unverified."""
    links = []
    for one in found:
        document = known(one) or _register(one, by)
        links.append(
            Citation.objects.create(
                text=source, document=document, start=one.start, end=one.end, surface=one.surface[:400]
            )
        )
    return links


def known(one: Cited) -> Document | None:
    """The document that a citation names: same key, and no other date, issuer or term than it gives.

    Where several fit, the newest verified one: a number alone identifies nothing.
    """
    rows = Document.objects.filter(key__iexact=one.key[:80]).exclude(status=ISSUED)
    if one.date:
        rows = rows.filter(issued_on=one.date) | rows.filter(issued_on=None)
    if one.term:
        rows = rows.filter(term__in=["", one.term])
    return rows.order_by("-status", "-issued_on", "pk").first()


def _register(one: Cited, by: Actor) -> Document:
    # A text may hold anything: what the columns can't hold whole is cut, never an error.
    document, fresh = Document.objects.get_or_create(
        key=one.key[:80],
        issuer_name=(one.issuer or "")[:160],
        term=(one.term or "")[:12],
        issued_on=one.date,
        defaults={
            "type_name": one.type[:60],
            "type_code": _type_code(one.key),
            "number": _number(one.key),
            "issuer_code": one.key.rpartition("/")[2][:24] if "/" in one.key else "",
            "status": UNVERIFIED,
        },
    )
    if fresh:
        record(by, "document.registered", kind="document", key=str(document.ref), data={"key": one.key})
    return document


def _type_code(key: str) -> str:
    middle = key.partition("-")[2].partition("/")[0]
    return middle[:12] if "-" in key else ""


def _number(key: str) -> int | None:
    digits = key.partition("-")[0].partition("/")[0]
    return int(digits) if digits.isdecimal() and len(digits) < 9 else None


@transaction.atomic
def verify(
    document: Document, *, version: int, title: str, issuer_name: str, issued_on: date, by: Actor
) -> Document:
    """Confirm a cited document from its own text: who issued it, when, about what.

    Raises ``Conflict`` when somebody saved before, ``Refused`` for a document of ours, or when something is
    missing. Confirming again corrects what was confirmed wrongly.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.status == ISSUED:
        raise Refused("issued_here", "Văn bản này do ta ban hành nên không cần xác minh.")
    if document.version != version:
        raise Conflict(
            "changed_meanwhile",
            "Trong lúc đồng chí đang sửa, người khác đã cập nhật văn bản này. "
            "Hãy so sánh hai bản bên dưới, chỉnh lại nếu cần rồi lưu.",
        )
    raise_all(
        [
            Refused(f"no_{field}", f"Cần ghi {words} của văn bản.", field)
            for field, words, value in (
                ("title", "trích yếu", title),
                ("issuer_name", "cơ quan ban hành", issuer_name),
            )
            if not value.strip()
        ]
    )
    document.title, document.issuer_name, document.issued_on = title.strip(), issuer_name.strip(), issued_on
    document.status = VERIFIED
    document.version += 1
    document.save()
    record(by, "document.verified", kind="document", key=str(document.ref), data={"key": document.key})
    return document


@transaction.atomic
def open_file(file: StoredFile, *, by: Actor) -> bytes:
    """The bytes of a kept file, for somebody who may have them; the trail says that they were handed out."""
    raw = files.read(file)
    record(
        by,
        "file.read",
        stream=file.organisation.code,
        kind="file",
        key=str(file.pk),
        data={"name": file.name},
    )
    return raw
