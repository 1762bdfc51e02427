"""The rules of a day by chapter and name: `on(day).admission.age_minimum`, as the issue spells it."""

from __future__ import annotations

from datetime import date

import pytest

from tochuc.kernel.errors import NotInForce
from tochuc.rules.ask import all_params, history, rule
from tochuc.rules.by_day import on


def test_a_rule_is_asked_by_chapter_and_name():
    said = on(date(2023, 4, 20)).admission.age_minimum
    assert (said.number, said.cite.article) == (18, "Điều 1 khoản 2")


def test_another_day_gives_another_edition():
    before, after = (on(day).admission.education_minimum for day in (date(2025, 1, 19), date(2025, 1, 20)))
    assert before.cite.source.id == "qd-24-tw-2021"
    assert after.cite.source.id == "qd-232-tw-2025"


@pytest.mark.parametrize("rule_id", all_params())
def test_it_says_of_every_rule_what_asking_by_id_says(rule_id: str):
    chapter, _, name = rule_id.partition(".")
    day = history(rule_id)[-1].since
    assert getattr(getattr(on(day), chapter), name) == rule(rule_id, on=day)


def test_a_day_without_a_rule_is_refused_and_a_misspelt_name_told():
    with pytest.raises(NotInForce):
        _ = on(date(1990, 1, 1)).admission.age_minimum
    with pytest.raises(AttributeError, match=r"admission\.age_minimum\?"):
        _ = on(date(2023, 4, 20)).admission.age_minimun
    with pytest.raises(AttributeError, match=r"admission\?"):
        _ = on(date(2023, 4, 20)).admision
