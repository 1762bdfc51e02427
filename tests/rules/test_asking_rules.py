"""What the regulations say, always on a date; each test names its rule."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tochuc.kernel.errors import NotInForce
from tochuc.rules.ask import UnknownRule, all_params, all_sources, history, rule
from tochuc.rules.limits import due_after
from tochuc.rules.load import rule_book

CONFERENCE = date(2023, 4, 11)
days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("rule_id", "words"),
    [
        ("admission.age_minimum", "18 năm"),
        ("admission.age_maximum", "60 năm"),
        ("admission.vote_cell", "hai phần ba số đảng viên chính thức"),
        ("admission.decision_deadline", "60 ngày làm việc"),
        ("admission.ceremony_deadline", "30 ngày làm việc"),
        ("admission.readmission_wait", "36 tháng"),
        ("admission.readmission_times", "1 lần"),
        ("probation.length", "12 tháng"),
        ("probation.recognise_cell_deadline", "30 ngày làm việc"),
        ("probation.recognise_decision_deadline", "30 ngày làm việc"),
        ("transfer.official_deadline", "60 ngày làm việc"),
        ("transfer.present_deadline", "30 ngày"),
        ("transfer.temp_min", "3 tháng"),
        ("transfer.temp_max_work", "12 tháng"),
        ("transfer.temp_max_study", "24 tháng"),
        ("organisation.cell_min_official_members", "3 đảng viên"),
        ("organisation.cell_committee_min_members", "9 đảng viên"),
        ("organisation.cell_committee_max", "7 người"),
        ("organisation.grassroots_committee_min", "30 đảng viên"),
        ("organisation.term_grassroots", "5 năm"),
        ("organisation.term_cell", "30 tháng"),
        ("badge.years", "30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90 năm"),
        ("removal.absence_months", "3 tháng"),
        ("removal.fee_months", "3 tháng"),
        ("removal.appeal_deadline", "30 ngày làm việc"),
        ("removal.vote_standing_committee", "quá nửa số ủy viên ban thường vụ"),
        ("documents.body_sizes", "14, 15 pt"),
        ("documents.two_digit_number_below", "10"),
        ("allowances.base_salary", "1.490.000 đồng"),
        ("allowances.committee_commune", "0,3 lần mức lương cơ sở"),
    ],
)
def test_what_the_rules_said_on_the_day_of_the_conference(rule_id: str, words: str) -> None:
    assert rule(rule_id, on=CONFERENCE).words == words


def test_the_citation_is_of_the_document_in_force_that_day() -> None:
    deadline = rule("admission.decision_deadline", on=CONFERENCE)
    assert deadline.cite.vn == "điểm 4.3.1, Quy định số 24-QĐ/TW ngày 30/07/2021"
    assert deadline.may_refuse
    assert rule("admission.decision_deadline", on=date(2021, 7, 29)).cite.source.number == "29-QĐ/TW"
    assert rule("admission.decision_deadline", on=date(2021, 7, 30)).cite.source.number == "24-QĐ/TW"


def test_a_cells_term_grew_to_five_years_on_1_july_2025() -> None:
    assert rule("organisation.term_cell", on=date(2025, 6, 30)).number == 30
    assert rule("organisation.term_cell", on=date(2025, 7, 1)).number == 60


def test_the_ceremony_clock_starts_at_the_issue_of_the_decision_since_26_july_2026() -> None:
    assert rule("admission.ceremony_clock", on=date(2026, 7, 25)).value == "ngày chi bộ nhận quyết định"
    moved = rule("admission.ceremony_clock", on=date(2026, 7, 26))
    assert moved.value == "ngày cấp có thẩm quyền ban hành quyết định"
    assert not moved.may_refuse


def test_presenting_the_letter_is_counted_in_working_days_since_1_july_2025() -> None:
    assert rule("transfer.present_deadline", on=date(2025, 6, 30)).unit == "days"
    assert rule("transfer.present_deadline", on=date(2025, 7, 1)).unit == "working_days"


def test_only_what_was_read_in_the_text_may_refuse() -> None:
    for rule_id in all_params():
        for answer in history(rule_id):
            assert answer.may_refuse == (answer.confidence == "text")


def test_what_rests_on_a_text_never_read_is_not_called_read() -> None:
    unread = {"20-QĐ/TW", "208-QĐ/TW", "207-QĐ/TW", "38-HD/BTCTW"}
    for rule_id in all_params():
        for answer in history(rule_id):
            assert not (answer.cite.source.number in unread and answer.may_refuse), answer.why


def test_asking_before_the_rule_raises_in_words() -> None:
    with pytest.raises(
        NotInForce, match="Ngày 18/01/2011 không có quy định nào đang có hiệu lực về: Thời gian dự bị"
    ):
        rule("probation.length", on=date(2011, 1, 18))


def test_asking_after_a_rule_ended_raises() -> None:
    assert (
        rule("meetings.attendance_good", on=date(2025, 10, 27)).words
        == "quá 85 phần 100 số đảng viên phải dự"
    )
    with pytest.raises(NotInForce):
        rule("meetings.attendance_good", on=date(2025, 10, 28))


def test_an_unknown_rule_is_a_mistake_and_near_names_are_offered() -> None:
    with pytest.raises(UnknownRule, match=r"admission\.vote_cell"):
        rule("admission.vote_sell", on=CONFERENCE)


@given(st.sampled_from(all_params()), days)
def test_a_rule_answers_exactly_on_the_days_it_covers(rule_id: str, day: date) -> None:
    covering = [answer for answer in history(rule_id) if answer.span.covers(day)]
    assert len(covering) <= 1
    if covering:
        assert rule(rule_id, on=day) == covering[0]
    else:
        with pytest.raises(NotInForce):
            rule(rule_id, on=day)


def test_one_number_names_several_documents_but_the_identity_only_one() -> None:
    guides = [source for source in all_sources() if source.number == "01-HD/TW"]
    assert [guide.issued.vn for guide in guides] == ["05/01/2012", "20/09/2016", "28/09/2021", "19/05/2026"]
    assert len({source.identity for source in all_sources()}) == len(all_sources())


def test_the_rules_under_the_charter_follow_each_other_without_a_gap() -> None:
    sources = rule_book().sources
    source = sources["qd-45-tw-2011"]
    numbers = [source.number]
    while source.replaced_by:
        following = sources[source.replaced_by]
        assert source.in_force_until == following.in_force_from
        source = following
        numbers.append(source.number)
    assert numbers == [
        "45-QĐ/TW",
        "29-QĐ/TW",
        "24-QĐ/TW",
        "232-QĐ/TW",
        "294-QĐ/TW",
        "20-QĐ/TW",
        "208-QĐ/TW",
    ]


def test_values_come_in_their_kind() -> None:
    assert rule("admission.vote_cell", on=CONFERENCE).threshold.needed(10) == 7
    assert 35 not in rule("badge.years", on=CONFERENCE).items
    assert rule("allowances.committee_commune", on=CONFERENCE).value == Decimal("0.3")
    with pytest.raises(TypeError, match="not a share"):
        _ = rule("probation.length", on=CONFERENCE).threshold
    with pytest.raises(TypeError, match="not a whole number"):
        _ = rule("admission.vote_cell", on=CONFERENCE).number
    with pytest.raises(TypeError, match="not a list"):
        _ = rule("probation.length", on=CONFERENCE).items


def test_every_rule_tells_why() -> None:
    assert (
        rule("probation.length", on=CONFERENCE).why
        == "Thời gian dự bị: 12 tháng — Điều 5 khoản 1, Điều lệ Đảng (Đại hội XI thông qua ngày 19/01/2011)"
    )
    assert rule("documents.margin_left", on=CONFERENCE).why.endswith("(chưa xác minh)")


def test_sixty_working_days_pass_over_the_may_holidays() -> None:
    """From 11/04/2023: 13 in April, 20 in May without 1–3 May, 22 in June, 5 in July."""
    assert due_after(rule("admission.decision_deadline", on=CONFERENCE), CONFERENCE) == date(2023, 7, 7)


def test_probation_ends_on_the_same_day_a_year_later() -> None:
    assert due_after(rule("probation.length", on=CONFERENCE), CONFERENCE) == date(2024, 4, 11)
    assert due_after(rule("probation.length", on=CONFERENCE), date(2024, 2, 29)) == date(2025, 2, 28)
    assert due_after(rule("organisation.term_grassroots", on=CONFERENCE), CONFERENCE) == date(2028, 4, 11)
    assert due_after(rule("transfer.present_deadline", on=CONFERENCE), CONFERENCE) == CONFERENCE + timedelta(
        days=30
    )


def test_only_a_duration_in_days_or_longer_ends_on_a_day() -> None:
    with pytest.raises(TypeError, match="not a duration"):
        due_after(rule("badge.years", on=CONFERENCE), CONFERENCE)
    with pytest.raises(TypeError, match="minutes"):
        due_after(rule("meetings.shortest", on=CONFERENCE), CONFERENCE)
