"""Lead times: median and spread of the days each step waited, where it waited, and what stands behind them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from cases.test_cases_live_on import merge_a1_and_a2
from cases.walk import Walker
from cast import Cast
from tochuc.cases import actions, lead_times
from tochuc.cases.declare import Count
from tochuc.cases.lead_times import Span
from tochuc.cases.models import Case, CaseMove
from tochuc.members import actions as ledger
from tochuc.reorganise import actions as reorganise
from web.browsing import entered, errors, own_folders, words  # noqa: F401

OPENED = date(2023, 1, 9)
YEAR = Span(date(2023, 1, 1), date(2023, 12, 31))
WAITED = {"other_a1": 2, "member_a1": 5, "moved_to_a": 11, "member_b1": 40}

pytestmark = pytest.mark.usefixtures("own_folders")


@pytest.fixture
def walkers(cast: Cast) -> dict[str, Walker]:
    """Four exemptions, each asked for so many days after it was opened; the last in commune B."""
    found = {}
    for who, days in WAITED.items():
        case = actions.open_case(
            "exemption",
            on=OPENED,
            by=cast.actor(),
            today=cast.today,
            person=cast.people[who],
            answers={"ground": "treatment", "until_on": "2023-12-31"},
        )
        found[who] = Walker(cast, case)
        found[who].take("request", OPENED + timedelta(days=days))
    return found


def test_half_of_all_took_at_most_the_median_and_half_lie_between_the_quartiles(cast: Cast, walkers):
    [one] = lead_times.of_steps(Case.objects.all(), YEAR, "case__procedure", "step")
    assert one.key == ("exemption", "request")
    assert (one.count, one.median, one.longest) == (4, 8.0, 40)
    assert (one.lower, one.upper) == (4.25, 18.25)


def test_a_branch_counts_its_own_cases(cast: Cast, walkers):
    cases = lead_times.below(Case.objects.all(), cast.commune_a, cast.today)
    [one] = lead_times.of_steps(cases, YEAR, "step")
    assert (one.count, one.median) == (3, 5.0)
    [one] = lead_times.of_steps(lead_times.below(Case.objects.all(), cast.b1, cast.today), YEAR, "step")
    assert (one.count, one.median) == (1, 40.0)


def test_what_was_taken_back_does_not_count(cast: Cast, walkers):
    actions.take_back(walkers["member_b1"].case, reason="Ghi nhầm người", by=cast.actor(), today=cast.today)
    [one] = lead_times.of_steps(Case.objects.all(), YEAR, "step")
    assert (one.count, one.median, one.longest) == (3, 5.0, 11)


def test_what_was_voided_in_the_ledger_does_not_count(cast: Cast, walkers):
    walkers["other_a1"].take("resolve", date(2023, 2, 10), "granted", count=Count(6, 6, 6), number="5-NQ/CB")
    assert "resolve" in {
        key for (key,) in (one.key for one in lead_times.of_steps(Case.objects.all(), YEAR, "step"))
    }
    event = CaseMove.objects.get(case=walkers["other_a1"].case, step="resolve").event
    ledger.correct(event, by=cast.actor(), today=cast.today, reason="Ghi nhầm")
    assert [one.key for one in lead_times.of_steps(Case.objects.all(), YEAR, "step")] == [("request",)]


def test_a_successor_answers_for_the_cases_of_an_ended_cell(cast: Cast, walkers, settings):
    settings.TOCHUC_TODAY = cast.today = date(2023, 12, 1)
    reorganise.apply(merge_a1_and_a2(), by=cast.actor(), today=cast.today)
    cases = lead_times.below(Case.objects.all(), cast.a2, cast.today)
    [one] = lead_times.of_steps(cases, YEAR, "step")
    assert (one.count, one.longest) == (3, 11)


def test_the_days_are_those_asked_for(cast: Cast, walkers):
    early = Span(OPENED, OPENED + timedelta(days=5))
    [one] = lead_times.of_steps(Case.objects.all(), early, "step")
    assert (one.count, one.longest) == (2, 5)
    assert lead_times.of_steps(Case.objects.all(), Span(date(2022, 1, 1), date(2022, 12, 31)), "step") == []


def test_a_step_keeps_where_and_until_when_it_waited(cast: Cast, walkers):
    move = CaseMove.objects.filter(case=walkers["other_a1"].case).get()
    assert (move.open_since, move.waited_at) == (OPENED, None)  # the member themself


def test_what_lies_open_today_is_counted_with_its_longest_wait(cast: Cast, walkers):
    [one] = lead_times.waiting(Case.objects.all(), cast.today)
    assert one.key == ("exemption", "resolve")
    assert (one.count, one.longest) == (4, (cast.today - OPENED).days - 2)


def test_closed_files_are_never_counted(cast: Cast):
    actions.open_case(
        "removal",
        on=date(2023, 4, 10),
        by=cast.actor(),
        today=cast.today,
        person=cast.people["other_a1"],
        answers={"ground": "card"},
    )
    cases = lead_times.below(Case.objects.all(), cast.district, cast.today)
    assert lead_times.waiting(cases, cast.today) == []


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return words(answer)


def test_the_page_shows_the_figures_and_leads_to_the_cases_behind_them(cast: Cast, walkers):
    client = entered(cast.secretary_a)
    said = page(client, "/to-chuc/xa-a/thoi-gian-giai-quyet/")
    assert "5 ngày 3,5–8 ngày 11 ngày" in said
    assert "Hồ sơ kín" in said
    behind = page(client, "/to-chuc/xa-a/thoi-gian-giai-quyet/exemption/request/")
    assert "Lý Thanh Tùng" in behind
    assert "Châu Văn Lộc" not in behind
    assert client.get("/to-chuc/xa-a/thoi-gian-giai-quyet.xlsx").status_code == 200


def test_nobody_opens_the_figures_of_another_branch_nor_of_a_closed_procedure(cast: Cast, walkers):
    client = entered(cast.secretary_a)
    assert client.get("/to-chuc/xa-b/thoi-gian-giai-quyet/").status_code == 404
    assert client.get("/to-chuc/xa-a/thoi-gian-giai-quyet/removal/decide/").status_code == 404
    assert client.get("/to-chuc/xa-a/thoi-gian-giai-quyet/khong-co/buoc/").status_code == 404


def test_days_that_cannot_be_used_are_said(cast: Cast):
    answer = entered(cast.secretary_a).get("/to-chuc/xa-a/thoi-gian-giai-quyet/?tu=31/2/2023")
    assert errors(answer)
    answer = entered(cast.secretary_a).get("/to-chuc/xa-a/thoi-gian-giai-quyet/?tu=5/4/2023&den=4/4/2023")
    assert "Ngày bắt đầu phải trước ngày kết thúc" in errors(answer)
