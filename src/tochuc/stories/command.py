"""``tochuc story FILE…``: plays stories in a throwaway database and says what happened.

Exit status 0 when everything was as expected, 1 when an expectation failed, 2 when a file can't be read.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tochuc.stories.declare import Story
from tochuc.stories.desk import Row
from tochuc.stories.reading import UnreadableStory, read_story

AS_EXPECTED, OTHERWISE, UNREADABLE = 0, 1, 2


def main(argv: Sequence[str]) -> int:
    """Play the files named; prints, and returns the exit status."""
    options = _parser().parse_args(argv)
    stories, unreadable = _read(options.files)
    if unreadable:
        for mistake in unreadable:
            print(mistake, file=sys.stderr)
            if options.format == "json":
                print(json.dumps(_as_no_story(mistake), ensure_ascii=False))
        return UNREADABLE
    with _throwaway_database():
        from tochuc.stories.play import play

        failed = 0
        for path, story in stories:
            performance = play(story)
            failed += bool(performance.failures)
            said = as_json(path, performance)
            print(json.dumps(said, ensure_ascii=False) if options.format == "json" else _text(said))
    return OTHERWISE if failed else AS_EXPECTED


def _read(paths: Sequence[Path]) -> tuple[list[tuple[Path, Story]], list[UnreadableStory]]:
    """The stories, and the files that are none; all are read before the first is played."""
    stories, unreadable = [], []
    for path in paths:
        try:
            stories.append((path, read_story(path)))
        except UnreadableStory as mistake:
            unreadable.append(mistake)
    return stories, unreadable


def _as_no_story(mistake: UnreadableStory) -> dict[str, Any]:
    problems = [{"line": one.line, "message": one.words} for one in mistake.mistakes]
    return {"file": mistake.path.name, "passed": False, "problems": problems}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tochuc story", description="Diễn các câu chuyện tình huống")
    parser.add_argument("files", nargs="+", type=Path, metavar="TỆP")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    return parser


@contextmanager
def _throwaway_database() -> Iterator[None]:
    """A database of its own on the same server, made for the stories and dropped after them."""
    import psycopg
    from django.core.management import call_command
    from django.db import connections
    from psycopg import sql

    owner = connections["owner"].settings_dict
    name = f"tochuc_story_{os.getpid()}"
    admin = psycopg.connect(
        host=owner["HOST"] or None,
        port=owner["PORT"] or None,
        user=owner["USER"],
        password=owner["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )
    with admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name))
        )
        try:
            for alias in ("owner", "default"):
                connections[alias].close()
                connections[alias].settings_dict["NAME"] = name
            call_command("prepare")
            yield
        finally:
            for connection in connections.all():
                connection.close()
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def as_json(path: Path, performance: Any) -> dict[str, Any]:
    """A performance as plain data: move by move, what was refused, doubted, open and due."""
    return {
        "file": path.name,
        "story": performance.story.story,
        "passed": not performance.failures,
        "failures": performance.failures,
        "moves": [
            {
                "on": one.on.isoformat(),
                "what": one.what,
                "case": one.case,
                "refused": one.refusals,
                "doubts": one.doubts,
                "open": [stand.step.code for stand in one.stand.open] if one.stand else [],
                "due": one.due,
                "result": one.stand.result if one.stand else "",
                "listed": [_listed(row) for row in one.listed],
                "failures": one.failures,
            }
            for one in performance.moves
        ],
        "standing": performance.standing,
    }


def _listed(row: Row) -> dict[str, Any]:
    days = {name: getattr(row, name) for name in ("on", "waiting_since")}
    return asdict(row) | {name: day.isoformat() if day else None for name, day in days.items()}


def _text(said: dict[str, Any]) -> str:
    lines = [f"{'ĐẠT' if said['passed'] else 'KHÔNG ĐẠT'}  {said['file']}: {said['story']}"]
    for move in said["moves"]:
        lines.append(f"  {move['on']}  {move['what']}")
        lines += [f"      từ chối: {one['message']}" for one in move["refused"]]
        lines += [f"      lưu ý: {doubt}" for doubt in move["doubts"]]
        for one in move["due"]:
            until = f", hạn {one['on']} ({one['cite']})" if one["on"] else ""
            lines.append(f"      tiếp theo: {one['title']}{until}")
        lines += [
            f"      việc cần làm của {row['at']}: {row['what']}, {row['whom']}, "
            + (f"hạn {row['on']}" if row["on"] else f"chờ từ {row['waiting_since']}")
            for row in move["listed"]
        ]
        lines += [f"      SAI: {failure}" for failure in move["failures"]]
    return "\n".join(lines)
