"""Who may come in at the API's door: a program with a token, or a person's browser with its session."""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from tochuc.access import tokens
from tochuc.access.clock import now
from tochuc.api.problems import TooMany, WrongToken

# Wrong tokens from one address. A right one is let in all the same: many may share an address.
_WRONG = {"wrong_token": "20/5m/ip"}


class Token(HttpBearer):
    """A token in the header ``Authorization: Bearer``; it takes the place of whatever cookies came along."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token, whose account is from here on the one who asks; raises for one that lets nobody in."""
        found = tokens.admitted(token, now())
        if found is None:
            allowed = ratelimit.consume(
                request, app="api", action="wrong_token", config=_WRONG, limit_get=True
            )
            raise WrongToken if allowed else TooMany
        request.user = found.account
        request.token = found  # type: ignore[attr-defined]
        return found


class Session(SessionAuth):
    """The session that the pages use; a write has to carry its CSRF token as well."""

    def __call__(self, request: HttpRequest) -> Any:
        if not request.user.is_authenticated:
            return None
        return super().__call__(request)
