"""``tochuc regulation show ID --on DAY --org CODE``: what a rule says for a branch, its own regulations included."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date

from tochuc.access.clock import today
from tochuc.kernel.errors import DomainError
from tochuc.kernel.known_dates import parse_day
from tochuc.org.models import Organisation
from tochuc.regulations.asking import asker_for
from tochuc.rules.command import BAD_QUESTION
from tochuc.rules.command import main as regulation


def main(argv: Sequence[str]) -> int:
    """Ask for the organisation named; everything else is as without one."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--org", required=True)
    parser.add_argument("--on")
    named, _ = parser.parse_known_args(argv)
    organisation = Organisation.objects.filter(code=named.org).first()
    if organisation is None:
        print(f"Không có tổ chức nào mã “{named.org}”.", file=sys.stderr)
        return BAD_QUESTION
    return regulation(argv, ask=asker_for(organisation, _day(named.on)))


def _day(text: str | None) -> date:
    """The day whose tree counts; an unreadable one is refused by the question itself."""
    try:
        return parse_day(text) if text else today()
    except DomainError:
        return today()
