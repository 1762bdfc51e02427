"""Where a case stands and whether a step may be taken: pure, from a declaration and the moves so far.

Rules are asked for the day of the step they govern: the day its clock starts for a time limit, the day it is
taken for a vote or a condition. That is what `cases.transition` in the rules pack says; where it says
otherwise (the day the case was opened), all are asked for that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tochuc.cases.ballots import count_objections
from tochuc.cases.clocks import Anchor, Answered, ByRule, Fact, Latest, NotBefore, Since, StillValid, Within
from tochuc.cases.declare import Ask, Move, Objection, Outcome, Paper, Procedure, Step, Taken, Told
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.rules.limits import due_after, due_before
from tochuc.rules.ruled import Ruled

TRANSITION = "cases.transition"
_BY_OPENING = "ngày mở hồ sơ"

DONE, OPEN, WAITING, LEFT_OUT = "done", "open", "waiting", "left_out"
STOPPED = "stopped"
"""The result of a case that an entry of the ledger ended."""


@dataclass(frozen=True)
class Due:
    """Until when a step is to be taken: the day, the rule, and the day its clock started.

    No rule where the day itself was decided (the end of a granted time).
    """

    on: date
    rule: Ruled | None
    since: date


@dataclass(frozen=True)
class StepStand:
    """Where one step of a case stands: done, open, waiting for others, or left out of this case."""

    step: Step
    state: str
    move: Move | None = None
    tries: int = 0
    due: Due | None = None
    open_since: date | None = None


@dataclass(frozen=True)
class Stand:
    """Where a case stands. ``result`` is set once a step closed it."""

    steps: tuple[StepStand, ...]
    result: str = ""
    closed_on: date | None = None

    @property
    def open(self) -> tuple[StepStand, ...]:
        """The steps that can be taken now."""
        return tuple(stand for stand in self.steps if stand.state == OPEN)

    def of(self, code: str) -> StepStand:
        """The stand of one step."""
        return next(stand for stand in self.steps if stand.step.code == code)


def stand(procedure: Procedure, case: Told, ask: Ask) -> Stand:
    """Where the case stands after its moves."""
    closing = _closing(procedure, case)
    closed = closing is not None or case.stopped is not None
    steps = tuple(_step_stand(procedure, step, case, ask, closed=closed) for step in procedure.steps)
    if closing is not None:
        move, outcome = closing
        return Stand(steps, outcome.closes, move.on)
    if case.stopped is not None:
        return Stand(steps, STOPPED, max(case.stopped.on, case.opened_on))
    return Stand(steps)


def _closing(procedure: Procedure, case: Told) -> tuple[Move, Outcome] | None:
    for move in case.moves:
        outcome = procedure.step(move.step).outcome(move.outcome)
        if outcome is not None and outcome.closes:
            return move, outcome
    return None


def _step_stand(procedure: Procedure, step: Step, case: Told, ask: Ask, *, closed: bool) -> StepStand:
    moves = [move for move in case.moves if move.step == step.code]
    last = moves[-1] if moves else None
    if last is not None and not _again(step, last):
        return StepStand(step, DONE, last, len(moves))
    if not concerns(step, case):
        return StepStand(step, LEFT_OUT, last, len(moves))
    if any(_never_met(entry, procedure, case) for entry in step.after):
        return StepStand(step, LEFT_OUT, last, len(moves))
    if closed or not all(_entry_met(entry, procedure, case) for entry in step.after):
        return StepStand(step, WAITING, last, len(moves))
    return StepStand(step, OPEN, last, len(moves), _due(step, case, ask), open_since(step, case))


def concerns(step: Step, case: Told) -> bool:
    """Whether this case has the step at all."""
    return step.when is None or step.when(case.facts)


def _again(step: Step, move: Move) -> bool:
    outcome = step.outcome(move.outcome)
    return outcome is not None and outcome.again


def _entry_met(entry: str, procedure: Procedure, case: Told) -> bool:
    return any(_met(one, procedure, case) for one in entry.split("|"))


def _met(one: str, procedure: Procedure, case: Told) -> bool:
    code, _, wanted = one.partition(":")
    step, last = procedure.step(code), case.last(code)
    if not concerns(step, case):
        return not wanted and all(_entry_met(entry, procedure, case) for entry in step.after)
    if last is None:
        return False
    if wanted:
        return last.outcome == wanted
    return not _again(step, last) and f"{code}:{last.outcome}" not in procedure.waited_for


def _never_met(entry: str, procedure: Procedure, case: Told) -> bool:
    """Whether the step waits for outcomes by name, and each of those steps is done with another one."""
    return all(_otherwise(one, procedure, case) for one in entry.split("|"))


def _otherwise(one: str, procedure: Procedure, case: Told) -> bool:
    code, _, wanted = one.partition(":")
    last = case.last(code)
    return (
        bool(wanted)
        and last is not None
        and last.outcome != wanted
        and not _again(procedure.step(code), last)
    )


def open_since(step: Step, case: Told) -> date:
    """The day on which the last of what the step waits for was done: it can't be taken before."""
    days = [case.opened_on]
    for entry in step.after:
        found = [case.last(one.partition(":")[0]) for one in entry.split("|")]
        days += [move.on for move in found if move is not None]
    own = case.last(step.code)
    return max(days if own is None else [*days, own.on])


