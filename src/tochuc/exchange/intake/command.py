"""`tochuc import members FILE --org CODE --dry-run --format json`: the part that reads and prints."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from tochuc.exchange.intake.checks import Known
from tochuc.exchange.intake.dry_run import Match, dry_run
from tochuc.exchange.intake.refused import Unreadable

READ = 0
UNREADABLE = 2

_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def main(argv: Sequence[str], *, known: Known | None = None, match: Match | None = None) -> int:
    """Read `members FILE --org CODE --dry-run --format json` and print the dry run; answers the exit status.

    `known` and `match` are what the record of that organisation answers; without them nobody is known and every
    readable row would create someone.
    """
    parser = argparse.ArgumentParser(prog="tochuc import", description="Nhập danh sách từ bảng tính.")
    parser.add_argument("what", choices=["members"], metavar="members", help="danh sách đảng viên")
    parser.add_argument("file", type=Path, metavar="TỆP", help="bảng tính .xlsx, .xls, .ods, .csv")
    parser.add_argument("--org", required=True, metavar="MÃ", help="tổ chức nhận danh sách")
    parser.add_argument(
        "--dry-run", action="store_true", required=True, help="chỉ đọc và kiểm tra, không ghi"
    )
    parser.add_argument("--format", choices=["json"], default="json", help="mỗi dòng một đối tượng JSON")
    asked = parser.parse_args(argv)
    return print_dry_run(asked.file, today=datetime.now(_VIETNAM).date(), known=known, match=match)


def print_dry_run(
    path: Path,
    *,
    today: date,
    known: Known | None = None,
    match: Match | None = None,
    out: IO[str] | None = None,
    err: IO[str] | None = None,
) -> int:
    """Print the dry run of a file, one JSON object a line; answers the exit status.

    A file that can't be read is said in one plain line on `err`.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        for line in _lines(dry_run(path, path.name, today=today, known=known, match=match)):
            out.write(line)
    except Unreadable as refusal:
        err.write(f"{refusal.message}\n")
        return UNREADABLE
    return READ


def _lines(found: Iterator[dict[str, Any]]) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for one in found:
        yield f"{encode(one)}\n"
