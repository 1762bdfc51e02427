"""Whether every form has a text, and every text names only fields that there are: ``tochuc forms check``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tochuc.cases.declare import Procedure, Step
from tochuc.cases.registry import every_edition
from tochuc.papers.declare import PaperText
from tochuc.papers.load import TEXTS, read_texts
from tochuc.papers.vocabulary import unknown
from tochuc.rules.forms import all_forms

SUPPLEMENT = "member.supplement"
SHEETS = ("member.sheet", "member.history", SUPPLEMENT)
LETTER = "transfer.introduction"
"""Forms that are drafted from a person's record too, without a case."""


def problems_of(folder: Path = TEXTS) -> list[str]:
    """Everything that is wrong with the texts of a folder, by form."""
    texts, problems = read_texts(folder)
    with_text = {text.form for text in texts}
    problems += [f"{form}: chưa có lời văn" for form in sorted(set(all_forms()) - with_text)]
    for text in texts:
        problems += [f"{text.form}: {wrong}" for wrong in _wrong(text)]
    return problems


def _wrong(text: PaperText) -> Iterator[str]:
    if text.form not in all_forms():
        yield "không có biểu mẫu này trong forms.yaml"
        return
    if text.since is not None and text.since not in _days(text.form):
        yield f"không có bản nào của biểu mẫu từ ngày {text.since:%d/%m/%Y}"
    seen: set[str] = set()
    everywhere: list[tuple[Procedure | None, Step | None]] = [*uses(text.form)]
    if not everywhere or text.form in (*SHEETS, LETTER):
        everywhere.append((None, None))
    for procedure, step in everywhere:
        for wrong in unknown(text, procedure, step):
            where = f" (bước {step.code} của {procedure.code})" if procedure and step else ""
            if wrong not in seen:
                yield f"{wrong}{where}"
            seen.add(wrong)


def _days(form: str) -> set[date]:
    return {edition.since for edition in all_forms()[form]}


def uses(form: str) -> list[tuple[Procedure, Step]]:
    """Every step of every procedure that has this form among its papers."""
    return [
        (procedure, step)
        for procedure in every_edition()
        for step in procedure.steps
        if any(paper.form == form for paper in step.papers)
    ]
