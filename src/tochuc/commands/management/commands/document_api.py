"""Write ``docs/api.json``: the OpenAPI document, as the API serves it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser

from tochuc.api import registry


class Command(BaseCommand):
    help = "Viết lại docs/api.json từ các địa chỉ của API."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        options["path"].write_text(registry.written_out(), encoding="utf-8")
