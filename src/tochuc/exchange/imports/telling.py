"""An import in plain lines, for who runs it at the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from tochuc.changes.since import label, shown
from tochuc.exchange.imports.movements import Moved, MovedList
from tochuc.exchange.imports.plan import CHANGE, CREATE, REFUSE, SAME, Planned
from tochuc.exchange.imports.write import Written

ACTIONS = {CREATE: "tạo mới", CHANGE: "thay đổi", SAME: "giữ nguyên", REFUSE: "từ chối"}


def head(found: dict[str, Any]) -> str:
    """One sheet of the file."""
    where = f"{found['file']}, bảng {found['sheet']}" if found["sheet"] else found["file"]
    ignored = f"; cột không dùng: {', '.join(found['ignored_columns'])}" if found["ignored_columns"] else ""
    return f"{where}: {found['people']} người, tiêu đề ở dòng {found['header_row']}{ignored}"


def preview(rows: Iterable[Planned]) -> Iterator[str]:
    """What the rows would do: each that isn't plain, then the counts."""
    counts: Counter[str] = Counter()
    for one in rows:
        counts[one.action] += 1
        yield from _row(one)
    yield _counted("Sẽ", counts)


def written(done: Written) -> Iterator[str]:
    """What was written, and each row that wasn't."""
    for one in done.refused:
        yield from _row(one)
    yield _counted("Đã", done.counts)
    if done.changeset is None:
        yield "Không có gì phải ghi."
    else:
        yield f"Mã lần nhập: {done.changeset.ref}. Hoàn tác: tochuc import undo {done.changeset.ref} --reason …"


def moved(done: MovedList, *, dry_run: bool) -> Iterator[str]:
    """A list of movements: its sheets, each row that isn't plain, the counts, and how to take it back."""
    for one in done.heads:
        yield head(one)
    for row in done.rows:
        yield from _row(row)
    yield _counted("Sẽ" if dry_run else "Đã", done.counts)
    if done.changeset is not None:
        yield f"Mã lần nhập: {done.changeset.ref}. Hoàn tác: tochuc import undo {done.changeset.ref} --reason …"


def _row(one: Planned | Moved) -> Iterator[str]:
    where = f"  dòng {one.row['row']}" + (f" ({one.row['sheet']})" if one.row["sheet"] else "")
    who = one.row["fields"].get("full_name", "không có tên")
    for finding in one.findings:
        yield f"{where}, {who}: TỪ CHỐI, cột {finding['column']}: {finding['message']}"
    for finding in one.asks:
        yield f"{where}, {who}: cần xem, cột {finding['column']}: {finding['message']}"
    if isinstance(one, Planned) and one.action == CHANGE:
        for field, (before, after) in one.changes.items():
            yield f"{where}, {who}: {label(field)}: «{shown(field, before)}» → «{shown(field, after)}»"


def _counted(word: str, counts: Counter[str]) -> str:
    parts = [f"{words} {counts[action]}" for action, words in ACTIONS.items()]
    return f"{word}: {', '.join(parts)}."
