"""``tochuc field-key``: change the key that seals identity numbers, without a moment in which none can be read."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from tochuc.access import factors
from tochuc.kernel.sealing import new_key
from tochuc.members.identity import seal_anew


class Command(BaseCommand):
    help = "Đổi khóa mã hóa số căn cước: thêm khóa mới, mã hóa lại, rồi bỏ khóa cũ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["rotate", "reseal", "forget"])

    def handle(self, *args: Any, **options: Any) -> None:
        what = options["what"]
        if what != "reseal" and os.environ.get("TOCHUC_FIELD_KEY"):
            self.stderr.write(
                "Khóa đang lấy từ TOCHUC_FIELD_KEY: hãy ghi khóa mới lên đầu, cách khóa cũ bằng dấu phẩy, "
                f"khởi động lại rồi chạy «tochuc field-key reseal». Một khóa mới: {new_key()}"
            )
            sys.exit(2)
        if what == "rotate":
            settings.KEEP_FIELD_KEYS([new_key(), *settings.FIELD_KEYS()])
        numbers, secrets = seal_anew(), factors.seal_anew()
        self.stdout.write(
            f"Đã mã hóa lại {numbers} số căn cước, {secrets} khóa xác thực hai bước bằng khóa mới nhất."
        )
        if what == "forget":
            settings.KEEP_FIELD_KEYS(settings.FIELD_KEYS()[:1])
            self.stdout.write("Đã bỏ các khóa cũ. Bản sao lưu cũ chỉ đọc được bằng khóa cũ đã cất riêng.")
        elif what == "rotate":
            self.stdout.write(
                "Khóa cũ vẫn còn để đọc; khi mọi máy đã khởi động lại, chạy «field-key forget»."
            )
