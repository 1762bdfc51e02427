"""What the rules ask of an election to a committee: how many, by when, who came, how many votes each has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tochuc.cases.declare import Objection, Taken
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members.models import Person
from tochuc.org.models import Post
from tochuc.procedures.conditions import official_on
from tochuc.rules.ruled import Ruled

_WITHOUT_COMMITTEE = 2
"""A secretary, and a deputy where one is needed, in a cell too small for a committee."""


def ruled(taken: Taken, rule_id: str, on: date | None = None) -> Ruled | None:
    """The rule on the day of the step, or on another; None where there was none."""
    try:
        return taken.ask(rule_id, on=on or taken.move.on)
    except NotInForce:
        return None


def number_of_seats(taken: Taken) -> list[Objection]:
    """As many as the rules allow: a small cell elects no committee, a larger one at most so many."""
    return [*_too_small_for_a_committee(taken), *_over_the_most(taken), *_too_many_candidates(taken)]


def _too_small_for_a_committee(taken: Taken) -> Iterator[Objection]:
    least = ruled(taken, "organisation.cell_committee_min_members")
    official, seats = taken.facts.get("official_members") or 0, _number(taken, "seats")
    if not taken.facts.get("is_cell") or least is None or official >= least.number:
        return
    if seats > _WITHOUT_COMMITTEE:
        message = (
            f"Chi bộ có {official} đảng viên chính thức, dưới {least.number} thì không bầu chi ủy, chỉ bầu bí thư, "
            f"khi cần thì thêm phó bí thư ({least.cite.vn})."
        )
        yield Objection("no_committee", message, least, "seats")


def _over_the_most(taken: Taken) -> Iterator[Objection]:
    for rule_id, name, words in _limits(taken):
        most, n = ruled(taken, rule_id), _number(taken, name)
        if most is not None and n > most.number:
            message = f"Dự kiến {n} {words}, nhiều nhất là {most.number} ({most.cite.vn})."
            yield Objection(f"too_many_{name}", message, most, name)


def _limits(taken: Taken) -> Iterator[tuple[str, str, str]]:
    if taken.facts.get("is_cell"):
        yield "organisation.cell_committee_max", "seats", "chi ủy viên"
        yield "organisation.cell_deputies", "deputies", "phó bí thư"
    if taken.facts.get("kind") == "commune_committee":
        yield "organisation.commune_committee_max", "seats", "cấp ủy viên"
        yield "organisation.commune_deputies", "deputies", "phó bí thư"


def _too_many_candidates(taken: Taken) -> Iterator[Objection]:
    share, seats = ruled(taken, "organisation.election_surplus"), _number(taken, "seats")
    listed = _number(taken, "candidates")
    if share is None or listed <= seats:
        return
    numerator, denominator = (int(part) for part in str(share.value).split("/"))
    if (listed - seats) * denominator > seats * numerator:
        message = f"Danh sách {listed} người để bầu {seats}: số dư quá {share.words} ({share.cite.vn})."
        yield Objection("too_many_candidates", message, share, "candidates")


def congress_in_its_time(taken: Taken) -> list[Objection]:
    """Early or late by no more than the rule allows; a late one was held all the same, so it only warns."""
    ends, shift = taken.facts.get("term_ends"), ruled(taken, "organisation.congress_shift")
    if ends is None or shift is None:
        return []
    first, last = add_months(ends, -shift.number), add_months(ends, shift.number)
    if taken.move.on < first:
        message = (
            f"Nhiệm kỳ đến ngày {day_vn(ends)}; đại hội sớm nhất trước {shift.words}, "
            f"từ ngày {day_vn(first)} ({shift.cite.vn})."
        )
        return [Objection("congress_too_early", message, shift, "on")]
    if taken.move.on > last:
        message = (
            f"Nhiệm kỳ đến ngày {day_vn(ends)}; đại hội muộn nhất là ngày {day_vn(last)} ({shift.cite.vn})."
        )
        return [Objection("congress_late", message, shift, "on", warns=True)]
    return []


def quorum(taken: Taken) -> list[Objection]:
    """Enough of those summoned came; more than were summoned can't have."""
    summoned, present = _number(taken, "summoned"), _number(taken, "present")
    if present > summoned:
        message = f"Có mặt {present} người, nhiều hơn {summoned} người được triệu tập."
        return [Objection("present_over_summoned", message, field="present")]
    share = ruled(taken, "organisation.congress_quorum")
    if share is None or present >= share.threshold.needed(summoned):
        return []
    message = (
        f"Triệu tập {summoned}, cần ít nhất {share.threshold.needed(summoned)} người dự "
        f"({share.threshold.words}, {share.cite.vn}), biên bản ghi {present}."
    )
    return [Objection("no_quorum", message, share, "present")]


