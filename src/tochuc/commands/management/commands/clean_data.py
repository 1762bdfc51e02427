"""Counting the clean records of every cell, once a month or whenever asked."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tochuc.access.clock import today
from tochuc.desk import monthly


class Command(BaseCommand):
    """Keep this month's count of clean records for every cell."""

    help = "Đếm hồ sơ sạch của từng chi bộ trong tháng này, để thấy tỷ lệ theo thời gian."

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, and say how many cells were counted."""
        self.stdout.write(f"Đã đếm hồ sơ của {monthly.count(today())} chi bộ, ngày {today():%d/%m/%Y}.")
