"""What Party cards make due: members recognised and without one, and cards to be taken in from who left."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.slips import Slip, Slips, part, together
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.lists.badge_due import list_makers
from tochuc.rules.ask import rule
from tochuc.rules.ruled import Ruled

ISSUE, TAKE_IN = "card_issue", "card_take_in"


def _slips(viewer: Viewer, until: date | None) -> Slips | None:
    """For each cell and base one works for, one row for all their members."""
    makers = part(list_makers(viewer, "card.list").values_list("pk"))
    if makers is None:
        return None
    try:
        reminder = rule("card.issue_reminder", on=viewer.today).number
    except NotInForce:
        return None
    around = (viewer.today, viewer.today, *makers.values)
    return together(
        (
            Slips(_ISSUE.format(makers=makers.sql), (reminder, *around)),
            Slips(_TAKE_IN.format(makers=makers.sql), around),
        )
    )


def _work_out(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    """The key tells all that a row says, so that showing it asks nothing more."""
    for slip in slips:
        code, n, name = slip.key.split("|", 2)
        made = _to_issue if slip.kind == ISSUE else _to_take_in
        yield slip.key, made(viewer, code, f"{name}: {n} ", slip.due_on)


_ISSUE = """
    SELECT 'card_issue', o.id, NULL::bigint, min(e.happened_on) + %s::int, o.code || '|' || count(DISTINCT p.id) || '|' || o.name, '', false
    FROM org_organisation o
    JOIN org_under u ON u.above_id = o.id AND u.since <= %s AND u.until > %s
    JOIN members_person p ON p.home_id = u.unit_id AND p.standing = 'official' AND p.card_number = ''
    JOIN members_memberevent e ON e.person_id = p.id AND e.kind = 'recognised'
    WHERE o.id IN ({makers}) AND p.merged_into_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM members_memberevent v WHERE v.corrects_id = e.id)
      AND NOT EXISTS (SELECT 1 FROM cases_case c
                      WHERE c.person_id = p.id AND c.procedure = 'card_issue' AND c.closed_on IS NULL)
    GROUP BY o.id, o.code, o.name
"""
_TAKE_IN = """
    SELECT 'card_take_in', o.id, NULL::bigint, min(e.happened_on), o.code || '|' || count(*) || '|' || o.name, '', true
    FROM org_organisation o
    JOIN org_under u ON u.above_id = o.id AND u.since <= %s AND u.until > %s
    JOIN members_person p ON p.home_id = u.unit_id AND p.standing = 'outside' AND p.card_number <> ''
    JOIN LATERAL (
        SELECT x.kind, x.happened_on FROM members_memberevent x
        WHERE x.person_id = p.id AND x.kind IN ('expelled', 'removed', 'departed', 'died', 'left_for')
          AND NOT EXISTS (SELECT 1 FROM members_memberevent v WHERE v.corrects_id = x.id)
        ORDER BY x.happened_on DESC, x.id DESC LIMIT 1
    ) AS e ON e.kind IN ('expelled', 'removed', 'departed')
    WHERE o.id IN ({makers}) AND p.merged_into_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM cases_case c
                      WHERE c.person_id = p.id AND c.procedure = 'card_withdrawal' AND c.closed_on IS NULL)
    GROUP BY o.id, o.code, o.name
"""


def _to_issue(viewer: Viewer, code: str, whom: str, due_on: date) -> Duty:
    reminder = rule("card.issue_reminder", on=viewer.today)
    first = due_on - timedelta(days=reminder.number)
    issued = _asked("card.issued_when", viewer.today)
    sentence = f"{issued.title}: {issued.value}. " if issued else ""
    return Duty(
        kind=ISSUE,
        what="Đề nghị phát thẻ đảng viên",
        whom=whom + "đảng viên đã được công nhận, chưa có thẻ",
        organisation=code,
        due_on=due_on,
        why=Why(
            f"{sentence}{reminder.title}: {reminder.words}.",
            "; ".join(one.cite.vn for one in (issued, reminder) if one),
            (("Công nhận sớm nhất", day_vn(first)),),
            confirmed=False,
        ),
        page="card_list",
        key=code,
        action="Lập danh sách",
    )


def _to_take_in(viewer: Viewer, code: str, whom: str, due_on: date) -> Duty:
    when = _asked("card.withdrawn_when", viewer.today)
    return Duty(
        kind=TAKE_IN,
        what="Thu hồi thẻ đảng viên",
        whom=whom + "người đã ra khỏi Đảng",
        organisation=code,
        due_on=due_on,
        why=Why(
            f"{when.title}: {when.words}." if when else "Người đã ra khỏi Đảng nộp lại thẻ.",
            when.cite.vn if when else "",
            (("Ra khỏi Đảng sớm nhất", day_vn(due_on)),),
            confirmed=when.may_refuse if when else True,
        ),
        page="card_list",
        key=code,
        action="Xem danh sách",
        waits=True,
    )


def _asked(rule_id: str, on: date) -> Ruled | None:
    try:
        return rule(rule_id, on=on)
    except NotInForce:
        return None


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(
        Provider(
            ISSUE,
            "Phát thẻ đảng viên",
            also=((TAKE_IN, "Thu hồi thẻ đảng viên"),),
            slips=_slips,
            work_out=_work_out,
        )
    )
