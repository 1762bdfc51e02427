"""What settling an appeal does to the ledger: nothing, another form, or the rights given back."""

from __future__ import annotations

from tochuc.cases.declare import CELL, TO
from tochuc.cases.places import place_of
from tochuc.cases.registry import Deed
from tochuc.members import actions
from tochuc.members.actions import Decision
from tochuc.members.models import MemberEvent
from tochuc.procedures.appealing import disputed, earlier_of, follow, source_of, unfollow
from tochuc.procedures.discipline_effects import ends, person_of

_CENTRAL = "Cấp Trung ương"


def accept(deed: Deed) -> None:
    """The case that brought the decision, or the earlier appeal, learns that it was appealed."""
    earlier = earlier_of(deed.case)
    if earlier is not None:
        follow(earlier, "further", "went_up", deed)
    else:
        follow(source_of(deed.case), "wait", "appealed", deed)


def accept_undone(deed: Deed) -> None:
    """And that it wasn't."""
    earlier = earlier_of(deed.case)
    if earlier is not None:
        unfollow(earlier, "further", deed)
    else:
        unfollow(source_of(deed.case), "wait", deed)


def uphold(deed: Deed) -> None:
    """The decision stands."""
    follow(source_of(deed.case), "settled", "upheld", deed)


def change(deed: Deed) -> list[MemberEvent]:
    """Another form takes the place of the decided one: a correction in the ledger; who was outside comes back."""
    event = _disputed(deed)
    source, form = source_of(deed.case), deed.move.outcome
    if event.kind == "disciplined":
        done = [
            actions.correct(
                event,
                by=deed.by,
                today=deed.today,
                reason=_reason(deed, "Thay đổi hình thức kỷ luật"),
                replacement={"data": {**event.data, "form": form}, "decision": decision_of(deed)},
            )
        ]
    else:
        done = [_restore(deed)]
        data = {"form": form, **ends(deed.case, deed.move.on)}
        begun = actions.append(
            person_of(deed),
            "disciplined",
            on=deed.move.on,
            by=deed.by,
            today=deed.today,
            decision=decision_of(deed),
            data=data,
        )
        done.append(begun)
    follow(source, "settled", "changed", deed)
    return done


def annul(deed: Deed) -> list[MemberEvent]:
    """The decision falls: discipline is struck from the ledger, who was outside is restored."""
    event, source = _disputed(deed), source_of(deed.case)
    if event.kind == "disciplined":
        reason = _reason(deed, "Hủy quyết định kỷ luật")
        wrong = [*_ended(event), event]
        done = [actions.correct(one, by=deed.by, today=deed.today, reason=reason) for one in wrong]
    else:
        done = [_restore(deed)]
    follow(source, "settled", "annulled", deed)
    return done


def settle_undone(deed: Deed) -> None:
    """The case of the decision goes on as before the answer."""
    unfollow(source_of(deed.case), "settled", deed)


def _disputed(deed: Deed) -> MemberEvent:
    event = disputed(deed.case)
    if event is None:
        raise LookupError("an appeal is against a decision of the ledger")
    return event


def _ended(event: MemberEvent) -> list[MemberEvent]:
    """The end of this discipline, where it has ended: it can't stay without its beginning."""
    span = event.person.conditions.filter(event=event).first()
    if span is None:
        return []
    rows = event.person.events.filter(kind="discipline_ended", happened_on=span.until, corrected_by=None)
    return list(rows)


def _restore(deed: Deed) -> MemberEvent:
    return actions.append(
        person_of(deed),
        "restored",
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        organisation=place_of(deed.case, CELL, deed.move.on),
        decision=decision_of(deed),
    )


def decision_of(deed: Deed) -> Decision:
    """The decision by which this step answers, of the committee that settles."""
    settler = place_of(deed.case, TO, deed.move.on)
    return Decision(str(deed.move.answers["number"]), deed.move.on, settler.name if settler else _CENTRAL)


def _reason(deed: Deed, what: str) -> str:
    decision = decision_of(deed)
    return f"{what} theo Quyết định số {decision.number} ngày {deed.move.on:%d/%m/%Y} của {decision.by}"