def _due(step: Step, case: Told, ask: Ask) -> Due | None:
    if step.within is None:
        return None
    due = due_of(step.within, case, ask)
    if due is None or not step.within.longer or step.code not in case.extended:
        return due
    longer = asked(step.within.longer, due.on, case, ask)
    return Due(due_after(longer, due.on), longer, due.since) if longer else due


def due_of(within: Within, case: Told, ask: Ask) -> Due | None:
    """When a time limit runs out; None while its clock hasn't started or no rule holds."""
    since = anchor_day(within.anchor, case, ask)
    if since is None:
        return None
    if not within.rule:
        return Due(since, None, since)
    limit = asked(within.rule, since, case, ask)
    if limit is None:
        return None
    return Due(due_before(limit, since) if within.before else due_after(limit, since), limit, since)


def anchor_day(anchor: Anchor, case: Told, ask: Ask) -> date | None:
    """The day on which a clock starts, as far as the case knows it."""
    match anchor:
        case Since(step):
            move = case.last(step)
            return move.on if move else None
        case Answered(step, name):
            move = case.last(step)
            return _day(move.answers.get(name)) if move else None
        case Fact("opened_on"):
            return case.opened_on
        case Fact(name):
            return _day(case.facts.get(name))
        case ByRule(rule_id, choices):
            latest = max((move.on for move in case.moves), default=case.opened_on)
            said = asked(rule_id, latest, case, ask)
            chosen = choices.get(str(said.value)) if said else None
            return anchor_day(chosen, case, ask) if chosen else None
        case Latest(several):
            days = (anchor_day(one, case, ask) for one in several)
            return max((day for day in days if day is not None), default=None)
    raise TypeError(f"no such anchor: {anchor!r}")


def _day(raw: object) -> date | None:
    if isinstance(raw, date):
        return raw
    return date.fromisoformat(raw) if isinstance(raw, str) and raw else None


def asked(rule_id: str, on: date, case: Told, ask: Ask) -> Ruled | None:
    """What the rule says for this case; None where it said nothing that day."""
    day = case.opened_on if _goes_by_opening(on, ask) else on
    try:
        return ask(rule_id, on=day)
    except NotInForce:
        return None


def _goes_by_opening(on: date, ask: Ask) -> bool:
    try:
        return str(ask(TRANSITION, on=on).value) == _BY_OPENING
    except NotInForce:
        return False


def objections(procedure: Procedure, case: Told, move: Move, ask: Ask, *, today: date) -> list[Objection]:
    """Everything that speaks against taking this step so, all at once; empty when nothing does."""
    step = procedure.step(move.step)
    now = stand(procedure, case, ask)
    found = [*out_of_order(now, step, case), *_dates(step, case, move, today)]
    if found:
        return found
    found += _outcome(step, now.of(step.code), case, move, ask)
    found += _answers(step, move)
    found += _papers(step, case, move)
    taken = Taken(case, move, ask)
    for limit in step.not_before:
        found += _too_early(limit, case, move, ask)
    for validity in step.valid:
        found += _expired(validity, case, move, ask)
    if step.ballot is not None:
        found += count_objections(step.ballot, taken)
    for condition in step.conditions:
        found += condition(taken)
    return found