def results(taken: Taken) -> list[Objection]:
    """Whoever was elected: official members, each to one post, with enough votes, no more than there are seats."""
    given: Mapping[str, Mapping[str, Any]] = taken.move.answers.get("results") or {}
    if not given:
        if taken.move.outcome == "elected":
            return [
                Objection("nobody_elected", "Cần ghi người trúng cử vào từng chức danh.", field="results")
            ]
        return []
    return [*_seats(taken, given), *_people(taken, given), *_votes(taken, given)]


def _seats(taken: Taken, given: Mapping[str, Mapping[str, Any]]) -> Iterator[Objection]:
    plan = taken.facts.get("taken", {}).get("plan")
    seats = int(plan.answers.get("seats") or 0) if plan else 0
    if seats and len(given) > seats:
        message = f"Ghi {len(given)} người trúng cử, nhiều hơn {seats} người theo số lượng đã duyệt."
        yield Objection("more_than_seats", message, field="results")
    if taken.move.outcome == "no_secretary" and _secretary_post(given):
        yield Objection(
            "secretary_elected", "Đã ghi người trúng cử bí thư; hãy chọn kết quả khác.", field="outcome"
        )


def _secretary_post(given: Mapping[str, Mapping[str, Any]]) -> bool:
    return Post.objects.filter(code__in=given, kind="secretary").exists()


def _people(taken: Taken, given: Mapping[str, Mapping[str, Any]]) -> Iterator[Objection]:
    refs = [str(one.get("person")) for one in given.values()]
    names = dict(Person.objects.filter(ref__in=refs).values_list("ref", "full_name"))
    rule = ruled(taken, "probation.rights_excluded")
    for ref in dict.fromkeys(refs):
        name = names.get(ref, "Người được chọn")
        if refs.count(ref) > 1:
            yield Objection(
                "elected_twice", f"{name} được ghi ở hai chức danh; mỗi người một chức danh.", field="results"
            )
        if not official_on(ref, taken.move.on):
            place = f" ({rule.cite.vn})" if rule else ""
            message = f"{name} không phải đảng viên chính thức vào ngày {day_vn(taken.move.on)}{place}."
            yield Objection("candidate_not_official", message, rule, "results")


def _votes(taken: Taken, given: Mapping[str, Mapping[str, Any]]) -> Iterator[Objection]:
    summoned, present = _number(taken, "summoned"), _number(taken, "present")
    share = ruled(taken, "organisation.election_majority")
    for one in given.values():
        votes = int(one.get("votes") or 0)
        if votes > present:
            message = f"{votes} phiếu, nhiều hơn {present} người có mặt; kiểm tra lại biên bản kiểm phiếu."
            yield Objection("votes_over_present", message, field="results")
        elif share is not None and votes < share.threshold.needed(summoned):
            message = (
                f"{votes} phiếu chưa đủ để trúng cử: cần ít nhất {share.threshold.needed(summoned)} "
                f"({share.threshold.words} {summoned} người được triệu tập, {share.cite.vn})."
            )
            yield Objection("not_elected", message, share, "results")


def ballots_of_a_secretary(taken: Taken) -> list[Objection]:
    """Only after so many ballots without a result does the level above designate a cell's secretary."""
    if taken.move.outcome != "no_secretary":
        return []
    rule, rounds = ruled(taken, "organisation.secretary_ballots"), _number(taken, "rounds")
    if rule is None or rounds >= rule.number:
        return []
    message = f"Mới bầu bí thư {rounds} lần; bầu {rule.words} không được thì cấp trên mới chỉ định ({rule.cite.vn})."
    return [Objection("too_few_rounds", message, rule, "rounds")]


def only_of_a_cell(taken: Taken) -> list[Objection]:
    """Only a cell hands the choice of its secretary up; a committee fills the seat between congresses."""
    if taken.move.outcome != "no_secretary" or taken.facts.get("is_cell"):
        return []
    message = "Kết quả này chỉ dành cho chi bộ; đảng bộ chưa bầu được bí thư thì chọn bầu chưa đủ số lượng."
    return [Objection("not_a_cell", message, field="outcome")]


def _number(taken: Taken, name: str) -> int:
    return int(taken.move.answers.get(name) or 0)
