"""``tochuc extract``: files in, one JSON object a line out; no framework is loaded, so it starts at once."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tochuc.documents.extract.decode import LARGEST, Unreadable, text_of
from tochuc.documents.extract.record import Extract, extract

_LONGEST_LINE = 4 * LARGEST  # a JSON line may write each byte of its text as an escape
_UNREAD = 2  # exit status when a text could not be read


def main(argv: list[str]) -> int:
    """Read the files named in ``argv`` and print what they say; 0, or 2 if one of them could not be read."""
    parser = _parser()
    try:
        options = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    if not options.files and not options.jsonl:
        parser.print_usage(sys.stderr)
        return _UNREAD
    try:
        return _run(options)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tochuc extract",
        description="Đọc tin, văn bản: trích văn bản viện dẫn, ngày, nơi tổ chức, người chủ trì, số liệu, nhiệm vụ.",
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="tệp văn bản; - là đầu vào chuẩn")
    parser.add_argument(
        "--format",
        choices=("json", "text"),
        default="json",
        help="json: mỗi văn bản một dòng JSON; text: để người đọc",
    )
    parser.add_argument(
        "--jsonl", metavar="FILE", action="append", default=[], help='tệp mà mỗi dòng là {"id": …, "text": …}'
    )
    return parser


def _run(options: argparse.Namespace) -> int:
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", errors="replace")
    failed = False
    for identifier, content in _inputs(options):
        record = content if isinstance(content, Unreadable) else extract(content)
        failed = failed or isinstance(record, Unreadable)
        print(_line(identifier, record) if options.format == "json" else _page(identifier, record))
    return _UNREAD if failed else 0


def _inputs(options: argparse.Namespace) -> Iterator[tuple[str | None, str | Unreadable]]:
    for name in options.files:
        yield ("stdin" if name == "-" else Path(name).stem), _file(name)
    for name in options.jsonl:
        yield from _rows(name)


def _file(name: str) -> str | Unreadable:
    try:
        if name == "-":
            return text_of(sys.stdin.buffer.read(LARGEST + 1))
        with open(name, "rb") as file:
            return text_of(file.read(LARGEST + 1))
    except Unreadable as problem:
        return problem
    except (OSError, ValueError) as problem:
        return _not_opened(name, problem)


def _not_opened(name: str, problem: Exception) -> Unreadable:
    if isinstance(problem, FileNotFoundError):
        return Unreadable("missing", f"Không có tệp {name}.")
    return Unreadable("unreadable", f"Không mở được tệp {name}.")


def _rows(name: str) -> Iterator[tuple[str | None, str | Unreadable]]:
    try:
        with sys.stdin.buffer if name == "-" else open(name, "rb") as file:
            number = 0
            while line := file.readline(_LONGEST_LINE):
                number += 1
                if line.strip():
                    yield _row(line, number)
    except (OSError, ValueError) as problem:
        yield Path(name).stem, _not_opened(name, problem)


def _row(line: bytes, number: int) -> tuple[str | None, str | Unreadable]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None, Unreadable("bad_json", f"Dòng {number} không phải JSON.")
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        identifier = row.get("id") if isinstance(row, dict) else None
        return _name(identifier), Unreadable("bad_json", f"Dòng {number} thiếu trường text.")
    try:
        return _name(row.get("id")), text_of(row["text"].encode("utf-8", errors="replace"))
    except Unreadable as problem:
        return _name(row.get("id")), problem


def _name(identifier: Any) -> str | None:
    return None if identifier is None else str(identifier)


def _line(identifier: str | None, record: Extract | Unreadable) -> str:
    if isinstance(record, Unreadable):
        data: dict[str, Any] = {
            "id": identifier,
            "error": {"code": record.code, "message": record.message_vi},
        }
    else:
        data = record.to_json(identifier)
    return json.dumps(data, ensure_ascii=False)


def _page(identifier: str | None, record: Extract | Unreadable) -> str:
    """The record for a person to read."""
    heading = f"== {identifier or ''}"
    if isinstance(record, Unreadable):
        return f"{heading}\n{record.message_vi}"
    day = f"{record.event_date:%d/%m/%Y}" if record.event_date else record.event_date_partial
    lines = [heading, record.title or ""]
    lines += [
        f"{label}: {value}"
        for label, value in (("Ngày", day), ("Nơi tổ chức", record.host), ("Chủ trì", record.chair))
        if value
    ]
    for label, items in (
        ("Văn bản viện dẫn", [f"{one.key}  ({one.surface})" for one in record.citations]),
        (
            "Số liệu",
            [f"{one.indicator} = {one.value:g} {one.unit}  ({one.surface})" for one in record.figures],
        ),
        ("Đại biểu", [one.text for one in record.delegates]),
        ("Kết quả", [one.text for one in record.results]),
        ("Tồn tại, hạn chế", [one.text for one in record.limitations]),
        ("Ý kiến thảo luận", [one.text for one in record.opinions]),
        ("Nhiệm vụ", [one.text for one in record.tasks]),
    ):
        if items:
            lines += [f"{label}:", *(f"  - {item}" for item in items)]
    return "\n".join(line for line in lines if line)
