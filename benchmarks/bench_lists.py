"""Lists of members of a commune and of a province of 130,000, and the province's list as a workbook.

Budget: 50 ms for a commune's page. The data is that of ``bench_ledger``, in a scratch database of its own.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from datetime import date
from pathlib import Path

import bench_ledger as data

TODAY = date(2023, 4, 20)
ASKED = {
    "all of it, first page": {},
    "all of it, the last page": {"page": -1},
    "by birth": {"xep": ["ngay-sinh"]},
    "by cell": {"xep": ["chi-bo"]},
    "by age in the Party": {"xep": ["tuoi-dang"]},
    "of 30 to 40 years of age": {"tu-tuoi": ["30"], "den-tuoi": ["40"]},
    "holding a post": {"chuc-vu": ["co"]},
    "admitted in 2022": {"ket-nap-tu": ["1/1/2022"], "ket-nap-den": ["31/12/2022"]},
    "5 years of Party age and more": {"tuoi-dang-tu": ["5"]},
    "due a badge in 2045": {"huy-hieu": ["2045"]},
    "by name": {"q": ["nguoi 1234"]},
}
_SIZE = 50


def main() -> None:
    """Make the data, ask, print the figures."""
    folder = Path(tempfile.mkdtemp(prefix="tochuc-bench-"))
    os.environ["TOCHUC_VAR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tochuc.config.settings"
    os.environ.pop("DATABASE_URL", None)
    try:
        data.serve(folder)
        data.fill(1)
        _measure()
    finally:
        data.stop(folder)


def _measure() -> None:
    from tochuc.org.models import Organisation

    for name, pk in (("commune", data.COMMUNE + 10), ("province", data.PROVINCE)):
        branch = Organisation.objects.get(pk=pk)
        for what, asked in ASKED.items():
            _page(name, branch, what, dict(asked))
    _book(Organisation.objects.get(pk=data.PROVINCE))


def _page(name: str, branch: object, what: str, asked: dict[str, object]) -> None:
    from tochuc.lists import columns, find, wanted

    page = asked.pop("page", 0)
    one = wanted.read(asked, branch, day=TODAY, today=TODAY, known=None, inside=lambda _code: True)  # type: ignore[arg-type]
    shown = columns.chosen((), several=True)
    spent, total = [], 0
    for _ in range(3):
        begun = time.perf_counter()
        rows = find.members_now(one)
        total = rows.count()
        first = 0 if page == 0 else max(total - _SIZE, 0)
        columns.lines(rows[first : first + _SIZE], shown, TODAY)
        spent.append((time.perf_counter() - begun) * 1000)
    print(f"{name}, {what}: {min(spent):.0f} ms, {total:,} people", flush=True)


def _book(branch: object) -> None:
    from tochuc.exchange import sheets
    from tochuc.lists import columns, find, wanted

    one = wanted.read({}, branch, day=TODAY, today=TODAY, known=None, inside=lambda _code: True)  # type: ignore[arg-type]
    shown = columns.chosen(columns.USUAL_IN_A_BOOK, several=True)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    lines = columns.all_lines(find.members_now(one), shown, TODAY)
    rows = ([n, *(column.value(line) for column in shown)] for n, line in enumerate(lines, 1))
    heads = [sheets.Column("Số TT", 7, "number"), *(sheets.Column(c.label, c.width, c.kind) for c in shown)]
    file, counts = sheets.workbook([sheets.Sheet("Danh sách đảng viên", heads, rows)])
    size = file.seek(0, 2)
    spent = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"workbook of {counts[0]:,} people: {spent:.1f} s, {size / 1e6:.1f} MB, "
        f"memory +{(peak - before) / 1024:.0f} MB, peak {peak / 1024:.0f} MB"
    )


if __name__ == "__main__":
    main()
