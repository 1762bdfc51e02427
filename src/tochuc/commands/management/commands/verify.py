"""``tochuc check``: is the record whole? Each violation is named with how to mend it."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management import BaseCommand

from tochuc.audit.verify import broken
from tochuc.members.invariants import violations


class Command(BaseCommand):
    help = "Kiểm tra sổ đảng viên và nhật ký; in từng chỗ sai và cách sửa."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for violation in violations():
            found += 1
            self.stdout.write(f"{violation.code}: {violation.what} — {violation.mend}")
        for stream, sequence, what in broken():
            found += 1
            self.stdout.write(f"audit: nhật ký «{stream}» mục {sequence}: {what}")
        self.stdout.write("Đạt: sổ và nhật ký khớp." if not found else f"Có {found} chỗ cần xem.")
        if found:
            sys.exit(1)
