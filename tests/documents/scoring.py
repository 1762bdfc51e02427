"""The score of the extractor on labelled texts, after the rules of the evaluation set.

Run as a program on one or more label files it prints the scores and every difference:
``python tests/documents/scoring.py tests/real/extraction-dev.jsonl``.
"""

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tochuc.documents.extract.record import extract

REAL = Path(__file__).parent.parent / "real"


def labelled(name: str) -> list[dict[str, Any]]:
    """The labelled texts of a file in tests/real."""
    return [json.loads(line) for line in (REAL / name).read_text(encoding="utf-8").splitlines()]


def key_form(key: str) -> str:
    """A citation key as compared: case, blanks, kind of dash and leading zeros are ignored."""
    key = re.sub(r"[‐-―−]", "-", unicodedata.normalize("NFC", key).casefold())
    return re.sub(r"^0+", "", re.sub(r"\s+", "", key))


def host_form(name: str | None) -> str | None:
    """A host as compared: without tone marks, bracketed abbreviations, punctuation and case."""
    if name is None:
        return None
    name = re.sub(r"\([^)]*\)", " ", name.casefold().replace("đ", "d"))
    letters = [one for one in unicodedata.normalize("NFD", name) if not unicodedata.combining(one)]
    return " ".join(re.sub(r"[\W_]+", " ", "".join(letters)).split())


def chair_form(names: str | None) -> frozenset[str]:
    """The people in the chair as a set of names."""
    return frozenset(
        unicodedata.normalize("NFC", name).strip().casefold()
        for name in (names or "").split(";")
        if name.strip()
    )


def pairs(figures: Iterable[tuple[str, float]], *, core: bool = False) -> set[tuple[str, float]]:
    """Distinct figures; ``core`` leaves out the indicator ``other``."""
    return {
        (indicator, round(float(value), 4))
        for indicator, value in figures
        if not core or indicator != "other"
    }


class Tally:
    """Counts of found, superfluous and missing entries."""

    def __init__(self) -> None:
        self.found = self.extra = self.missing = 0

    def add(self, gold: set[Any], got: set[Any]) -> None:
        """Count one text."""
        self.found += len(gold & got)
        self.extra += len(got - gold)
        self.missing += len(gold - got)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where nothing was to be found and nothing was."""
        total = 2 * self.found + self.extra + self.missing
        return 2 * self.found / total if total else 1.0


def score(rows: list[dict[str, Any]], differences: list[str] | None = None) -> dict[str, float]:
    """Scores of the extractor on labelled texts; differences are appended as lines where a list is given."""
    tallies = {"citations": Tally(), "figures": Tally(), "figures_core": Tally()}
    right: Counter[str] = Counter()
    stated: Counter[str] = Counter()
    for row in rows:
        got = extract(row["text"])
        gold_figures = [(one["indicator"], one["value"]) for one in row["figures"]]
        got_figures = [(one.indicator, one.value) for one in got.figures]
        sets = {
            "citations": (
                {key_form(one["key"]) for one in row["citations"]},
                {key_form(one.key) for one in got.citations},
            ),
            "figures": (pairs(gold_figures), pairs(got_figures)),
            "figures_core": (pairs(gold_figures, core=True), pairs(got_figures, core=True)),
        }
        day = got.event_date.isoformat() if got.event_date else None
        hosts = {host_form(name) for name in (row["host"], *row["host_alt"])}
        answers = {
            "event_date": (
                day == row["event_date"],
                row["event_date"] is not None,
                f"{day} for {row['event_date']}",
            ),
            "host": (host_form(got.host) in hosts, row["host"] is not None, f"{got.host} for {row['host']}"),
            "chair": (
                chair_form(got.chair) == chair_form(row["chair"]),
                row["chair"] is not None,
                f"{got.chair} for {row['chair']}",
            ),
        }
        for name, (gold, found) in sets.items():
            tallies[name].add(gold, found)
            if differences is not None and gold != found and name != "figures_core":
                differences.append(
                    f"{row['id']} {name}: extra {sorted(found - gold)} missing {sorted(gold - found)}"
                )
        for name, (correct, is_stated, line) in answers.items():
            right[name] += correct
            stated[name] += is_stated
            right[f"{name} where stated"] += correct and is_stated
            if differences is not None and not correct:
                differences.append(f"{row['id']} {name}: {line}")
    scores = {name: tally.f1 for name, tally in tallies.items()}
    for name in ("event_date", "host", "chair"):
        scores[name] = right[name] / len(rows)
        scores[f"{name} where stated"] = right[f"{name} where stated"] / stated[name] if stated[name] else 1.0
    return scores


if __name__ == "__main__":
    for path in sys.argv[1:]:
        found: list[str] = []
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        results = score([json.loads(line) for line in lines], found)
        print(path, *(f"{name} {value:.3f}" for name, value in results.items()), *found, sep="\n  ")