def out_of_order(now: Stand, step: Step, case: Told) -> list[Objection]:
    """What speaks against taking the step at all, as the case stands: it has ended, or the step was taken or isn't next."""
    if now.result == STOPPED and case.stopped is not None:
        message = (
            f"Hồ sơ này đã dừng, vì sổ đảng viên ghi: {case.stopped.words}. "
            "Nếu mục đó ghi sai, hãy đính chính trong sổ; hồ sơ sẽ tiếp tục."
        )
        return [Objection("case_stopped", message)]
    if now.result:
        return [Objection("case_closed", "Hồ sơ này đã kết thúc; không ghi thêm bước được.")]
    own = now.of(step.code)
    if own.state == DONE:
        done = f" ngày {day_vn(own.move.on)}" if own.move else ""
        return [
            Objection("step_done", f"Bước «{step.title}» đã xong{done}; ghi nhầm thì rút lại ở trang hồ sơ.")
        ]
    if own.state == LEFT_OUT:
        return [Objection("step_left_out", f"Hồ sơ này không cần bước «{step.title}».")]
    if own.state == WAITING:
        waits = [s.step.title for s in now.steps if s.state == OPEN and not s.step.optional]
        first = f" Bước cần làm trước: «{waits[0]}»." if waits else ""
        return [Objection("step_not_open", f"Chưa tới bước «{step.title}».{first}")]
    return []


def _dates(step: Step, case: Told, move: Move, today: date) -> list[Objection]:
    if move.on > today:
        return [Objection("future", f"Ngày {day_vn(move.on)} chưa tới; chỉ ghi việc đã làm.", field="on")]
    earliest = open_since(step, case)
    if move.on < earliest:
        return [
            Objection(
                "before_last_step",
                f"Ngày {day_vn(move.on)} trước bước đã ghi ngày {day_vn(earliest)}; kiểm tra lại ngày.",
                field="on",
            )
        ]
    return []


def _outcome(step: Step, own: StepStand, case: Told, move: Move, ask: Ask) -> list[Objection]:
    outcome = step.outcome(move.outcome)
    if outcome is None:
        known = ", ".join(f"«{one.title}»" for one in step.outcomes)
        return [Objection("outcome_unknown", f"Kết quả phải là một trong: {known}.", field="outcome")]
    # After the last try what is left is to report it upwards: no vote, so no further try.
    votes = {*step.ballot.rules, step.ballot.fails} if step.ballot else {move.outcome}
    if not step.most_tries or move.outcome not in votes:
        return []
    most = asked(step.most_tries, move.on, case, ask)
    if most is not None and own.tries >= most.number:
        return [
            Objection(
                "too_many_tries",
                f"Bước «{step.title}» đã làm {own.tries} lần, nhiều nhất {most.words} ({most.cite.vn}).",
                most,
            )
        ]
    return []


def _answers(step: Step, move: Move) -> list[Objection]:
    return [
        Objection("answer_missing", f"Cần ghi «{question.title}».", field=question.name)
        for question in step.questions
        if question.required and move.answers.get(question.name) in (None, "", [], ())
    ]


def _papers(step: Step, case: Told, move: Move) -> list[Objection]:
    titles = case.facts.get("forms", {})
    return [
        Objection(
            "paper_missing", f"Còn thiếu giấy tờ: {titles.get(paper.form, paper.form)}.", field="papers"
        )
        for paper in papers_of(step, case)
        if paper.required and move.outcome not in paper.unless and paper.form not in move.papers
    ]


def papers_of(step: Step, case: Told) -> list[Paper]:
    """The papers of a step that this case needs."""
    return [paper for paper in step.papers if paper.when is None or paper.when(case.facts)]


def _too_early(limit: NotBefore, case: Told, move: Move, ask: Ask) -> list[Objection]:
    day = anchor_day(limit.anchor, case, ask)
    if day is None or move.on > day or (move.on == day and not limit.strictly):
        return []
    rule = asked(limit.rule, move.on, case, ask)
    when = "phải sau" if limit.strictly else "không thể trước"
    place = f" ({rule.cite.vn})" if rule else ""
    message = f"Ngày {day_vn(move.on)} {when} ngày {day_vn(day)}: {limit.words}{place}."
    return [Objection("too_early", message, rule, "on")]


def _expired(validity: StillValid, case: Told, move: Move, ask: Ask) -> list[Objection]:
    day = anchor_day(validity.anchor, case, ask)
    if day is None:
        return []
    rule = asked(validity.rule, day, case, ask)
    if rule is None or move.on <= due_after(rule, day):
        return []
    message = f"{validity.words} ngày {day_vn(day)} đã quá {rule.words} vào ngày {day_vn(move.on)} ({rule.cite.vn})."
    return [Objection("expired", message, rule)]
