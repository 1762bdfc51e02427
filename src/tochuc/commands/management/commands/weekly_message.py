"""Sending this week's message to everyone who gave an address; run it daily or weekly, nobody gets two."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from tochuc.access.clock import today
from tochuc.reminders.weekly import send_all


class Command(BaseCommand):
    """Send the weekly message; ends with status 1 where someone couldn't be reached."""

    help = (
        "Gửi thư nhắc việc của tuần này đến những tài khoản đã ghi địa chỉ thư; chạy lại không gửi hai lần."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and say how many went out and who couldn't be reached."""
        sent, failed = 0, []
        for account, count in send_all(today()):
            if count is None:
                failed.append(account)
            else:
                sent += 1
        self.stdout.write(f"Đã gửi {sent} thư nhắc việc, tuần có ngày {today():%d/%m/%Y}.")
        if failed:
            self.stderr.write(f"Chưa gửi được cho: {', '.join(failed)}. Kiểm tra máy chủ thư rồi chạy lại.")
            sys.exit(1)
