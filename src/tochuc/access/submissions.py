"""Forms sent twice: the second sending finds what the first one did."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from tochuc.access.models import Account, Submission

_LONGEST = 300
_KEPT_FOR = timedelta(days=30)
"""Longer than any session: nobody sends a form again after that."""


def claim(token: str, account: Account, path: str) -> Submission | None:
    """Take a form in under its token; give the earlier submission when this one is a repetition.

    Call inside the transaction of the form's own work: a second sending waits for the first to end.
    """
    known, fresh = Submission.objects.get_or_create(
        token=uuid.UUID(token), defaults={"account": account, "path": path[:_LONGEST]}
    )
    if fresh or known.account_id != account.pk or known.path != path[:_LONGEST]:
        return None
    return known


def settle(token: str, account: Account, path: str, answer: str) -> None:
    """Remember where the form's answer led to; a token that came with another form keeps its own.

    An address too long to keep isn't cut short: sent again, the form leads back to itself.
    """
    own = Submission.objects.filter(token=uuid.UUID(token), account=account, path=path[:_LONGEST])
    own.update(answer=answer if len(answer) <= _LONGEST else "")


def forget_old(at: datetime) -> None:
    """Forget the forms that nobody can send again."""
    Submission.objects.filter(at__lt=at - _KEPT_FOR).delete()
