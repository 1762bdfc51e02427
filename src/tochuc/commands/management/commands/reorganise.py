"""``tochuc reorganise``: look at a plan of reorganisation, carry it out, undo or close one."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from tochuc.access.clock import today
from tochuc.audit.record import Actor
from tochuc.commands.naming import actor_named
from tochuc.kernel.errors import DomainError, Refusals
from tochuc.kernel.known_dates import day_vn
from tochuc.reorganise import actions, queries
from tochuc.reorganise.files import read_plan
from tochuc.reorganise.models import Reorganisation
from tochuc.reorganise.preview import BEGINS, Preview, preview


class Command(BaseCommand):
    help = "Xem trước, thực hiện, hủy hoặc khóa một phương án sắp xếp tổ chức."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="tệp phương án (YAML)")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--preview", action="store_true", help="xem phương án chạm tới những gì (mặc định)")
        what.add_argument("--apply", action="store_true", help="thực hiện phương án")
        what.add_argument("--undo", metavar="MÃ", help="hủy phương án đã thực hiện")
        what.add_argument("--close", metavar="MÃ", help="khóa phương án, từ đó không hủy được")
        what.add_argument("--list", action="store_true", help="liệt kê các phương án đã thực hiện")
        parser.add_argument("--account", metavar="TÊN", help="tài khoản người thực hiện, ghi vào nhật ký")

    def handle(self, *args: Any, **options: Any) -> None:
        by = actor_named(options["account"])
        try:
            self._do(by, options)
        except Refusals as refused:
            raise CommandError("\n".join(error.message for error in refused.errors)) from refused
        except DomainError as refused:
            raise CommandError(refused.message) from refused

    def _do(self, by: Actor, options: dict[str, Any]) -> None:
        if options["list"]:
            for one in queries.reorganisations():
                self.stdout.write(f"{one.ref}  {day_vn(one.day)}  {one.get_state_display()}  {one.title}")
        elif options["undo"]:
            found = _found(options["undo"])
            actions.undo(found, by=by, today=today())
            self.stdout.write(f"Đã hủy phương án «{found.title}».")
        elif options["close"]:
            found = _found(options["close"])
            actions.close(found, by=by)
            self.stdout.write(f"Đã khóa phương án «{found.title}».")
        elif options["file"] is None:
            raise CommandError("Hãy nêu tệp phương án, hoặc --undo, --close, --list.")
        else:
            self._carry(options["file"], by, really=options["apply"])

    def _carry(self, file: Path, by: Actor, *, really: bool) -> None:
        plan = read_plan(file)
        if not really:
            self._show(preview(plan, by=by, today=today()))
            return
        began = time.monotonic()
        made = actions.apply(plan, by=by, today=today())
        spent = time.monotonic() - began
        self.stdout.write(f"Đã thực hiện phương án «{made.title}», mã {made.ref}, trong {spent:.1f} giây.")

    def _show(self, found: Preview) -> None:
        write, plan = self.stdout.write, found.plan
        write(f"{plan.title}, từ ngày {day_vn(plan.day)} ({plan.decision.number}, {plan.decision.by})")
        write(f"\nTổ chức: {len(found.organisations)}")
        for one in found.organisations:
            write(f"  {_what(one.before, one.after)}: {one.name}" + _to(one.followed_by))
            for ground in one.presumed:
                write(f"      (giả định: {ground})")
        write(f"\nNgười chuyển chi bộ: {len(found.people)}")
        pairs: dict[tuple[str, str], int] = {}
        for person in found.people:
            pairs[person.frm, person.to] = pairs.get((person.frm, person.to), 0) + 1
        for (frm, to), n in pairs.items():
            write(f"  {n:>4}  {frm} → {to}")
        begin = sum(post.what == BEGINS for post in found.posts)
        write(f"\nChức vụ: {begin} bắt đầu, {len(found.posts) - begin} kết thúc")
        write(f"Vai trò tài khoản: {len(found.roles)}; nhiệm vụ chuyển tiếp: {len(found.tasks)}")
        for papers in found.papers:
            write(f"  {papers.name}: {papers.documents} văn bản, {papers.conferences} hội nghị giữ tên cũ")
        write("\nĐảng viên trước, tăng, giảm, sau:")
        for side in found.sides:
            counts = (side.before.total, side.came.total, side.went.total, side.after.total)
            write("  " + "".join(f"{n:>7}" for n in counts) + f"  {side.name}")
        for name in found.below_minimum:
            write(f"Chú ý: {name} có ít đảng viên chính thức hơn mức tối thiểu.")
        write("Không ai bị bỏ sót." if found.balances else f"BỎ SÓT: {'; '.join(found.nowhere)}")


def _what(before: object | None, after: object | None) -> str:
    if before is None:
        return "thành lập"
    return "kết thúc" if after is None else "tiếp tục" if before == after else "thay đổi"


def _to(names: tuple[str, ...]) -> str:
    return f" → {', '.join(names)}" if names else ""


def _found(ref: str) -> Reorganisation:
    found = queries.by_ref(ref)
    if found is None:
        raise CommandError(f"Không có phương án mã «{ref}».")
    return found
