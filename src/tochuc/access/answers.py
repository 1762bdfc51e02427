"""Answers kept under a program's own key: asked again with the same key, it hears the same and nothing is done twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from tochuc.access.models import Account, KeptAnswer
from tochuc.kernel.errors import BadInput

KEPT_FOR = timedelta(hours=24)


def claim(account: Account, key: str, asked: str, at: datetime) -> KeptAnswer:
    """The answer kept under a key; one without ``status`` when this is the first time it is asked.

    Call inside the transaction of the work itself: a second asking waits for the first to end, and does the work
    only if the first came to nothing. Raises ``BadInput`` when the key came with another question before.
    """
    forget_expired(at, account=account)
    kept, _fresh = KeptAnswer.objects.get_or_create(
        account=account, key=key, defaults={"asked": asked, "expires_at": at + KEPT_FOR}
    )
    if kept.asked != asked:
        raise BadInput(
            "key_reused",
            "Khóa Idempotency-Key này đã dùng cho một nội dung khác; mỗi lần gửi mới cần một khóa mới.",
            "Idempotency-Key",
        )
    return kept


def keep(kept: KeptAnswer, status: int, body: str) -> None:
    """Keep what was answered."""
    kept.status, kept.body = status, body
    kept.save(update_fields=["status", "body"])


def forget_expired(at: datetime, *, account: Account | None = None) -> None:
    """Forget the answers whose time is over: they name people. Of an account, or of all."""
    over = KeptAnswer.objects.filter(expires_at__lte=at)
    (over.filter(account=account) if account is not None else over).delete()
