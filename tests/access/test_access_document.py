"""The document of rights is what the policy and the doors are."""

from pathlib import Path

from tochuc.access.labels import ACTIONS, REACHES
from tochuc.access.policy import POLICY
from tochuc.commands.management.commands.document_access import document

DOCS = Path(__file__).parents[2] / "docs"


def test_the_document_of_rights_is_current():
    assert (DOCS / "access.md").read_text(encoding="utf-8") == document()


def test_every_action_and_every_reach_of_the_policy_has_a_name():
    assert set(ACTIONS) == set(POLICY)
    assert {rule.reach for rules in POLICY.values() for rule in rules} <= set(REACHES)
