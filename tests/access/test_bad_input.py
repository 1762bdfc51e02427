"""Whatever is typed into a form, its page comes back: what is wrong is said in Vietnamese, nothing is lost, nothing breaks.

Every form that the scene shows is sent empty, with nonsense, with too much, with what can't be, with choices that
weren't offered, and with files that aren't what they say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client

from access.addresses import Address, addresses
from access.forms import Shown, errors_of, forms_of, links_of, plain, standing
from access.scene import SELF, Scene, keys_of, undone
from tochuc.access.policy import ANYONE, POLICY
from tochuc.access.roles import CELL_SECRETARY, COMMUNE_SECRETARY, ORGANISATION_OFFICER

ACTORS = {
    "officer": ORGANISATION_OFFICER,
    "secretary_a": COMMUNE_SECRETARY,
    "cell_a1": CELL_SECRETARY,
    "member_a1": ANYONE,
}
UNSEEN = {
    *("badge_round", "badge_round_step", "case_extend", "case_scan"),
    *("cell_claims", "closed_case_extend", "closed_case_scan", "document", "greeted"),
    *("import_movements_check", "import_organisations_check", "import_posts_check", "item_move"),
    *("member_desk", "member_lapses", "member_record", "members_change", "proposal_withdraw"),
    *("regulation_withdraw", "reminder_calendar_close", "token_revoke", "workplace"),
}
"""Addresses whose form the scene shows nowhere, or only as a button: sent what no page asked for."""

# Typed on a Mac, in markup, a day that no calendar has, a character that no database stores.
NONSENSE = "So\u0302\u0301 <b>31/02/2023</b> 😀\x00 &amp;"
GARBAGE: dict[str, tuple[str, ...]] = {
    "nothing": ("",),
    "nonsense": (NONSENSE,),
    "too much": ("x" * 6000,),
    "what can't be": ("-5", "01/01/2999", "99999999999999999999", "1/1/1800"),
}
CHOSEN: dict[str, list[str]] = {"nothing": [], "nonsense": [NONSENSE], "what can't be": ["xa-b-thon-thuong"]}
"""What stands in for a choice; else the last that is offered is chosen."""
FILES = {"empty": b"", "a program": b"MZ\x90\x00" * 400, "half a package": b"PK\x03\x04" + b"\x00\xff" * 400}
# What Django and its friends say where nobody has put it into our words.
FOREIGN = re.compile(
    r"\b(Enter|Ensure|Select|This|Please|You must|required|invalid|Password)\b|khả thi|Đảm bảo"
)


@dataclass
class Walk:
    """The browsers of the actors, the forms that they were shown, and what went wrong."""

    scene: Scene
    clients: dict[str, Client]
    forms: dict[tuple[str, tuple[str, ...]], Shown] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def look(self, actor: str, path: str) -> HttpResponseBase | None:
        """Open a page and keep its forms."""
        with undone():
            answer = self.clients[actor].get(path)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            return None
        for form in forms_of(path, answer, actor):
            self.forms.setdefault((form.address, form.texts[:1]), form)
        return answer

    def gather(self) -> None:
        """Look at every page that takes a form, as the first who sees it there, and at the steps of the cases."""
        for address in addresses():
            if "POST" in address.actions and not address.is_api and address.name not in UNSEEN:
                for actor, path in self._ways(address):
                    self.look(actor, path)
                    if any(name == address.name for name, _ in self.forms):
                        break
        for own in (f"/ho-so/{self._a1.case.ref}/", f"/ho-so-kin/{self._a1.closed_case.ref}/"):
            page = self.look("cell_a1", own)
            for link in sorted(set(links_of(page)) if page else ()):
                if link.startswith(own) and link != own:
                    self.look("cell_a1", link)

    @property
    def _a1(self) -> Any:
        return self.scene.things["a1"]

    def _ways(self, address: Address) -> Iterator[tuple[str, str]]:
        roles = {rule.role for rule in POLICY[address.actions["POST"]]}
        for actor, role in ACTORS.items():
            if role in roles or ANYONE in roles:
                for place in ("a1", "commune_a", SELF) if address.objects else ("-",):
                    keys = keys_of(self.scene, address, place, actor)
                    if keys is not None:
                        yield actor, address.at(keys)

    def send(self, form: Shown, what: str, sent: dict[str, Any], kept: set[str]) -> None:
        """Send a form and look at the answer: whether it tells what is wrong and still has what was typed."""
        with undone():
            answer = self.clients[form.actor].post(form.path, form.values | sent)
        where = f"{form.address}, {what}"
        if answer.status_code not in {200, 302, 422}:
            self.wrong.append(f"{where}: {answer.status_code}")
        if answer.status_code not in {200, 422} or "html" not in answer["Content-Type"]:
            return
        back, told = standing(answer), errors_of(answer)
        for name in sorted(kept):
            typed = [value for value in map(plain, (form.values | sent)[name]) if value]
            if typed and typed != back.get(name):
                self.wrong.append(f"{where}: {name} came back as {str(back.get(name))[:60]}")
        self.wrong += [f"{where}: says {words!r}" for words in told if FOREIGN.search(words)]
        if not told and answer.status_code == 422:
            self.wrong.append(f"{where}: doesn't say what is wrong")


def test_whatever_is_typed_into_a_form_nothing_breaks_and_nothing_is_lost(
    scene: Scene, entered: Callable[[str], Client]
):
    walk = Walk(scene, {actor: entered(actor) for actor in ACTORS})
    walk.gather()
    forms = [form for form in walk.forms.values() if form.address != "account_logout"]
    seen = {form.address for form in forms}
    asked = {one.name for one in addresses() if "POST" in one.actions and not one.is_api}
    assert asked - seen <= UNSEEN
    for form in forms:
        secret = {name for name in form.texts if "password" in name}
        for what, values in GARBAGE.items():
            texts = {name: [values[n % len(values)]] for n, name in enumerate(form.texts)}
            choices = {name: CHOSEN.get(what, list(given[-1:])) for name, given in form.choices.items()}
            walk.send(form, what, texts | choices, {*texts, *(() if what in CHOSEN else choices)} - secret)
        for what, raw in FILES.items() if form.files else ():
            files = {name: SimpleUploadedFile(f"tệp{end}", raw) for name, end in form.files.items()}
            walk.send(form, f"{what} as a file", files, set(form.texts) & set(form.values))
    _blindly(walk)
    assert walk.wrong == []


def _blindly(walk: Walk) -> None:
    """Send what no page asked for to the addresses whose form nobody was shown."""
    said = dict.fromkeys(
        ("on", "reason", "text", "chon", "la", "person", "months", "files", "code"), NONSENSE
    )
    for address in addresses():
        if address.name not in UNSEEN:
            continue
        keys = keys_of(walk.scene, address, "a1" if address.objects else "-", "cell_a1")
        with undone():
            answer = walk.clients["cell_a1"].post(address.at(keys or {}), said)
        if answer.status_code >= 500:
            walk.wrong.append(f"{address.name}, blindly: {answer.status_code}")
