"""Drafting a paper: what it lacks, the Word file, the trail that says who drafted which paper of whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tochuc.audit.record import Actor, record
from tochuc.documents.drafting.form import set_form
from tochuc.documents.drafting.layout import Layout
from tochuc.documents.drafting.wording import printable
from tochuc.kernel.errors import Refused, raise_all
from tochuc.papers.asking import Asked, asked_of
from tochuc.papers.compose import Composed, compose
from tochuc.papers.declare import PaperText
from tochuc.papers.known import Known
from tochuc.papers.load import text_of
from tochuc.papers.sheet import Sheet
from tochuc.papers.vocabulary import vocabulary
from tochuc.rules.ask import history, rule
from tochuc.rules.forms import Form, form

_LONGEST_NAME = 120


@dataclass(frozen=True)
class Paper:
    """A form about to be drafted from a sheet."""

    form: Form
    text: PaperText
    known: Mapping[str, Known]
    sheet: Sheet

    @property
    def asked(self) -> list[Asked]:
        """What is to be typed for it."""
        return asked_of(self.text, self.known, self.sheet, self.sheet.procedure, self.sheet.step)

    def composed(self, *, dots: bool = False) -> Composed:
        """As it would be printed, with what is missing."""
        return compose(self.text, self.form, self.known, self.sheet, layout_of(self.sheet.on), dots=dots)

    @property
    def file_name(self) -> str:
        """A name for its file, without what file systems don't take."""
        whom = self.sheet.person or self.sheet.case.organisation
        words = f"{self.form.code} {self.form.title} - {whom}"
        kept = "".join(" " if c in '/\\:*?"<>|' else c for c in printable(words))
        return " ".join(kept.split())[:_LONGEST_NAME].strip(" .")


def paper_of(form_id: str, sheet: Sheet) -> Paper | None:
    """The form with its text on the sheet's day; None where no text is written for it."""
    text = text_of(form_id, sheet.on)
    if text is None:
        return None
    known = vocabulary(text, sheet.procedure, sheet.step)
    return Paper(form(form_id, on=sheet.on), text, known, sheet)


def word_file(paper: Paper, *, dots: bool = False) -> bytes:
    """The paper as a Word file. Raises ``Refused`` or ``Refusals`` that name everything it lacks.

    With ``dots`` what isn't known is room to write by hand; nothing else is ever printed unfinished.
    """
    made = paper.composed(dots=dots)
    if not dots:
        raise_all([Refused("paper_lacks", f"Còn thiếu: {one.words}.", one.name) for one in made.missing])
    return set_form(made.document, layout_of(paper.sheet.on))


def note_drafted(paper: Paper, *, by: Actor, kind: str) -> None:
    """Leave in the trail that a paper was drafted and handed out; ``kind`` is docx, pdf or blank."""
    case, person = paper.sheet.case, paper.sheet.person
    of_case = case.pk is not None
    record(
        by,
        "paper.drafted",
        stream=case.organisation.code,
        kind="case" if of_case else "person",
        key=str(case.ref) if of_case else (person.ref if person else ""),
        data={"form": paper.form.id, "as": kind},
    )


def layout_of(day: date) -> Layout:
    """The layout of Party documents on a day; the first one known, on days before that."""
    asked = max(day, history("documents.paper")[0].since)
    return Layout.from_rules(lambda rule_id: rule(rule_id, on=asked).value)
