"""What the members' record makes due: probation that has run out and waits for the cell to consider it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from itertools import groupby

from django.db.models import FilteredRelation, Q

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.deadlines import after
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.slips import Slip, Slips, part
from tochuc.kernel.known_dates import day_vn
from tochuc.members.kinds import PROBATIONARY
from tochuc.members.models import WAITING, MemberEvent, Person, Proposal
from tochuc.members.record_fields import FIELDS
from tochuc.rules.ask import rule
from tochuc.rules.limits import due_after

# How far ahead the list looks, so that the course and the comments can be had in time.
_AHEAD = timedelta(days=60)
_JOINED = ("admitted", "readmitted")
_BEGINS = (*_JOINED, "opening", "arrived")
RECOGNITION, PROPOSAL = "recognition", "proposal"


_LENGTH, _DEADLINE = "probation.length", "probation.recognise_cell_deadline"


def _recognitions(viewer: Viewer, until: date | None) -> Slips | None:
    """Those whose probation ends by the day."""
    people = gate.visible(viewer, "member.record", "person").filter(standing=PROBATIONARY)
    # Where a case runs for it, its steps are what is due.
    of_case = Q(cases__procedure="recognition", cases__result="")
    people = people.annotate(considered=FilteredRelation("cases", condition=of_case)).filter(considered=None)
    found = part(people.order_by().values_list("pk", "home"))
    if found is None:
        return None
    sql = _ENDING.format(
        kind=RECOGNITION,
        people=found.sql,
        joined=_JOINED,
        begins=_BEGINS,
        ends=after(_LENGTH, "began.day"),
        due=after(_DEADLINE, "ends.day"),
    )
    return Slips(sql, (*found.values, until or viewer.today + _AHEAD))


def _recognise(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    begun = (
        MemberEvent.objects.filter(
            person__in=[slip.person for slip in slips], kind__in=_BEGINS, corrected_by=None
        )
        .select_related("person", "person__home")
        .order_by("person", "happened_on", "id")
    )
    for person, beginnings in groupby(begun, key=lambda event: event.person):
        began = probation_began(list(beginnings))
        if began is not None:
            yield str(person.pk), _recognition(person, began)


def probation_began(beginnings: list[MemberEvent]) -> date | None:
    """The day of the admission ceremony, from the latest event that began a probation."""
    for event in reversed(beginnings):
        if event.kind in _JOINED:
            return event.happened_on
        known = event.data.get("admitted_on")
        if known:
            return date.fromisoformat(known)
    return None


def _recognition(person: Person, began: date) -> Duty:
    length = rule(_LENGTH, on=began)
    ends = due_after(length, began)
    limit = rule(_DEADLINE, on=ends)
    due = due_after(limit, ends)
    return Duty(
        kind=RECOGNITION,
        what="Chi bộ xét công nhận đảng viên chính thức",
        whom=f"{person.full_name}, {person.home.short_name}" if person.home else person.full_name,
        organisation=person.home.code if person.home else "",
        due_on=due,
        why=Why(
            f"Hết {length.words} dự bị ngày {day_vn(ends)}; chi bộ xét trong {limit.words}.",
            f"{length.cite.vn}; {limit.cite.vn}",
            (
                ("Ngày kết nạp", day_vn(began)),
                ("Hết thời gian dự bị", day_vn(ends)),
                ("Chi bộ", person.home.name if person.home else ""),
            ),
            confirmed=length.confidence == limit.confidence == "text",
        ),
        page="person_cases",
        key=person.ref,
        action="Mở hồ sơ",
    )


# No rule sets a limit: a member who wrote should not wait longer than this for an answer.
_ANSWER = timedelta(days=10)


def _answers(viewer: Viewer, until: date | None) -> Slips | None:
    """What members proposed to correct in their records and nobody has answered: one duty for each member."""
    people = gate.visible(viewer, "member.approve", "person").values("pk")
    waiting = Proposal.objects.filter(person__in=people, state=WAITING).exclude(proposed_by=viewer.account)
    oldest = waiting.order_by("person", "proposed_at", "pk").distinct("person")
    found = part(oldest.values_list("pk", "person", "person__home", "proposed_on"))
    if found is None:
        return None
    sql = f"""
        SELECT '{PROPOSAL}', w.home, w.person, w.day + {_ANSWER.days}, w.id::text, '', false
        FROM ({found.sql}) AS w(id, person, home, day)
    """
    return Slips(sql, found.values)


def _answer(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    for one in Proposal.objects.filter(pk__in=[slip.key for slip in slips]).select_related("person__home"):
        person = one.person
        yield (
            str(one.pk),
            Duty(
                kind=PROPOSAL,
                what="Duyệt đề nghị sửa hồ sơ của đảng viên",
                whom=f"{person.full_name}, {person.home.short_name}" if person.home else person.full_name,
                organisation=person.home.code if person.home else "",
                due_on=one.proposed_on + _ANSWER,
                why=Why(
                    "Đảng viên đã kiểm tra hồ sơ của mình và đề nghị sửa; đề nghị chỉ vào hồ sơ khi được duyệt. "
                    f"Không có thời hạn trong quy định; hệ thống nhắc sau {_ANSWER.days} ngày.",
                    facts=(("Mục", FIELDS[one.field].label), ("Gửi ngày", day_vn(one.proposed_on))),
                ),
                page="member_proposals",
                key=person.ref,
                action="Xem đề nghị",
            ),
        )


# The latest event that began a probation, as `probation_began` reads it; then the two limits, each by the rule of
# the day from which it runs.
_ENDING = """
    SELECT '{kind}', w.home, w.id, d.due_on, w.id::text, '', false
    FROM ({people}) AS w(id, home)
    CROSS JOIN LATERAL (
        SELECT CASE WHEN e.kind IN {joined} THEN e.happened_on
                    ELSE nullif(e.data->>'admitted_on', '')::date END AS day
        FROM members_memberevent e
        WHERE e.person_id = w.id AND e.kind IN {begins}
          AND (e.kind IN {joined} OR nullif(e.data->>'admitted_on', '') IS NOT NULL)
          AND NOT EXISTS (SELECT 1 FROM members_memberevent v WHERE v.corrects_id = e.id)
        ORDER BY e.happened_on DESC, e.id DESC LIMIT 1
    ) AS began
    CROSS JOIN LATERAL (SELECT {ends} AS day) AS ends
    CROSS JOIN LATERAL (SELECT {due} AS due_on) AS d
    WHERE ends.day <= %s AND d.due_on IS NOT NULL
"""


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(Provider(PROPOSAL, "Duyệt đề nghị sửa hồ sơ", slips=_answers, work_out=_answer))
    register(
        Provider(
            RECOGNITION,
            "Công nhận đảng viên chính thức",
            slips=_recognitions,
            work_out=_recognise,
            gathers={RECOGNITION: "Chi bộ xét công nhận đảng viên chính thức: {} đảng viên dự bị".format},
        )
    )
