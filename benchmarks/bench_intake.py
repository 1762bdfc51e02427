"""How fast members' spreadsheets are read, checked and told, and whether memory grows with their length.

    python benchmarks/bench_intake.py            # 5,000 and 200,000 rows, .xlsx and .csv
    python benchmarks/bench_intake.py 20000      # another length instead of the longer one

Each file is read in a process of its own. Seconds are its processor time, so that a busy machine doesn't count;
memory is its peak above an empty interpreter's with the same modules. The budget of the design is 5,000 rows a second with memory that doesn't grow.
"""

import csv
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

HEADINGS = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Tôn giáo", "Quê quán", "Nơi ở hiện nay", "Nghề nghiệp",
    "Trình độ học vấn", "Chuyên môn", "LLCT", "Ngày vào Đảng", "Ngày chính thức", "Số thẻ đảng viên", "Số CCCD",
)  # fmt: skip
FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Hoàng",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
]
MIDDLES = [
    "Văn",
    "Thị",
    "Hữu",
    "Đức",
    "Minh",
    "Ngọc",
    "Quốc",
    "Thanh",
    "Xuân",
    "Hoài",
    "Kim",
    "Phước",
    "Công",
    "Đình",
    "Bá",
    "Mỹ",
]
GIVENS = [
    "An",
    "Bình",
    "Châu",
    "Dũng",
    "Đông",
    "Giang",
    "Hà",
    "Hạnh",
    "Hiếu",
    "Hoa",
    "Hùng",
    "Hương",
    "Khánh",
    "Lan",
    "Linh",
    "Long",
    "Mai",
    "Nam",
    "Nga",
    "Nhung",
    "Oanh",
    "Phúc",
]
TODAY = date(2026, 11, 24)


def rows(count: int):
    """Rows of a list, a third of their dates as text."""
    chance = random.Random(20261124)
    yield ("DANH SÁCH ĐẢNG VIÊN ĐẢNG BỘ TỈNH",)
    yield HEADINGS
    for number in range(1, count + 1):
        if number % 40 == 1:
            yield (f"Chi bộ thôn {number // 40 + 1}",)
        birth = date(1945, 1, 1) + timedelta(days=chance.randrange(20_000))
        admitted = birth + timedelta(days=365 * 20 + chance.randrange(7_000))
        official = admitted + timedelta(days=366)
        as_text = number % 3 == 0
        yield (
            number,
            f"{chance.choice(FAMILIES)} {chance.choice(MIDDLES)} {chance.choice(MIDDLES)} {chance.choice(GIVENS)}",
            f"{birth:%d/%m/%Y}" if as_text else birth,
            chance.choice(("Nam", "Nữ")),
            "Kinh",
            "Không",
            f"Xã {chance.randrange(300)}, Quảng Nam",
            f"Thôn {chance.randrange(20)}, xã {chance.randrange(300)}, thành phố Đà Nẵng",
            chance.choice(("Nông dân", "Giáo viên", "Hưu trí", "Cán bộ")),
            "12/12",
            chance.choice(("Đại học", "", "Trung cấp")),
            chance.choice(("Sơ cấp", "TC", "Cao cấp", "")),
            f"{admitted:%d/%m/%Y}" if as_text else admitted,
            f"{official:%d/%m/%Y}" if as_text else official,
            f"49.{number:06}",
            f"049{chance.randrange(10**9):09}",
        )


def write_xlsx(path: Path, count: int, *, shared: bool) -> None:
    """A workbook with its texts in the shared table, as Excel writes, or in the cells."""
    book = xlsxwriter.Workbook(path, {"constant_memory": not shared, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    for place, values in enumerate(rows(count)):
        for column, value in enumerate(values):
            if isinstance(value, date):
                sheet.write_datetime(place, column, value)
            else:
                sheet.write(place, column, value)
    book.close()


def write_csv(path: Path, count: int) -> None:
    """The same as text."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        for values in rows(count):
            writer.writerow(f"{value:%d/%m/%Y}" if isinstance(value, date) else value for value in values)


def measure(path: str) -> None:
    """Read one file and print rows, seconds of processor time and peak memory in MB; in a process of its own."""
    from tochuc.exchange.intake.command import print_dry_run

    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        if path:
            began = time.process_time()
            status = print_dry_run(Path(path), today=TODAY, out=nowhere)
            assert status == 0
            seconds = time.process_time() - began
        else:
            seconds = 0.0
    print(f"{seconds:.2f} {peak():.0f}")


def peak() -> float:
    """The most memory this process has held, in MB. Its parent's would count in `ru_maxrss`."""
    held = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(held.partition("VmHWM:")[2].split()[0]) / 1024


def told(path: Path | str) -> tuple[float, float]:
    """Seconds and peak memory of reading a file."""
    run = subprocess.run(
        [sys.executable, __file__, "--measure", str(path)], check=True, capture_output=True, text=True
    )
    seconds, memory = run.stdout.split()
    return float(seconds), float(memory)


def main() -> None:
    """Write the files, read them, print the figures."""
    counts = [5_000, int(sys.argv[1]) if len(sys.argv) > 1 else 200_000]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; one core used")
    _, base = told("")
    print(f"{'file':22}{'rows':>9}{'seconds':>9}{'rows/s':>9}{'MB above start':>16}")
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            for name, write in (
                ("xlsx, texts in cells", lambda p, n: write_xlsx(p, n, shared=False)),
                ("xlsx, texts shared", lambda p, n: write_xlsx(p, n, shared=True)),
                ("csv", write_csv),
            ):
                path = Path(folder) / ("list.csv" if name == "csv" else "list.xlsx")
                write(path, count)
                seconds, memory = told(path)
                print(
                    f"{name:22}{count:>9,}{seconds:>9.2f}{count / seconds:>9,.0f}{memory - base:>16.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2])
    else:
        main()
