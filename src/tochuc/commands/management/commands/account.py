"""``tochuc account``: open an account with a role, from the machine itself."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction

from tochuc.access.actions import give_role, open_account
from tochuc.access.clock import today
from tochuc.access.models import Account
from tochuc.access.roles import ROLES
from tochuc.audit.record import NOBODY
from tochuc.commands.naming import organisation_coded
from tochuc.kernel.errors import DomainError


class Command(BaseCommand):
    help = "Mở tài khoản và giao vai trò tại một tổ chức. Mật khẩu đọc từ bàn phím."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="họ và tên")
        parser.add_argument("--role", required=True, choices=sorted(ROLES))
        parser.add_argument("--org", required=True, help="mã tổ chức")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = organisation_coded(options["org"])
        password = getpass.getpass("Mật khẩu: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            validate_password(password, Account(username=options["username"], full_name=options["name"]))
        except ValidationError as weak:
            raise CommandError(" ".join(weak.messages)) from weak
        try:
            with transaction.atomic():
                account = open_account(
                    username=options["username"], full_name=options["name"], password=password, by=NOBODY
                )
                give_role(account, options["role"], organisation, since=today(), by=NOBODY)
        except DomainError as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"Đã mở tài khoản {account.username}.")
