"""A branch's own regulations over those that ship, and confirmations: what was read may refuse."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from cast import Cast
from tochuc.kernel.errors import Refused
from tochuc.regulations import actions
from tochuc.regulations.asking import asker_for, on
from tochuc.regulations.command import main as command
from tochuc.regulations.models import LocalValue

RULE = "probation.recognise_cell_deadline"
DAY = date(2023, 4, 11)


def add(cast: Cast, **more: Any) -> LocalValue:
    given: dict[str, Any] = {
        "organisation": cast.commune_a,
        "value": 20,
        "since": date(2023, 1, 1),
        "number": "04-QĐi/ĐU",
        "signed_on": date(2022, 12, 20),
        "issuer": "Đảng ủy xã An Hòa",
        "title": "Quy định về công nhận đảng viên chính thức",
        "article": "Điều 3",
    }
    return actions.add_local(RULE, by=cast.actor(), **(given | more))


def test_a_branchs_own_value_holds_for_it_and_all_below_and_for_nobody_else(cast: Cast):
    add(cast)
    assert asker_for(cast.a1, DAY)(RULE, on=DAY).number == 20
    assert asker_for(cast.a1, DAY)(RULE, on=DAY).cite.vn.startswith("Điều 3, Quy định số 04-QĐi/ĐU")
    assert asker_for(cast.b1, DAY)(RULE, on=DAY).number == 30
    assert on(DAY, cast.a1).probation.recognise_cell_deadline.number == 20
    assert on(DAY).probation.recognise_cell_deadline.number == 30
    assert asker_for(cast.a1, DAY)(RULE, on=date(2022, 12, 31)).number == 30


def test_the_nearest_level_wins(cast: Cast):
    add(cast, organisation=cast.district, value=25)
    add(cast)
    assert asker_for(cast.a1, DAY)(RULE, on=DAY).number == 20
    assert asker_for(cast.b1, DAY)(RULE, on=DAY).number == 25


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"value": "hai mươi"}, "value"),
        ({"value": 0}, "value"),
        ({"until": date(2023, 1, 1)}, "until"),
        ({"signed_on": date(2023, 1, 2)}, "signed_on"),
        ({"article": " "}, "article"),
        ({"number": ""}, "number"),
    ],
)
def test_a_value_that_cannot_be_is_refused_at_its_field(cast: Cast, wrong: dict[str, Any], field: str):
    with pytest.raises(Refused) as refused:
        add(cast, **wrong)
    assert refused.value.field == field
    assert not LocalValue.objects.exists()


def test_two_values_of_one_branch_may_not_overlap(cast: Cast):
    add(cast)
    with pytest.raises(Refused, match="đã có quy định riêng theo 04-QĐi/ĐU"):
        add(cast, since=date(2023, 6, 1), number="05-QĐi/ĐU")


def test_a_withdrawn_value_counts_no_more_and_stays_readable(cast: Cast):
    row = add(cast)
    actions.withdraw(row, reason="Nhập nhầm xã", by=cast.actor())
    assert asker_for(cast.a1, DAY)(RULE, on=DAY).number == 30
    assert LocalValue.objects.get(pk=row.pk).withdrawn_by.reason == "Nhập nhầm xã"


def test_what_was_only_second_hand_may_refuse_once_somebody_read_it(cast: Cast):
    rule = "transfer.present_deadline"
    assert not asker_for(cast.a1, DAY)(rule, on=DAY).may_refuse
    actions.confirm(rule, on=DAY, article="mục II.4", organisation=cast.district, by=cast.actor())
    said = asker_for(cast.a1, DAY)(rule, on=DAY)
    assert (said.may_refuse, said.cite.article) == (True, "mục II.4")
    with pytest.raises(Refused, match="đã được đọc"):
        actions.confirm(rule, on=DAY, article="mục II.4", organisation=cast.district, by=cast.actor())


def test_the_command_answers_for_a_branch(cast: Cast, capsys: pytest.CaptureFixture[str]):
    add(cast)
    question = ["show", RULE, "--on", "11/04/2023", "--format", "json", "--org"]
    assert command([*question, "xa-a-thon-dong"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == 20
    assert command([*question, "xa-b"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == 30
    assert command([*question, "khong-co"]) == 2
    assert "Không có tổ chức nào mã" in capsys.readouterr().err
