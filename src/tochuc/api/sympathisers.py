"""Opening the record of someone whom a cell puts on its list of sympathisers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.api.door import endpoint
from tochuc.api.given import Day, Sent, Words
from tochuc.api.members import MemberBrief, brief
from tochuc.kernel.errors import BadInput, Conflict, DomainError, Refused
from tochuc.kernel.known_dates import BIRTH_PIVOT, KnownDate, parse_known_date
from tochuc.members import actions, queries


class SympathiserIn(Sent):
    """Who is put on the list, and when. ``birth`` as exact as it is known: 02/04/1975, 04/1975 or 1975.

    ``other_person`` says that those of the same name and birth were looked at, and this is somebody else.
    """

    full_name: Annotated[Words, Field(min_length=1, max_length=120)]
    gender: Literal["male", "female"]
    birth: Annotated[Words, Field(min_length=4, max_length=20)]
    listed_on: Day
    hometown: Words = ""
    residence: Words = ""
    occupation: Annotated[Words, Field(max_length=120)] = ""
    other_person: bool = False


@endpoint(
    "POST",
    "organisations/<organisation:organisation>/sympathisers",
    name="sympathiser_list",
    needs="member.record",
    status=201,
)
def list_sympathiser(viewer: Viewer, organisation: Any, given: SympathiserIn) -> MemberBrief:
    """Open someone's record and put them on a cell's list of sympathisers, in one go."""
    born = _born(given.birth)
    if born.first >= given.listed_on:
        raise Refused("born_after", f"Ngày sinh {born.vn} phải trước ngày vào danh sách.", "birth")
    people = gate.visible(viewer, "member.search", "person")
    if not given.other_person and queries.namesakes(people, given.full_name, born):
        raise Conflict(
            "namesake",
            "Đã có người cùng họ tên, ngày sinh trong phạm vi của đồng chí; nếu là người khác, gửi other_person.",
            "other_person",
        )
    person = actions.register(
        full_name=given.full_name,
        gender=given.gender,
        birth=born,
        by=viewer.actor,
        hometown=given.hometown.strip(),
        residence=given.residence.strip(),
        occupation=given.occupation.strip(),
    )
    try:
        actions.list_sympathiser(
            person, cell=organisation, on=given.listed_on, by=viewer.actor, today=viewer.today
        )
    except DomainError as refused:
        refused.field = "listed_on" if refused.field == "on" else refused.field
        raise
    person.refresh_from_db()
    return MemberBrief(**brief(person))


def _born(text: str) -> KnownDate:
    try:
        return parse_known_date(text, pivot=BIRTH_PIVOT)
    except DomainError as bad:
        raise BadInput(bad.code, bad.message, "birth") from bad
