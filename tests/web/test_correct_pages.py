"""Correcting what was recorded: the wrong stays readable, the reason beside it."""

from __future__ import annotations

from datetime import date

import pytest

from cast import TODAY, Cast
from tochuc.members.actions import Decision, append
from tochuc.members.kinds import EVENT_KINDS
from tochuc.members.models import MemberEvent, Person
from tochuc.web.members.forms import KIND_OF_SLUG, LAYOUTS
from web.browsing import entered, errors, field_error, filled, own_folders, shown, words  # noqa: F401
from web.recording import confirm, send

pytestmark = pytest.mark.usefixtures("own_folders")


def _correct(person: Person, event: MemberEvent) -> str:
    return f"/dang-vien/{person.ref}/dinh-chinh/{event.pk}/"


def test_an_event_is_recorded_anew_and_the_wrong_one_stays_struck_through_with_the_reason(cast: Cast) -> None:
    client, person = entered(cast.officer), cast.people["moved_within_a"]
    wrong = person.events.get(kind="transferred")

    asked = send(
        client, _correct(person, wrong), on="20/3/2022", reason="Ghi nhầm ngày theo giấy giới thiệu."
    )
    assert "Chưa ghi gì" in words(asked)
    assert not MemberEvent.objects.filter(corrects=wrong).exists()

    answer = client.post(_correct(person, wrong), filled(asked, step="confirm"))
    assert answer.status_code == 302
    page = client.get(f"/dang-vien/{person.ref}/")
    struck = " ".join(shown(page).xpath("//s")[0].text_content().split())
    assert struck == "Đã bị đính chính: Chuyển sinh hoạt đảng đến Chi bộ thôn Đông"
    assert "Đã đính chính: Ghi nhầm ngày theo giấy giới thiệu." in words(page)
    assert person.memberships.get(organisation=cast.a1).since.isoformat() == "2022-03-20"


def test_striking_an_event_out_shows_what_it_brings_back(cast: Cast) -> None:
    client, person = entered(cast.officer), cast.people["removed_a"]
    wrong = person.events.get(kind="removed")

    path = _correct(person, wrong) + "?cach=huy"
    asked = client.post(path, filled(client.get(path), reason="Quyết định đã bị thu hồi."))
    rows = {row["label"]: (row["before"], row["after"]) for row in asked.context["changes"]}
    assert rows["Tư cách"] == ("Ngoài Đảng", "Đảng viên chính thức")

    client.post(path, filled(asked, step="confirm"))
    assert Person.objects.get(pk=person.pk).standing == "official"


def test_a_correction_needs_its_reason(cast: Cast) -> None:
    person = cast.people["removed_a"]

    answer = send(entered(cast.officer), _correct(person, person.events.get(kind="removed")), reason=" ")

    assert answer.status_code == 422
    assert field_error(answer, "reason")


def test_a_correction_that_contradicts_what_came_after_is_refused_and_says_why(cast: Cast) -> None:
    client, person = entered(cast.officer), cast.people["recognised_a3"]
    admitted = person.events.get(kind="admitted")
    path = _correct(person, admitted) + "?cach=huy"

    answer = client.post(path, filled(client.get(path), reason="Ghi nhầm người."))

    assert answer.status_code == 422
    assert "không thể ghi «Công nhận chính thức»" in errors(answer)
    assert not MemberEvent.objects.filter(corrects=admitted).exists()


def test_every_kind_of_event_that_stands_in_a_record_has_a_form_to_correct_it() -> None:
    assert set(LAYOUTS) == set(EVENT_KINDS) - {"void"}
    assert len(KIND_OF_SLUG) == len(LAYOUTS)


def test_the_form_of_a_discipline_and_the_end_of_its_effect_are_corrected(cast: Cast) -> None:
    person = cast.people["other_a1"]
    wrong = append(
        person,
        "disciplined",
        on=date(2023, 3, 1),
        by=cast.actor(),
        today=TODAY,
        decision=Decision("7-QĐ/ĐU", date(2023, 2, 27), "Đảng ủy xã A"),
        data={"form": "reprimand", "until_on": "2024-03-01", "decider": "xa-a"},
    )

    client, path = entered(cast.officer), _correct(person, wrong)
    opened = filled(client.get(path))
    assert (opened["form"], opened["until_on"]) == (["reprimand"], ["01/03/2024"])
    sent = opened | {"until_on": "2/3/2024", "reason": "Quyết định ghi cảnh cáo."}
    asked = client.post(path, sent | {"form": "warning"})
    answer = client.post(path, filled(asked, step="confirm"))

    assert answer.status_code == 302
    anew = person.events.get(corrects=wrong, kind="disciplined")
    assert anew.data == {"form": "warning", "until_on": "2024-03-02", "decider": "xa-a"}
    assert (anew.happened_on, anew.decision_number) == (date(2023, 3, 1), "7-QĐ/ĐU")


def test_what_is_emptied_in_a_correction_is_no_longer_recorded(cast: Cast) -> None:
    person = cast.people["other_a1"]
    given = {"on": date(2023, 3, 1), "by": cast.actor(), "today": TODAY, "data": {"until_on": "2023-09-01"}}
    wrong = append(person, "exempted", decision=Decision("3-NQ/CB", date(2023, 2, 27), ""), **given)

    answer = confirm(
        entered(cast.officer), _correct(person, wrong), until_on="", reason="Nghị quyết miễn hẳn."
    )

    assert answer.status_code == 302
    assert person.events.get(corrects=wrong, kind="exempted").data == {}
    assert "đến 01/09/2023" not in words(entered(cast.officer).get(f"/dang-vien/{person.ref}/"))


def test_what_was_already_corrected_is_not_corrected_again(cast: Cast) -> None:
    client, person = entered(cast.officer), cast.people["removed_a"]
    wrong = person.events.get(kind="removed")
    path = _correct(person, wrong) + "?cach=huy"
    confirm(client, path, reason="Quyết định đã bị thu hồi.")

    assert client.get(path).status_code == 404


def test_only_the_organisation_board_corrects(cast: Cast) -> None:
    person = cast.people["removed_a"]
    wrong = person.events.get(kind="removed")

    assert entered(cast.secretary_a).get(_correct(person, wrong)).status_code == 403
    assert "Đính chính:" not in words(entered(cast.secretary_a).get(f"/dang-vien/{person.ref}/"))


def test_an_event_of_someone_else_cannot_be_corrected_through_ones_record(cast: Cast) -> None:
    other = cast.people["died_a"].events.get(kind="died")

    assert entered(cast.officer).get(_correct(cast.people["removed_a"], other)).status_code == 404
