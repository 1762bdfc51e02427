"""``tochuc export``: everything recorded of a branch as open files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from tochuc.commands.naming import actor_named, organisation_coded
from tochuc.exchange.branch.write import export_branch
from tochuc.kernel.errors import DomainError


class Command(BaseCommand):
    help = (
        "Xuất toàn bộ dữ liệu của một đảng bộ ra tệp mở (CSV và mô tả), để lưu giữ hoặc chuyển sang nơi khác."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--org", required=True, metavar="MÃ", help="đảng bộ được xuất, kèm mọi cấp dưới")
        parser.add_argument("--to", required=True, type=Path, metavar="THƯ MỤC", help="thư mục trống")
        parser.add_argument(
            "--identity-numbers", action="store_true", help="kèm số căn cước, không niêm phong"
        )
        parser.add_argument(
            "--closed-files",
            action="store_true",
            help="kèm hồ sơ kín (xóa tên, kỷ luật), chỉ cho người có trách nhiệm",
        )
        parser.add_argument("--account", metavar="TÊN", help="tài khoản người xuất, ghi vào nhật ký")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = organisation_coded(options["org"])
        folder: Path = options["to"]
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(f"Thư mục «{folder}» không trống.")
        try:
            counts = export_branch(
                organisation,
                folder,
                by=actor_named(options["account"]),
                identity_numbers=options["identity_numbers"],
                closed_files=options["closed_files"],
            )
        except DomainError as refused:
            raise CommandError(refused.message) from refused
        for label, rows in counts.items():
            self.stdout.write(f"{label}: {rows}")
