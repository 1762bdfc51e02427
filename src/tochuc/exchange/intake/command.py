"""`tochuc import members FILE --org CODE --dry-run --format json`: the part that reads and prints."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any

from tochuc.exchange.intake.checks import Known
from tochuc.exchange.intake.dry_run import Match, dry_run
from tochuc.exchange.intake.refused import Unreadable

READ = 0
UNREADABLE = 2


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
