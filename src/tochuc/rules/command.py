"""`tochuc regulation`: what a rule says on a day, and whether the rule files hold together.

Exit codes: 0 fine; 1 something is wrong with the rules, or no rule holds on that day; 2 the question is wrong.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tochuc.kernel.days import FOREVER
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import UnreadableDate, parse_day
from tochuc.rules.ask import UnknownRule, all_params, rule
from tochuc.rules.calendar import OVERLAY, read_overlay
from tochuc.rules.declare import period_words
from tochuc.rules.forms import FORMS, read_forms
from tochuc.rules.load import RULES, BrokenRules, load_rules
from tochuc.rules.member_lists import MEMBER_LISTS, read_member_lists
from tochuc.rules.ruled import Ruled
from tochuc.rules.tables import MOVEMENT_REASONS, read_movement_reasons
from tochuc.rules.usage import usage_problems

Ask = Callable[..., Ruled]

FINE, WRONG, BAD_QUESTION = 0, 1, 2

_FOLDER = "thư mục có sources.yaml và params/; để trống: các tệp đi cùng chương trình"

_CONFIDENCE_WORDS = {
    "text": "đã đọc trong nguyên văn",
    "second_hand": "theo nguồn gián tiếp: chỉ nhắc, không dùng để từ chối",
    "unconfirmed": "chưa xác minh: chỉ nhắc, không dùng để từ chối",
}


def main(argv: Sequence[str], *, ask: Ask = rule) -> int:
    """Run `regulation` with the arguments after that word; prints, and returns the exit code.

    ``ask`` answers for a branch, where one was named.
    """
    options = _parser().parse_args(argv)
    try:
        if options.act == "check":
            return _check(options.folder, options.format)
        on = parse_day(options.on) if options.on else datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
        if options.act == "list":
            return _list(on)
        return _show(options.id, on, options.format, ask)
    except (UnknownRule, UnreadableDate) as error:
        print(error.message, file=sys.stderr)
        return BAD_QUESTION
    except BrokenRules as broken:
        print("\n".join(broken.problems), file=sys.stderr)
        return WRONG


def problems_in(root: Path = RULES) -> list[str]:
    """Everything that is wrong with the rule files, the calendar and the tables; one line each."""
    found = read_overlay(_own(OVERLAY, root))[1]
    try:
        book = load_rules(root)
    except BrokenRules as broken:
        return broken.problems + found
    found += usage_problems(root)
    found += read_movement_reasons(_own(MOVEMENT_REASONS, root), book.sources)[1]
    found += read_member_lists(_own(MEMBER_LISTS, root), book.sources)[1]
    return found + read_forms(_own(FORMS, root), book.sources)[1]


def _own(path: Path, root: Path) -> Path:
    """The same file below another folder of rules, where that has it."""
    other = root / path.relative_to(RULES)
    return other if other.exists() else path


def as_json(answer: Ruled) -> dict[str, Any]:
    """An answer as plain data; decimals as text, an open end as null."""
    value: Any = str(answer.value) if isinstance(answer.value, Decimal) else answer.value
    source = answer.cite.source
    return {
        "id": answer.id,
        "title": answer.title,
        "kind": answer.kind,
        "value": value,
        "unit": answer.unit,
        "words": answer.words,
        "confidence": answer.confidence,
        "may_refuse": answer.may_refuse,
        "since": answer.since.isoformat(),
        "until": None if answer.until == FOREVER else answer.until.isoformat(),
        "cite": {
            "source": source.id,
            "article": answer.cite.article,
            "document": source.full,
            "date": source.issued.iso,
            "words": answer.cite.vn,
        },
        "note": answer.note,
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tochuc regulation", description="Tra cứu tham số quy định theo ngày"
    )
    acts = parser.add_subparsers(dest="act", required=True)
    show = acts.add_parser("show", help="quy định nói gì vào một ngày")
    show.add_argument("id", help="ví dụ admission.decision_deadline")
    show.add_argument("--on", help="ngày hỏi, ví dụ 11/04/2023; mặc định hôm nay")
    show.add_argument("--org", metavar="MÃ", help="theo quy định riêng của tổ chức này và cấp trên, nếu có")
    show.add_argument("--format", choices=("text", "json"), default="text")
    listing = acts.add_parser("list", help="mọi tham số và giá trị vào một ngày")
    listing.add_argument("--on", help="ngày hỏi; mặc định hôm nay")
    check = acts.add_parser("check", help="kiểm tra các tệp quy định")
    check.add_argument("folder", nargs="?", type=Path, default=RULES, metavar="THƯ-MỤC", help=_FOLDER)
    check.add_argument("--format", choices=("text", "json"), default="text")
    return parser


def _check(root: Path, form: str) -> int:
    found = problems_in(root)
    book = None if found else load_rules(root)
    if form == "json":
        problems = [_problem_json(text) for text in found]
        counts = {"parameters": len(book.parameters), "sources": len(book.sources)} if book else {}
        print(json.dumps({"passed": not found, "problems": problems, **counts}, ensure_ascii=False))
    elif book is None:
        print("\n".join(found))
    else:
        print(f"Đạt: {len(book.parameters)} tham số, {len(book.sources)} văn bản.")
    return WRONG if found else FINE


def _problem_json(text: str) -> dict[str, Any]:
    """A mistake in parts: the file, its line where it has one, and the words."""
    where, _, words = text.partition(": ")
    file, _, line = where.partition(", dòng ")
    return {"file": file, "line": int(line) if line else None, "message": words}


def _list(on: date) -> int:
    for rule_id in all_params():
        try:
            answer = rule(rule_id, on=on)
        except NotInForce:
            continue
        print(f"{rule_id}\t{answer.words}\t{answer.cite.vn}\t{answer.confidence}")
    return FINE


def _show(rule_id: str, on: date, form: str, ask: Ask = rule) -> int:
    try:
        answer = ask(rule_id, on=on)
    except NotInForce as error:
        print(error.message, file=sys.stderr)
        return WRONG
    print(json.dumps(as_json(answer), ensure_ascii=False) if form == "json" else _text(answer))
    return FINE


def _text(answer: Ruled) -> str:
    until = None if answer.until == FOREVER else answer.until
    lines = [
        f"{answer.title}: {answer.words}",
        f"Căn cứ: {answer.cite.article}, {answer.cite.source.full}",
        f"Áp dụng: {period_words(answer.since, until)}",
        f"Độ tin cậy: {_CONFIDENCE_WORDS[answer.confidence]}",
    ]
    return "\n".join([*lines, *([f"Ghi chú: {answer.note}"] if answer.note else [])])
