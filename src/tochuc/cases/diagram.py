"""A procedure drawn: its steps one below the other, and on the left the lines from what each waits for.

Made from the declaration alone, in one colour, so that it prints and follows the page's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from tochuc.cases.declare import PLACE_WORDS, Procedure, Step
from tochuc.kernel.days import FOREVER

WIDTH = 358
"""What a phone of 390 points leaves, so that it is read there at its own size."""
_TITLE, _SMALL, _GAP, _LANE = 20, 17, 14, 11
_LETTER, _SMALL_LETTER = 7.9, 6.9
"""About how wide a letter is."""


@dataclass(frozen=True)
class _Row:
    """A step on the drawing: where its mark stands, its title and what is said below it."""

    step: Step
    top: int
    title: list[str]
    below: list[str]

    @property
    def mark(self) -> int:
        return self.top + 13

    @property
    def end(self) -> int:
        return self.top + _TITLE * len(self.title) + _SMALL * len(self.below) + _GAP


def drawn(procedure: Procedure, *, alone: bool = False) -> str:
    """The drawing as SVG, at its own size at most; ``alone`` for a file, which brings its ground and its letters."""
    lanes = _lanes(procedure)
    left = _LANE * (1 + max(lanes.values()))
    rows = _rows(procedure, left)
    at = {row.step.code: row.mark for row in rows}
    height = rows[-1].end
    size = (
        f'width="{WIDTH}" font-family="sans-serif"'
        if alone
        else 'width="100%" preserveAspectRatio="xMinYMin"'
    )
    # Within a page it needs none, and a page names no foreign address.
    space = 'xmlns="http://www.w3.org/2000/svg" ' if alone else ""
    parts = [
        f'<svg {space}viewBox="0 0 {WIDTH} {height}" height="{height}" {size} role="img"'
        f' aria-label="{escape(f"Sơ đồ các bước: {procedure.title}")}">',
        '<rect width="100%" height="100%" fill="#fff"/>' if alone else "",
        '<g fill="none" stroke="currentColor">',
        *(_line(at[source], at[code], left, lanes[code]) for source, code in _waits(procedure)),
        *(_mark(row, left) for row in rows),
        '</g><g fill="currentColor" font-size="15">',
        *(_words(row, left) for row in rows),
        "</g></svg>",
    ]
    return "".join(parts) + "\n" * alone


def _waits(procedure: Procedure) -> Iterator[tuple[str, str]]:
    """Each step that another waits for, and that other."""
    for step in procedure.steps:
        waited = (one.partition(":")[0] for entry in step.after for one in entry.split("|"))
        yield from ((source, step.code) for source in dict.fromkeys(waited))


def _lanes(procedure: Procedure) -> dict[str, int]:
    """How far left the lines run that end at a step; 0: straight down from the step above it."""
    place = {step.code: at for at, step in enumerate(procedure.steps)}
    spans: dict[str, tuple[int, int]] = {}
    for source, code in _waits(procedure):
        first, last = spans.get(code, (place[code], place[code]))
        spans[code] = min(first, place[source]), max(last, place[source])
    lanes = dict.fromkeys(place, 0)
    for code, (first, last) in sorted(spans.items(), key=lambda one: one[1][1] - one[1][0]):
        if (first, last) == (place[code] - 1, place[code]):
            continue
        crossed = {lanes[other] for other, (a, b) in spans.items() if a <= last and first <= b}
        lanes[code] = next(lane for lane in range(1, len(place) + 2) if lane not in crossed)
    return lanes


def _rows(procedure: Procedure, left: int) -> list[_Row]:
    rows, top, room = [], 4, WIDTH - left - 16
    for step in procedure.steps:
        title = wrap(step.title, int(room / _LETTER))
        below = [line for one in _below(procedure, step) for line in wrap(one, int(room / _SMALL_LETTER))]
        rows.append(_Row(step, top, title, below))
        top = rows[-1].end
    return rows


def _below(procedure: Procedure, step: Step) -> Iterator[str]:
    """Who takes it, in which cases, after which outcome, and which of its own end the case."""
    who = " hoặc ".join(dict.fromkeys(PLACE_WORDS[actor.place] for actor in step.by))
    yield f"{who}{' (không bắt buộc)' if step.optional else ', tùy hồ sơ' if step.when else ''}"
    named = [one for entry in step.after for one in entry.split("|") if ":" in one]
    if named:
        yield f"Khi: {' hoặc '.join(dict.fromkeys(_outcome(procedure, one) for one in named))}"
    ends = [outcome.title for outcome in step.outcomes if outcome.closes]
    if ends:
        yield f"Kết thúc: {'; '.join(ends)}"


def _outcome(procedure: Procedure, named: str) -> str:
    code, _, outcome = named.partition(":")
    found = procedure.step(code).outcome(outcome)
    return f"«{found.title}»" if found else ""


def _line(start: int, end: int, left: int, lane: int) -> str:
    """From one mark to another, straight or round by its lane, with a head."""
    if not lane:
        return f'<path d="M{left} {start + 5}V{end - 6}m-3 -5l3 5l3 -5"/>'
    x = left - _LANE * lane
    return f'<path d="M{left - 5} {start}H{x}V{end}H{left - 6}m-5 -3l5 3l-5 3"/>'


def _mark(row: _Row, left: int) -> str:
    """A dot for a step, filled where it ends the case, dashed where it may be left out."""
    closes = any(outcome.closes for outcome in row.step.outcomes)
    filled = ' fill="currentColor"' if closes else ""
    dashed = ' stroke-dasharray="2 2"' if row.step.optional or row.step.when else ""
    return f'<circle cx="{left}" cy="{row.mark}" r="5"{filled}{dashed}/>'


def _words(row: _Row, left: int) -> str:
    x, y = left + 14, row.top + 18
    lines = [
        f'<text x="{x}" y="{y + _TITLE * at}">{escape(line)}</text>' for at, line in enumerate(row.title)
    ]
    y += _TITLE * len(row.title) - 2
    lines += [
        f'<text x="{x}" y="{y + _SMALL * at}" font-size="13">{escape(line)}</text>'
        for at, line in enumerate(row.below)
    ]
    return "".join(lines)


def file_name(procedure: Procedure) -> str:
    """Under which name its drawing is kept; an edition that is over says until when it ran."""
    over = "" if procedure.until == FOREVER else f"-until-{procedure.until}"
    return f"{procedure.code}{over}.svg"
