"""Every refusal and every outcome of every procedure is told by a story: one test for each, named by it.

The stories themselves are played elsewhere, so what they expect is what happens. A condition added without
a story that meets it fails here by name.
"""

from __future__ import annotations

from fnmatch import fnmatch

import pytest

from stories.walked import Ending, endings, told
from tochuc.rules.ask import history
from tochuc.stories.refusals import Refusal, declared

ONLY_REMINDS = {
    "shown_late": "transfer.present_deadline",
    "lateness_not_considered": "transfer.late_rule",
    "dossier_incomplete": "transfer.dossier",
    "examined": "transfer.blocked_when",
    "card_digits": "records.card_digits",
    "no_quorum": "organisation.congress_quorum",
    "not_elected": "organisation.election_majority",
    "too_many_candidates": "organisation.election_surplus",
    "beyond_power": "discipline.power_base",
}
"""Codes whose rule was never read in its text, so that they can't refuse."""

NEVER = {
    "readmission.resolve: age_minimum": "whoever was a member is of age",
    "organisation_appeal.further: posts_undecided": "an organisation holds no posts",
    "removal_appeal.further: posts_undecided": "a removal is upheld or annulled, never lightened",
    "removal_appeal.posts: *_missing": "a removal is never lightened",
    "removal_appeal.posts: post_not_free": "a removal is never lightened",
    "removal_appeal.posts: restored_out_of_order": "a removal is never lightened",
    "removal_appeal.posts:another": "a removal is never lightened",
    "removal_appeal.posts:none": "a removal is never lightened",
    "removal_appeal.posts:restored": "a removal is never lightened",
}
"""What a declaration built for several procedures has and this one can't come to."""

ALIKE = {
    "discipline_appeal.posts": "removal_appeal.posts_last",
    "organisation_appeal": "discipline_appeal",
    "discipline_appeal.deliver_first": "removal_appeal.deliver_first",
    "organisation_appeal.settle_central:warning": "organisation_appeal.settle_central:reprimand",
    "discipline_appeal.settle_central:warning": "discipline_appeal.settle_central:reprimand",
    "discipline_appeal.posts_last:none": "removal_appeal.posts_last:none",
    "readmission.appraise": "admission.appraise",
    "readmission.decide_base": "admission.decide_base",
    "readmission.propose:own": "admission.propose:own",
    "readmission.course_again": "admission.course_again",
}
"""Built by the same function: told of the second, it is told of the first."""

_BY_ANOTHER_CASE = ("wait:appealed", "further:went_up", "discipline.settled:")
"""Taken by the case of the appeal, which its own story tells."""

REFUSED, TAKEN = told()


@pytest.mark.parametrize("refusal", sorted(declared()), ids=str)
def test_a_story_meets_the_refusal(refusal: Refusal):
    if str(refusal) in NEVER:
        return
    if refusal.code in ONLY_REMINDS and refusal.by_rule:
        assert _never_read_in_its_text(ONLY_REMINDS[refusal.code]), f"{refusal} can refuse now: tell it"
        return
    met = [one for one in REFUSED if _is(one, refusal)]
    assert met, f"no story meets {refusal}"
    assert not refusal.by_rule or any(one.by_rule for one in met), f"no story names the article of {refusal}"


@pytest.mark.parametrize("ending", sorted(endings()), ids=str)
def test_a_story_takes_the_outcome(ending: Ending):
    said = str(ending)
    if said in NEVER or any(one in said for one in _BY_ANOTHER_CASE):
        return
    known = {str(one) for one in TAKEN}
    alike = [said.replace(one, other) for one, other in ALIKE.items() if said.startswith(one)]
    assert known & {said, *alike}, f"no story takes {said}"


def test_what_stands_as_an_exception_is_declared():
    there = {str(one) for one in (*declared(), *endings())}
    assert set(NEVER) <= there
    assert set(ONLY_REMINDS) <= {one.code for one in declared()}
    assert all(any(one.startswith(alike) for one in there) for alike in ALIKE)


def _is(met: Refusal, refusal: Refusal) -> bool:
    place = f"{refusal.procedure}.{refusal.place}"
    return f"{met.procedure}.{met.place}" in {place, ALIKE.get(place, "")} and fnmatch(met.code, refusal.code)


def _never_read_in_its_text(rule_id: str) -> bool:
    return not any(ruled.may_refuse for ruled in history(rule_id))
