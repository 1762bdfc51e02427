"""Write ``docs/procedures.md`` and its drawings from the declarations themselves, so that they can't lag behind them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser

from tochuc.stories.reference import drawings, reference


class Command(BaseCommand):
    help = "Viết lại docs/procedures.md và các sơ đồ từ các quy trình."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        path.write_text(reference(), encoding="utf-8")
        folder = path.with_suffix("")
        folder.mkdir(exist_ok=True)
        for stale in folder.glob("*.svg"):
            stale.unlink()
        for name, drawing in drawings().items():
            (folder / name).write_text(drawing, encoding="utf-8")
