"""The accounts one can log in with: an officer, the communes, some cell secretaries, a member, one at the province."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from tochuc.exchange.demo import sources
from tochuc.exchange.demo.lives import FAR, Life, stays
from tochuc.exchange.demo.shapes import DemoAccount, DemoPerson
from tochuc.exchange.demo.structure import OWN, ROOT, Plan
from tochuc.exchange.demo.tenures import Tenure

OFFICER, HEAD, CELL, MEMBER, PROVINCE = "canbo", "truongban", "chibo", "dangvien", "tinh"


def name_members(lives: list[Life], rng: Random, today: date) -> dict[str, Life]:
    """Choose the two named members who hold no post; their lives by account."""
    chosen: dict[str, Life] = {}
    members: dict[str, dict[str, str]] = sources.settings("cast.yaml")["members"]
    for username, named in members.items():
        fit = [
            life
            for life in lives
            if not life.leader_of and not life.name and _quietly_in(life, named["cell"], today)
        ]
        if not fit:
            continue
        life = rng.choice(fit)
        life.name, life.gender = named["name"], named["gender"]
        chosen[username] = life
    return chosen


def _quietly_in(life: Life, cell: str, today: date) -> bool:
    """Whether an ordinary official member of working age in this cell, since the opening and beyond today."""
    own = stays(life)
    return (
        len(own) == 1
        and own[0].cell == cell
        and own[0].until == FAR
        and own[0].official_from <= today
        and own[0].exempt_from == FAR
        and 27 <= life.age(today) <= 50
    )


def accounts(
    plan: Plan,
    tenures: list[Tenure],
    members: dict[str, Life],
    person_of: dict[int, DemoPerson],
) -> tuple[DemoAccount, ...]:
    """All accounts, the four that are easy to remember first, that of the province last; a neighbouring made-up district has none."""
    if plan.prefix != OWN:
        return ()
    opener = _Opener(plan, tenures, members, person_of)
    drawn = [
        opener.member(OFFICER, "organisation_officer", plan.prefix),
        opener.holder(CELL, f"{plan.prefix}-nam-phuoc-my-hoa-bi-thu", "cell_secretary"),
        opener.member(MEMBER, "member", None),
        opener.holder(HEAD, f"{plan.prefix}-btc-truong-ban", "organisation_officer", plan.prefix),
    ]
    drawn += [opener.commune(code) for code in plan.communes]
    cells: list[str] = sources.settings("cast.yaml")["cell_accounts"]
    drawn += [
        opener.holder(f"cb-{code.removeprefix(plan.prefix + '-')}", f"{code}-bi-thu", "cell_secretary")
        for code in cells
    ]
    # Whoever works at the province stands in a cell outside these records.
    drawn.append(
        DemoAccount(PROVINCE, None, _settings()["province"], (("organisation_officer", ROOT, plan.opening),))
    )
    return tuple(account for account in drawn if account)


def _settings() -> dict[str, str]:
    found: dict[str, str] = sources.settings("cast.yaml")["officers"]
    return found


class _Opener:
    def __init__(
        self, plan: Plan, tenures: list[Tenure], members: dict[str, Life], person_of: dict[int, DemoPerson]
    ) -> None:
        self.plan, self.members, self.person_of = plan, members, person_of
        self.present = {t.seat.post.code: t for t in tenures if t.until is None and id(t.life) in person_of}

    def member(self, username: str, role: str, organisation: str | None) -> DemoAccount | None:
        """The account of a named member; the role is at their own cell unless said otherwise."""
        life = self.members.get(username)
        if life is None or id(life) not in self.person_of:
            return None
        cell = stays(life)[-1].cell
        return self._account(username, life, [(role, organisation or cell, self.plan.opening)])

    def holder(
        self, username: str, post: str, role: str, organisation: str | None = None
    ) -> DemoAccount | None:
        """The account of whoever holds a post now; cell secretaries are also there as members."""
        tenure = self.present.get(post)
        if tenure is None:
            return None
        where = organisation or tenure.seat.post.organisation
        roles = [(role, where, tenure.since)]
        if role == "cell_secretary":
            roles.append(("member", where, tenure.since))
        return self._account(username, tenure.life, roles)

    def commune(self, code: str) -> DemoAccount | None:
        """The commune's account: its secretary, or the standing deputy while there is none."""
        username = code.removeprefix(f"{self.plan.prefix}-").replace("-", "")
        for suffix in ("bi-thu", "pho-bi-thu-thuong-truc", "pho-bi-thu"):
            account = self.holder(username, f"{code}-{suffix}", "commune_secretary")
            if account:
                return account
        return None

    def _account(self, username: str, life: Life, roles: list[Any]) -> DemoAccount:
        person = self.person_of[id(life)]
        return DemoAccount(username, person.ref, person.full_name, tuple(roles))
