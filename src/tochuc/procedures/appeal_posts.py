"""Posts lost by a decision that an appeal annulled or lightened: given back by a decision, never by themselves.

Somebody else may hold them by then, or the term may be over. So whoever settled the appeal decides: the post from
a day on, where it is free; another one, by a case of its own for that post; or none. Until then it is due.
No rule that was read sets a time for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tochuc.cases.declare import Actor, Objection, Outcome, Question, Step, Taken
from tochuc.cases.models import Case
from tochuc.cases.registry import Deed
from tochuc.kernel.days import FOREVER
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.remembering import remembered
from tochuc.members import actions
from tochuc.members.kinds import DISMISSAL
from tochuc.members.models import Holds, MemberEvent
from tochuc.members.queries import membership_on
from tochuc.org.models import Post
from tochuc.procedures.actors import THE_COMPETENT
from tochuc.procedures.appeal_effects import decision_of
from tochuc.procedures.appeal_steps import A_MEMBER, SETTLERS, goes_on, tells
from tochuc.procedures.appealing import earlier_of, first_decision
from tochuc.procedures.discipline_conditions import day_given
from tochuc.procedures.discipline_effects import person_of

RESTORED = "restored"


@remembered
def taken_from(case: Case) -> dict[Post, date]:
    """The posts that the disputed decision took from the person, each with the day; none that were given back since."""
    event = first_decision(case)
    if event is None or _given_back(case):
        return {}
    person, on = event.person, event.happened_on
    if event.kind == "disciplined":
        if event.data.get("form") != DISMISSAL:
            return {}
        left = person.events.filter(kind="left_post", happened_on=on, corrected_by=None)
        left = left.filter(decision_number=event.decision_number).select_related("post").order_by("pk")
        return {one.post: on for one in left if one.post is not None}
    ended = Holds.objects.filter(person=person, until=on).select_related("post").order_by("post__code")
    return {one.post: on for one in ended}


def _given_back(case: Case) -> bool:
    """Whether the answer to an earlier appeal gave posts back."""
    earlier = earlier_of(case)
    if earlier is None:
        return False
    moves = earlier.moves.filter(step__in=("posts", "posts_last"), outcome=RESTORED, taken_back_by=None)
    return moves.exists() or _given_back(earlier)


def offered(case: Case, on: date) -> list[tuple[str, str]]:
    """Each post that was lost, with how it stands now: who decides sees what giving it back would meet."""
    return [
        (post.code, f"{post.title}, mất từ {day_vn(lost)}: {_stands(post, on)}")
        for post, lost in taken_from(case).items()
    ]


def _stands(post: Post, on: date) -> str:
    if post.until <= on:
        return f"chức danh không còn từ {day_vn(post.until)}"
    held = Holds.objects.on(on).filter(post=post).select_related("person").first()
    return f"{held.person.full_name} giữ từ {day_vn(held.since)}" if held else "đang khuyết"


def _named(taken: Taken) -> list[Objection]:
    """A decision that gives posts back says which, since when, and has a number."""
    if taken.move.outcome != RESTORED:
        return []
    wanted = (("posts", "chức vụ được giữ lại"), ("from_on", "ngày giữ lại"), ("number", "số quyết định"))
    return [
        Objection(f"{name}_missing", f"Cần ghi {words}.", field=name)
        for name, words in wanted
        if not taken.move.answers.get(name)
    ]


def _in_its_time(taken: Taken) -> list[Objection]:
    """From the loss on at the earliest, for who was outside from the return on; and not later than the decision."""
    said = day_given(taken.move.answers.get("from_on"))
    first = taken.facts.get("posts_from")
    if taken.move.outcome != RESTORED or said is None or first is None or first <= said <= taken.move.on:
        return []
    message = f"Ngày giữ lại {day_vn(said)} phải từ ngày {day_vn(first)} đến ngày {day_vn(taken.move.on)}."
    return [Objection("restored_out_of_order", message, field="from_on")]


def _free(taken: Taken) -> list[Objection]:
    """Nobody is put in the place of another: a post that is held or has ended is filled by its own procedure."""
    said = day_given(taken.move.answers.get("from_on"))
    if taken.move.outcome != RESTORED or said is None:
        return []
    found = []
    for post in Post.objects.filter(code__in=[str(one) for one in taken.move.answers.get("posts") or ()]):
        held = (
            Holds.objects.filter(post=post, until__gt=said).select_related("person").order_by("since").first()
        )
        if post.until <= taken.move.on:
            why = f"chức danh không còn từ {day_vn(post.until)}"
        elif held is not None:
            until = f" đến {day_vn(held.until)}" if held.until != FOREVER else ""
            why = f"{held.person.full_name} giữ từ {day_vn(held.since)}{until}"
        else:
            continue
        message = (
            f"«{post.title}»: {why}. Hãy chọn ngày khác, hoặc chọn «{_ANOTHER.title}» và làm hồ sơ Kiện toàn."
        )
        found.append(Objection("post_not_free", message, field="posts"))
    return found


_ANOTHER = Outcome("another", "Bố trí chức vụ khác, theo hồ sơ Kiện toàn chức danh")
_QUESTIONS = (
    Question("posts", "Chức vụ được giữ lại", kind="some", offers="posts_lost", required=False),
    Question("from_on", "Giữ lại kể từ ngày", kind="day", required=False),
    Question("number", "Số quyết định", required=False),
)


def _step(code: str, by: tuple[Actor, ...], after: str, closes: str, when: Any) -> Step:
    return Step(
        code,
        "Quyết định về chức vụ đã mất",
        by=by,
        after=(after,),
        about="Chức vụ đã mất theo quyết định bị hủy hoặc giảm không tự trở lại; nơi giải quyết khiếu nại quyết định.",
        questions=_QUESTIONS,
        conditions=(_named, _in_its_time, _free),
        outcomes=(
            Outcome(RESTORED, "Cho giữ lại chức vụ", closes=closes, effect="restore_posts"),
            Outcome(_ANOTHER.code, _ANOTHER.title, closes=closes),
            Outcome(
                "none",
                "Không giữ lại: hết nhiệm kỳ, chức danh không còn hoặc người đó không nhận",
                closes=closes,
            ),
        ),
        when=when,
    )


def _beside_going_on(facts: Mapping[str, Any]) -> bool:
    """Whether posts were lost by what was undone, and a further level can be asked."""
    return bool(facts.get("posts_lost")) and goes_on(facts)


def _as_the_last(facts: Mapping[str, Any]) -> bool:
    """Whether posts were lost by what was undone, and no further level can be asked."""
    return bool(facts.get("posts_lost")) and not goes_on(facts)


def _told_from_above(facts: Mapping[str, Any]) -> bool:
    """Whether the central level settled it, and posts were lost by what was undone."""
    return bool(facts.get("posts_lost") and facts.get("central"))


_DECIDE = (*SETTLERS, THE_COMPETENT)
POST_STEPS = (
    tells(A_MEMBER, "deliver_first", (THE_COMPETENT,), "settle_central", _told_from_above, closes=""),
    _step("posts", _DECIDE, "settle", "", _beside_going_on),
    _step("posts_last", _DECIDE, "deliver:delivered|deliver_first:delivered", "settled", _as_the_last),
)
"""Beside the time to go further, or as the last thing where nothing is left to appeal."""


def restore(deed: Deed) -> list[MemberEvent]:
    """The person holds these posts again from the day that the decision names."""
    on = date.fromisoformat(str(deed.move.answers["from_on"]))
    chosen = [str(code) for code in deed.move.answers["posts"]]
    posts = Post.objects.filter(code__in=chosen).order_by("code")
    said: dict[str, Any] = {"on": on, "by": deed.by, "today": deed.today, "decision": decision_of(deed)}
    return [actions.append(person_of(deed), "took_post", post=post, **said) for post in posts]


def earliest(case: Case, on: date) -> date | None:
    """The first day from which the lost posts may be held again; whoever was outside holds none before the return."""
    lost, event = taken_from(case), first_decision(case)
    if not lost or event is None:
        return None
    first = max(lost.values())
    stands = membership_on(event.person, on)
    return max(first, stands.since) if stands and event.kind != "disciplined" else first
