"""The second factor (xác thực hai bước): a code from one's telephone beside the password, and codes kept for its loss.

allauth keeps and checks them; here is what Tochuc decides: secrets are sealed at rest, each change and each wrong
code is in the trail, and an installation may require it of officers.
"""

from __future__ import annotations

import base64
import re
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from tochuc.access.models import Account
from tochuc.access.roles import ORGANISATION_OFFICER
from tochuc.access.viewer import Viewer
from tochuc.audit.record import Actor, record
from tochuc.kernel.errors import Refused
from tochuc.kernel.sealing import Keyring

_ABOUT = "second_factor"


class Adapter(DefaultMFAAdapter):
    """What Tochuc decides differently from allauth's defaults."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Mã chưa đúng hoặc đã hết hạn; hãy đợi mã mới trên điện thoại rồi nhập lại.",
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret: whoever reads the database makes no codes."""
        return base64.b64encode(_keyring().seal(text, _ABOUT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return _keyring().unseal(base64.b64decode(encrypted_text), _ABOUT)


class CodeForm(AuthenticateForm):
    """The code asked for after the password; a wrong one leaves a trace."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Mã xác thực"
        self.fields["code"].error_messages["required"] = "Cần điền mã."

    def clean_code(self) -> str:
        """The code, if it is right."""
        try:
            code: str = super().clean_code()
        except ValidationError:
            by = Actor(None, self.user.username, getattr(context.request, "request_id", ""))
            with transaction.atomic():
                record(by, "factor.failed", kind="account", key=self.user.username)
            raise
        return code


def is_on(account: Account) -> bool:
    """Whether the account asks for a code after the password."""
    return bool(is_mfa_enabled(account, [Authenticator.Type.TOTP]))


def required(viewer: Viewer) -> bool:
    """Whether this installation asks officers for a second factor, and the viewer is one."""
    return bool(settings.TOCHUC_SECOND_FACTOR) and ORGANISATION_OFFICER in viewer.roles


def owed(viewer: Viewer) -> bool:
    """Whether the viewer has to turn it on before anything else."""
    return required(viewer) and not is_on(viewer.account)


def new_secret() -> str:
    """A fresh secret, to be put on a telephone."""
    return str(generate_totp_secret())


def picture(account: Account, secret: str) -> str:
    """The secret as a square that telephones read, as SVG."""
    adapter = Adapter(context.request)
    drawn = str(adapter.build_totp_svg(adapter.build_totp_url(account, secret)))
    # Inside a page the picture needs no name space of its own.
    return re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", drawn[drawn.index("<svg") :])


@transaction.atomic
def turn_on(account: Account, secret: str, code: str, *, by: Actor) -> list[str]:
    """Ask for a code from now on, once one made from the secret was shown to be right; give the codes for its loss."""
    Account.objects.select_for_update().get(pk=account.pk)
    if is_on(account):
        raise Refused("factor_on", "Xác thực hai bước đã bật từ trước.")
    if not validate_totp_code(secret, code.replace(" ", "")):
        raise Refused("factor_code", Adapter.error_messages["incorrect_code"], "code")
    TOTP.activate(account, secret)
    codes = RecoveryCodes.activate(account).get_unused_codes()
    record(by, "factor.on", kind="account", key=account.username)
    return [str(one) for one in codes]


@transaction.atomic
def turn_off(account: Account, *, by: Actor, reason: str = "") -> None:
    """Ask for the password alone from now on; codes kept for a loss end with it."""
    gone, _ = Authenticator.objects.filter(user_id=account.pk).delete()
    if gone:
        record(by, "factor.off", kind="account", key=account.username, reason=reason)


def seal_anew() -> int:
    """Seal every secret with the newest key, as the tables' owner; how many were sealed anew. Safe to run again."""
    adapter, done = Adapter(), 0
    for row in Authenticator.objects.using("owner").order_by("pk"):
        name = next((one for one in ("secret", "seed") if one in row.data), None)
        if name and not _keyring().fresh(base64.b64decode(row.data[name])):
            row.data[name] = adapter.encrypt(adapter.decrypt(row.data[name]))
            row.save(using="owner", update_fields=["data"])
            done += 1
    return done


def _keyring() -> Keyring:
    keys: Any = settings.FIELD_KEYS
    return Keyring(keys())
