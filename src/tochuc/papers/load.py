"""Reading the texts of the forms: one file for each group of forms, each entry the text of a form from a day on."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from tochuc.papers.declare import PaperText
from tochuc.papers.wording import BadText, pieces
from tochuc.rules.load import BrokenRules, read_list

TEXTS = Path(__file__).parent / "texts"


def text_of(form_id: str, on: date) -> PaperText | None:
    """The text of a form on a day; the first one on days before it; None where there is none yet."""
    editions = _texts().get(form_id, ())
    return next(
        (one for one in reversed(editions) if (one.since or date.min) <= on),
        editions[0] if editions else None,
    )


def read_texts(folder: Path) -> tuple[list[PaperText], list[str]]:
    """The texts of a folder, and what is wrong with them by file and form."""
    texts: list[PaperText] = []
    problems: list[str] = []
    seen: set[tuple[str, date | None]] = set()
    for path in sorted(folder.glob("*.yaml")):
        entries, wrong = read_list(path, PaperText)
        problems += wrong
        for entry in entries:
            if (entry.form, entry.since) in seen:
                problems.append(f"{path.name}: {entry.form}: biểu mẫu này đã có lời văn ở trên")
            seen.add((entry.form, entry.since))
            for text in entry.texts:
                try:
                    pieces(text)
                except BadText as bad:
                    problems.append(f"{path.name}: {entry.form}: {bad}")
            texts.append(entry)
    return texts, problems


@cache
def _texts() -> dict[str, tuple[PaperText, ...]]:
    texts, problems = read_texts(TEXTS)
    if problems:
        raise BrokenRules(problems)
    by_form: dict[str, list[PaperText]] = {}
    for text in texts:
        by_form.setdefault(text.form, []).append(text)
    return {
        form: tuple(sorted(editions, key=lambda one: one.since or date.min))
        for form, editions in by_form.items()
    }
