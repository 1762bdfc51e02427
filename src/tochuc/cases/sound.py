"""Whether a declaration holds together: checked for every procedure when the program starts, so a broken one never runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tochuc.cases.clocks import Anchor, Answered, ByRule, Fact, Latest, Since
from tochuc.cases.declare import PLACE_WORDS, SUBJECT, Actor, Procedure, Step


class BrokenProcedure(Exception):
    """A declaration that can't be run; the message names everything that is wrong."""

    def __init__(self, code: str, problems: list[str]) -> None:
        super().__init__(f"{code}: " + "; ".join(problems))
        self.problems = problems


def check(
    procedure: Procedure, *, rules: Collection[str], forms: Collection[str], roles: Collection[str]
) -> None:
    """Raise ``BrokenProcedure`` unless steps, outcomes, rules, forms, roles and places all exist and it can end."""
    problems = [
        *_steps(procedure),
        *_order(procedure),
        *_actors(procedure, roles),
        *(f"no rule {rule}" for rule in sorted(rules_of(procedure) - set(rules))),
        *(f"no form {form}" for form in sorted(forms_of(procedure) - set(forms))),
    ]
    if problems:
        raise BrokenProcedure(procedure.code, problems)


def rules_of(procedure: Procedure) -> set[str]:
    """Every rule the declaration names."""
    return set(procedure.rules).union(*(step_rules(step) for step in procedure.steps))


def step_rules(step: Step) -> set[str]:
    """Every rule that one step names."""
    found = {limit.rule for limit in step.not_before} | {validity.rule for validity in step.valid}
    found |= {validity.remind.lead for validity in step.valid if validity.remind}
    if step.ballot:
        found |= set(step.ballot.rules.values())
    if step.within:
        found |= {step.within.rule, step.within.longer}
        if isinstance(step.within.anchor, ByRule):
            found.add(step.within.anchor.rule)
    return (found | {step.most_tries}) - {""}


def forms_of(procedure: Procedure) -> set[str]:
    """Every form the declaration names."""
    return {paper.form for step in procedure.steps for paper in step.papers}


def _steps(procedure: Procedure) -> Iterator[str]:
    codes = [step.code for step in procedure.steps]
    if not codes:
        yield "no steps"
    if len(set(codes)) < len(codes):
        yield "two steps of one code"
    if not any(outcome.closes for step in procedure.steps for outcome in step.outcomes):
        yield "no outcome closes it"
    for step in procedure.steps:
        yield from _step(procedure, step, set(codes))


def _step(procedure: Procedure, step: Step, codes: set[str]) -> Iterator[str]:
    outcomes = [outcome.code for outcome in step.outcomes]
    if len(set(outcomes)) < len(outcomes) or not outcomes:
        yield f"{step.code}: outcomes missing or repeated"
    if step.ballot and not {*step.ballot.rules, step.ballot.fails} <= set(outcomes):
        yield f"{step.code}: its vote names an outcome it doesn't have"
    for entry in step.after:
        for one in entry.split("|"):
            code, _, outcome = one.partition(":")
            if code not in codes:
                yield f"{step.code}: waits for {code!r}, which isn't a step"
            elif outcome and procedure.step(code).outcome(outcome) is None:
                yield f"{step.code}: waits for {one!r}, which can't happen"
    for validity in step.valid:
        named = validity.remind.until.split("|") if validity.remind and validity.remind.until else []
        for until in set(named) - codes:
            yield f"{step.code}: a paper is needed until {until!r}, which isn't a step"
    for paper in step.papers:
        for outcome in set(paper.unless) - set(outcomes):
            yield f"{step.code}: does without {paper.form} at {outcome!r}, which can't happen"
    for anchor in _anchors(step):
        if isinstance(anchor, Since | Answered) and anchor.step not in codes:
            yield f"{step.code}: its clock starts with {anchor.step!r}, which isn't a step"
        if isinstance(anchor, Answered) and anchor.step in codes:
            asked = {question.name for question in procedure.step(anchor.step).questions}
            if anchor.name not in asked:
                yield f"{step.code}: its clock starts with {anchor.step}.{anchor.name}, which isn't asked"


def _anchors(step: Step) -> Iterator[Since | Answered | Fact]:
    given: list[Anchor] = [limit.anchor for limit in step.not_before] + [
        validity.anchor for validity in step.valid
    ]
    if step.within:
        given.append(step.within.anchor)
    for anchor in given:
        yield from _single(anchor)


def _single(anchor: Anchor) -> Iterator[Since | Answered | Fact]:
    """The days that an anchor is made of."""
    if isinstance(anchor, ByRule):
        for one in anchor.choices.values():
            yield from _single(one)
    elif isinstance(anchor, Latest):
        yield from anchor.of
    else:
        yield anchor


def _order(procedure: Procedure) -> Iterator[str]:
    """No step may wait for itself, directly or through others."""
    waits = {
        step.code: {one.partition(":")[0] for entry in step.after for one in entry.split("|")}
        for step in procedure.steps
    }
    reached = {code for code, on in waits.items() if not on}
    while True:
        more = {
            step.code
            for step in procedure.steps
            if step.code not in reached
            and all(any(one.partition(":")[0] in reached for one in entry.split("|")) for entry in step.after)
        }
        if not more:
            break
        reached |= more
    unreachable = set(waits) - reached
    if unreachable:
        yield f"never reached: {', '.join(sorted(unreachable))}"


def _actors(procedure: Procedure, roles: Collection[str]) -> Iterator[str]:
    def wrong(actor: Actor) -> bool:
        return actor.place not in PLACE_WORDS or (actor.place != SUBJECT and actor.role not in roles)

    for step in procedure.steps:
        if not step.by:
            yield f"{step.code}: nobody acts"
        for actor in filter(wrong, step.by):
            yield f"{step.code}: no actor {actor.role} @ {actor.place}"
    for actor in filter(wrong, procedure.opened_by):
        yield f"opened by {actor.role} @ {actor.place}, which isn't there"
