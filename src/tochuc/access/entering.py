"""Who a request comes from: the account with the roles it holds today, in one question."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from tochuc.access.clock import today
from tochuc.access.models import Account
from tochuc.access.viewer import held_on


class Entrance(AuthenticationBackend):
    """As allauth's, but the roles come along with the account: every page asks for both."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account of a session, if it may still enter."""
        day = today()
        roles = tuple(held_on(day).filter(account=user_id).select_related("account"))
        account: Account | None = roles[0].account if roles else super().get_user(user_id)
        if account is None or not self.user_can_authenticate(account):
            return None
        account.roles_held = day, roles
        return account
