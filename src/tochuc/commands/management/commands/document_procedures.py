"""Write ``docs/procedures.md`` from the declarations themselves, so that it can't lag behind them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser

from tochuc.stories.reference import reference


class Command(BaseCommand):
    help = "Viết lại docs/procedures.md từ các quy trình."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        options["path"].write_text(reference(), encoding="utf-8")
