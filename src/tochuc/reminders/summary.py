"""What is due, told without naming anyone: how many of which kind, where, by which day.

It leaves the committee's server, by mail or into a calendar, so it says nothing of a person, and nothing at all of
closed files; it says so, since the list has those too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from tochuc.access.viewer import Viewer
from tochuc.duties import asking
from tochuc.duties.duty import GROUPS, LATER, WAITING, group_of, labels, last_days
from tochuc.duties.sifting import MANY
from tochuc.kernel.days import add_months
from tochuc.kernel.known_dates import day_vn
from tochuc.org.queries import names_by_id

# What has been overdue for longer says nothing new in a calendar; the list has it.
_BACK = timedelta(days=90)
_AHEAD_MONTHS = 12
LEFT_OUT = "Chưa kể việc của hồ sơ kín và việc đến hạn sau tháng này; trên trang Việc cần làm có đủ."
"""What the weekly message leaves out, so that its numbers aren't taken for all there is on the page."""


@dataclass(frozen=True)
class Heap:
    """Duties of one kind at one organisation that are due on one day, or wait since one without a time limit.

    Or those of a kind at many organisations, in the words in which the list has them as one row (``gathered``).
    """

    kind: str
    place: int | None
    due_on: date
    count: int
    title: str
    where: str
    waits: bool = False
    gathered: str = ""

    @property
    def words(self) -> str:
        """`3 việc: Bước của hồ sơ (Chi bộ thôn Đông)`."""
        if self.gathered:
            return self.gathered
        where = f" ({self.where})" if self.where else ""
        return f"{self.count} việc: {self.title}{where}"


def coming(viewer: Viewer) -> list[Heap]:
    """What a calendar shows: from three months ago to a year ahead, the earliest first.

    What the list has as one row, the many of a kind at several organisations, is one entry of its day.
    """
    first, last = viewer.today - _BACK, add_months(viewer.today, _AHEAD_MONTHS)
    return _gathered(_named(asking.heaps(viewer, since=first, until=last)))


def _gathered(heaps: Iterable[Heap]) -> list[Heap]:
    words, found = asking.gathered_kinds(), []
    for (day, kind), rows in groupby(heaps, key=lambda heap: (heap.due_on, heap.kind)):
        same = list(rows)
        n = sum(heap.count for heap in same)
        if kind in words and len(same) > 1 and n >= MANY:
            found.append(Heap(kind, None, day, n, same[0].title, "", gathered=words[kind](n)))
        else:
            found += same
    return found


def pressing(viewer: Viewer) -> list[Heap]:
    """What a message tells: overdue, due by the end of this month, and what waits without a time limit."""
    return _named(asking.heaps(viewer, since=date.min, until=last_days(viewer.today)[1], waiting=True))


def _named(found: Iterable[asking.Heap]) -> list[Heap]:
    rows = list(found)
    titles, names = labels(), names_by_id({row.place for row in rows if row.place is not None})
    return [
        Heap(
            row.kind, row.place, row.due_on, row.n, titles[row.kind], names.get(row.place or 0, ""), row.waits
        )
        for row in rows
    ]


def message(heaps: Iterable[Heap], today: date, address: str) -> tuple[str, str]:
    """Subject and text of the weekly message: counts by group and kind, each with its earliest day."""
    groups: dict[str, dict[str, list[Heap]]] = defaultdict(lambda: defaultdict(list))
    for heap in heaps:
        groups[WAITING if heap.waits else group_of(heap.due_on, today)][heap.title].append(heap)
    parts, heads = [], []
    for code, title in GROUPS:
        if code == LATER or code not in groups:
            continue
        total = sum(heap.count for kind in groups[code].values() for heap in kind)
        heads.append(f"{total} việc {title.lower()}")
        parts += ["", f"{title}: {total} việc"]
        kinds = [(sum(heap.count for heap in kind), name, kind) for name, kind in groups[code].items()]
        for n, name, kind in sorted(kinds, key=lambda one: (-one[0], one[1])):
            since = "lâu nhất từ" if code == WAITING else "sớm nhất"
            parts.append(f"- {name}: {n}, {since} {day_vn(min(heap.due_on for heap in kind))}")
    where = f"Mở danh sách: {address}" if address else "Mở phần mềm, mục Việc cần làm, để xem từng việc."
    text = "\n".join(
        [
            f"Việc cần làm, tính đến ngày {day_vn(today)}.",
            *parts,
            "",
            where,
            LEFT_OUT,
            "Thư này không nêu tên người. Muốn thôi nhận: mở mục Nhắc việc, để trống địa chỉ thư.",
            "",
        ]
    )
    return f"Việc cần làm: {', '.join(heads)}", text
