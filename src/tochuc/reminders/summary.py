"""What is due, told without naming anyone: how many of which kind, where, by which day.

It leaves the committee's server, by mail or into a calendar, so it says nothing of a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tochuc.duties.duty import GROUPS, LATER, Duty, labels
from tochuc.kernel.known_dates import day_vn
from tochuc.org.queries import names_of


@dataclass(frozen=True)
class Heap:
    """Duties of one kind at one organisation that are due on one day."""

    kind: str
    organisation: str
    due_on: date
    count: int
    title: str
    place: str

    @property
    def words(self) -> str:
        """`3 việc: Bước của hồ sơ (Chi bộ thôn Đông)`."""
        place = f" ({self.place})" if self.place else ""
        return f"{self.count} việc: {self.title}{place}"


def heaps(duties: Iterable[Duty]) -> list[Heap]:
    """The duties heaped by day, kind and organisation, the earliest first."""
    counts: dict[tuple[date, str, str], int] = defaultdict(int)
    for duty in duties:
        counts[duty.due_on, duty.kind, duty.organisation] += 1
    titles, places = labels(), names_of({organisation for _, _, organisation in counts if organisation})
    return [
        Heap(kind, organisation, day, n, titles.get(kind, kind), places.get(organisation, ""))
        for (day, kind, organisation), n in sorted(counts.items())
    ]


def message(duties: list[Duty], today: date, address: str) -> tuple[str, str]:
    """Subject and text of the weekly message: counts by group and kind, each with its earliest day."""
    titles = labels()
    parts, heads = [], []
    for code, title in GROUPS:
        here = [duty for duty in duties if duty.group(today) == code]
        if not here or code == LATER:
            continue
        heads.append(f"{len(here)} việc {title.lower()}")
        parts += ["", f"{title}: {len(here)} việc"]
        kinds: dict[str, list[date]] = defaultdict(list)
        for duty in here:
            kinds[duty.kind].append(duty.due_on)
        for kind, days in sorted(kinds.items(), key=lambda item: (-len(item[1]), titles[item[0]])):
            parts.append(f"- {titles[kind]}: {len(days)}, sớm nhất {day_vn(min(days))}")
    where = f"Mở danh sách: {address}" if address else "Mở phần mềm, mục Việc cần làm, để xem từng việc."
    text = "\n".join(
        [
            f"Việc cần làm, tính đến ngày {day_vn(today)}.",
            *parts,
            "",
            where,
            "Thư này không nêu tên người. Muốn thôi nhận: mở mục Nhắc việc, để trống địa chỉ thư.",
            "",
        ]
    )
    return f"Việc cần làm: {', '.join(heads)}", text
