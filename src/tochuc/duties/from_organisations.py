"""What organisations make due: too few members, or enough to be more; a committee to elect; terms; empty posts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.organisation_slips import (
    AHEAD,
    COMMITTEE,
    ELECT,
    ENOUGH,
    LEAST,
    POST,
    SIZE,
    SMALL,
    TERM,
    TERM_RULES,
    slips_of_viewer,
)
from tochuc.duties.slips import Slip
from tochuc.kernel.days import FOREVER
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members.strength import Strength, strengths
from tochuc.org.kinds import DEPUTY_POSTS, MEMBER_KINDS, kind_words
from tochuc.org.models import Organisation
from tochuc.rules.ask import rule
from tochuc.rules.limits import due_after
from tochuc.rules.ruled import Ruled

Facts = tuple[tuple[str, str], ...]
# What is done where posts are filled and committees elected.
_ACTIONS = {TERM: "Chuẩn bị đại hội", POST: "Kiện toàn", COMMITTEE: "Kiện toàn"}


def _worked_out(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    """The duties of the organisations that these slips name; whose right it is was asked with the slips."""
    named = Organisation.objects.filter(pk__in={slip.place for slip in slips})
    for body in strengths(named, viewer.today):
        for duty in duties_of(body, viewer.today):
            yield f"{duty.key} {duty.point}", duty


def duties_of(body: Strength, today: date) -> Iterator[Duty]:
    """Everything that an organisation makes due, however far ahead."""
    yield from sizes(body, today)
    yield from committees(body, today)
    yield from terms(body, today, FOREVER)
    yield from empty_posts(body)


def sizes(body: Strength, today: date) -> Iterator[Duty]:
    """A cell below its least number; one that can be a committee; a committee that is smaller than one should be."""
    facts: Facts = (
        ("Đảng viên chính thức", str(body.official)),
        ("Đảng viên", str(body.members)),
        ("Cấp trên trực tiếp", body.above),
    )
    if body.kind in MEMBER_KINDS:
        least = _asked("organisation.cell_min_official_members", today)
        if least and body.official < least.number:
            yield _duty(
                body,
                SIZE,
                LEAST,
                "Bố trí đảng viên của chi bộ chưa đủ số tối thiểu",
                today,
                f"Chi bộ có {body.official} đảng viên chính thức, cần ít nhất {least.number}. Cấp ủy cấp trên trực "
                "tiếp giới thiệu đảng viên vào sinh hoạt ở nơi thích hợp; chi bộ không tự giải thể.",
                facts,
                least,
            )
    enough = _asked("organisation.grassroots_committee_min", today)
    if enough and body.kind == "grassroots_cell" and body.members >= enough.number:
        yield _duty(
            body,
            SIZE,
            ENOUGH,
            "Xem xét lập đảng bộ cơ sở",
            today,
            f"Chi bộ cơ sở có {body.members} đảng viên, từ {enough.number} trở lên thì lập đảng bộ cơ sở; "
            "chưa lập thì cần cấp có thẩm quyền đồng ý bằng văn bản.",
            facts,
            enough,
        )
    if enough and body.kind == "grassroots_committee" and 0 < body.members < enough.number:
        yield _duty(
            body,
            SIZE,
            SMALL,
            "Xem lại đảng bộ cơ sở chưa đủ số đảng viên",
            today,
            f"Đảng bộ có {body.members} đảng viên, dưới {enough.number}; giữ đảng bộ thì cần cấp có thẩm quyền "
            "đồng ý bằng văn bản.",
            facts,
            enough,
        )


def committees(body: Strength, today: date) -> Iterator[Duty]:
    """A cell that must elect a committee, and committees with more people than there may be."""
    seated = body.seats.total()
    if body.kind in MEMBER_KINDS:
        needed = _asked("organisation.cell_committee_min_members", today)
        alone = seated == body.seats["secretary"] == 1
        if needed and body.official >= needed.number and alone:
            yield _duty(
                body,
                COMMITTEE,
                ELECT,
                "Bầu chi ủy",
                today,
                f"Chi bộ có {body.official} đảng viên chính thức, từ {needed.number} trở lên thì bầu chi ủy; "
                "hiện mới ghi một bí thư.",
                (("Đảng viên chính thức", str(body.official)), ("Cấp ủy đang ghi", "Bí thư")),
                needed,
            )
    for rule_id, n, called in _counted(body):
        most = _asked(rule_id, today)
        if most and n > most.number:
            yield _duty(
                body,
                COMMITTEE,
                rule_id,
                f"Xem lại số {called}",
                today,
                f"Đang ghi {n} {called}, nhiều nhất là {most.number}.",
                ((f"Số {called}", str(n)),),
                most,
            )


def _counted(body: Strength) -> Iterator[tuple[str, int, str]]:
    """Which rule limits how many of what: rule, number now, what it counts."""
    deputies = sum(body.seats[kind] for kind in DEPUTY_POSTS)
    if body.kind in MEMBER_KINDS:
        yield "organisation.cell_committee_max", body.seats.total(), "chi ủy viên"
        yield "organisation.cell_deputies", deputies, "phó bí thư chi bộ"
    if body.kind == "commune_committee":
        large = body.merged_of > 2
        most = "organisation.commune_committee_max" if large else "organisation.commune_committee_max_two"
        yield most, body.seats.total(), "cấp ủy viên"
        standing = body.seats.total() - body.seats["committee_member"]
        yield "organisation.commune_standing_max", standing, "ủy viên ban thường vụ"
        yield "organisation.commune_deputies", deputies, "phó bí thư"


def terms(body: Strength, today: date, until: date | None = None) -> Iterator[Duty]:
    """A term that ends soon (or by ``until``) or has ended; counted by the rule of the day on which its congress closed."""
    if body.congress is None or body.kind not in TERM_RULES:
        return
    length = _asked(TERM_RULES[body.kind], body.congress)
    ends = due_after(length, body.congress) if length else None
    if length is None or ends is None or ends > (until or today + AHEAD):
        return
    shift = _asked("organisation.congress_shift", ends)
    early = (
        f" Đại hội sớm hoặc muộn nhất {shift.words}, nếu cấp ủy cấp trên trực tiếp đồng ý." if shift else ""
    )
    yield _duty(
        body,
        TERM,
        TERM,
        "Tiến hành đại hội: hết nhiệm kỳ",
        ends,
        f"Đại hội gần nhất ngày {day_vn(body.congress)}, nhiệm kỳ {length.words}, đến {day_vn(ends)}.{early}",
        (("Đại hội gần nhất", day_vn(body.congress)), ("Hết nhiệm kỳ", day_vn(ends))),
        *(asked for asked in (length, shift) if asked),
    )


def empty_posts(body: Strength) -> Iterator[Duty]:
    """A leading post that nobody holds. No rule gives a day for filling it, so it waits."""
    for post in body.empty:
        yield _duty(
            body,
            POST,
            post.title,
            f"Kiện toàn chức danh đang khuyết: {post.title}",
            post.since,
            f"Chức vụ này chưa có người giữ từ ngày {day_vn(post.since)}. Không có ngày hạn trong quy định.",
            (("Khuyết từ ngày", day_vn(post.since)), ("Loại hình", kind_words(body.kind, body.name))),
            waits=True,
        )


def _duty(
    body: Strength,
    kind: str,
    point: str,
    what: str,
    due_on: date,
    sentence: str,
    facts: Facts,
    *rules: Ruled,
    waits: bool = False,
) -> Duty:
    return Duty(
        kind=kind,
        what=what,
        whom=body.name,
        organisation=body.code,
        due_on=due_on,
        why=Why(
            sentence,
            "; ".join(dict.fromkeys(one.cite.vn for one in rules)),
            tuple((label, value) for label, value in facts if value),
            confirmed=all(one.confidence == "text" for one in rules),
        ),
        page="organisation_cases" if kind in _ACTIONS else "organisation",
        key=body.code,
        action=_ACTIONS.get(kind, "Xem tổ chức"),
        point=point,
        waits=waits,
    )


def _asked(rule_id: str, on: date) -> Ruled | None:
    try:
        return rule(rule_id, on=on)
    except NotInForce:
        return None


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    also = ((COMMITTEE, "Cấp ủy, chi ủy"), (TERM, "Nhiệm kỳ, đại hội"), (POST, "Chức danh khuyết"))
    register(
        Provider(
            SIZE,
            "Số đảng viên của tổ chức",
            also=also,
            slips=slips_of_viewer,
            work_out=_worked_out,
            impersonal=frozenset({SIZE, COMMITTEE, TERM, POST}),
            gathers={
                SIZE: "Số đảng viên của tổ chức: {} nơi cần xem".format,
                COMMITTEE: "Cấp ủy, chi ủy: {} nơi cần bầu hoặc xem lại số lượng".format,
                TERM: "Hết nhiệm kỳ, tiến hành đại hội: {} nơi".format,
                POST: "Kiện toàn chức danh đang khuyết: {} chức danh".format,
            },
        )
    )
