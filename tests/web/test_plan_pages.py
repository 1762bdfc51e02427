"""The pages of reorganisation: a plan built by hand or from a file, looked at, carried out, undone, closed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from cast import TODAY, Cast
from reorganise.everything import standing, written
from tochuc.members.models import Membership
from tochuc.org import queries as org
from tochuc.org.models import Organisation
from tochuc.reorganise.models import Draft, Reorganisation
from web.browsing import entered as enter
from web.browsing import errors, filled, own_folders  # noqa: F401
from web.browsing import words as text

pytestmark = pytest.mark.usefixtures("own_folders")
LIST = "/to-chuc/xa-b/sap-xep/"
DAY = "1/3/2023"
DECISION = {
    "decision_number": "12-QĐ/HU",
    "decision_on": "20/2/2023",
    "decision_by": "Ban Thường vụ Huyện ủy",
}


def send(client: Client, path: str, form: int = -1, **fields: Any) -> HttpResponse:
    """Open a page and send its form with these fields."""
    return client.post(path, filled(client.get(path), form, **fields))


def begun(client: Client, where: str = LIST) -> str:
    """A plan begun by hand: its address."""
    answer = send(client, f"{where}moi/", title="Sắp xếp thử", day=DAY)
    assert answer.status_code == 302, text(answer)
    return str(answer["Location"])


def test_cells_are_merged_by_pages_and_it_is_undone(cast: Cast) -> None:
    client, before = enter(cast.secretary_b), standing()
    plan = begun(client)
    added = send(client, f"{plan}them/sap-nhap/", of=["xa-b-tram-y-te"], into=["xa-b-khoi-ha"])
    assert added.status_code == 302
    assert "Sáp nhập Chi bộ Trạm Y tế vào Chi bộ khối Hạ" in text(client.get(plan))
    looked = client.get(f"{plan}xem-truoc/")
    assert "Không ai bị bỏ sót" in text(looked)
    assert "Vũ Thị Hạnh" in text(looked)
    assert standing() == before

    done = send(client, f"{plan}xem-truoc/", **DECISION)
    assert done.status_code == 302, text(done)
    made = Reorganisation.objects.get()
    assert (made.decision_number, made.organisation) == ("12-QĐ/HU", cast.commune_b)
    assert not org.by_code("xa-b-tram-y-te").exists_on(TODAY)
    assert Membership.objects.on(TODAY).get(person=cast.people["nurse_b3"]).organisation == cast.b2
    assert client.get(plan)["Location"] == done["Location"]
    dropped = send(client, f"{plan}bo/")
    assert "đã thực hiện hoặc đã bỏ" in text(client.get(dropped["Location"], follow=True))
    assert "Chi bộ Trạm Y tế" in text(client.get(done["Location"]))
    assert "Đã thực hiện, còn hủy được" in text(client.get(LIST))

    history = text(client.get("/to-chuc/xa-b-khoi-ha/lich-su/"))
    assert "01/03/2023 Kế tục tổ chức khác tiền thân: Chi bộ Trạm Y tế" in history
    assert "1 người về chi bộ cũ" in text(client.get(f"{done['Location']}huy/"))
    undone = send(client, f"{done['Location']}huy/", reason="Làm thử")
    assert undone.status_code == 302
    assert standing() == before
    assert "Đã hủy" in text(client.get(LIST))


def test_a_closed_plan_has_no_way_back(cast: Cast) -> None:
    client = enter(cast.officer)
    plan = begun(client, "/to-chuc/huyen/sap-xep/")
    send(client, f"{plan}them/doi-ten/", of=["xa-b-khoi-ha"], name="Chi bộ thôn Hạ", short_name="Thôn Hạ")
    done = send(client, f"{plan}xem-truoc/", **DECISION)["Location"]
    assert send(client, f"{done}khoa/").status_code == 302
    assert "Hủy phương án" not in text(client.get(done))
    assert "đã khóa" in errors(send(client, f"{done}huy/", reason="Muộn rồi"))


def test_every_operation_has_a_form_and_a_sentence(cast: Cast) -> None:
    client = enter(cast.officer)
    plan = begun(client, "/to-chuc/huyen/sap-xep/")
    founded = {"name": "Chi bộ thôn Mới", "short_name": "Thôn Mới", "kind": "cell", "cell_kind": "village"}
    sent: list[tuple[str, dict[str, Any], str]] = [
        (
            "thanh-lap",
            {**founded, "under": ["xa-a"], "new_posts": ["secretary"]},
            "Thành lập Chi bộ thôn Mới",
        ),
        (
            "doi-ten",
            {"of": ["xa-b"], "name": "Đảng bộ xã Lâm", "short_name": "Xã Lâm"},
            "Đổi tên Đảng bộ xã Bình Lâm",
        ),
        ("chuyen", {"of": ["xa-b-tram-y-te"], "to": ["xa-a"]}, "về trực thuộc Đảng bộ xã An Hòa"),
        ("chuyen-loai-hinh", {"of": ["xa-b-khoi-ha"], "kind": "", "cell_kind": "village"}, "thành thôn"),
        ("sap-nhap", {"of": ["xa-a-truong"], "into": ["xa-a-thon-moi"]}, "vào Chi bộ thôn Mới"),
        (
            "giai-the",
            {"of": ["xa-a-thon-tay"], "members_to": ["xa-a-thon-moi"]},
            "đảng viên về Chi bộ thôn Mới",
        ),
    ]
    for act, fields, said in sent:
        answer = send(client, f"{plan}them/{act}/", **fields)
        assert answer.status_code == 302, (act, errors(answer))
        assert said in text(client.get(plan))
    assert "Lập chức vụ Bí thư Chi bộ thôn Mới" in text(client.get(plan))
    assert send(client, f"{plan}xem-truoc/", **DECISION).status_code == 302
    new = org.by_code("xa-a-thon-moi")
    assert {one.predecessor.code for one in org.predecessors(new)} == {"xa-a-truong", "xa-a-thon-tay"}


def test_a_cell_is_split_by_residence_and_by_name(cast: Cast) -> None:
    client = enter(cast.secretary_a)
    person = cast.people["other_a1"]
    type(person).objects.filter(pk=person.pk).update(residence="thôn Tây, xã An Hòa")
    plan = begun(client, "/to-chuc/xa-a/sap-xep/")
    path = f"{plan}them/chia-tach/"
    cells = {"of": ["xa-a-thon-dong"], "to": ["xa-a-thon-dong", "xa-a-thon-tay"]}
    second = client.post(path, filled(client.get(path), **cells))
    assert "Bùi Thị Lan" in text(second)
    named = {f"nguoi_{cast.people['member_a1'].ref}": "xa-a-thon-tay", "rest": "xa-a-thon-dong"}
    answer = client.post(path, filled(second, **named, residence_1="thôn Tây"))
    if answer.status_code != 302:
        answer = client.post(path, filled(second, **named, residence_0="thôn Tây"))
    assert answer.status_code == 302, text(answer)
    assert send(client, f"{plan}xem-truoc/", **DECISION).status_code == 302
    went = {stay.person_id for stay in Membership.objects.on(TODAY).filter(organisation=cast.a2)}
    assert {cast.people["member_a1"].pk, person.pk} <= went
    assert cast.people["elder_a1"].pk not in went


def test_what_cannot_be_is_told_with_the_way_to_mend_it(cast: Cast) -> None:
    client, before = enter(cast.secretary_b), written()
    plan = begun(client)
    send(client, f"{plan}them/giai-the/", of=["xa-b-khoi-ha"])
    page = text(client.get(f"{plan}xem-truoc/"))
    assert "hãy nêu nơi chuyển đến" in page
    assert "Sửa phương án" in page
    assert "hãy nêu nơi chuyển đến" in text(client.post(f"{plan}xem-truoc/", {**DECISION, "version": "2"}))
    assert Reorganisation.objects.count() == 0
    assert Organisation.objects.count() == before[0]


def test_operations_are_changed_and_taken_out_and_old_versions_refused(cast: Cast) -> None:
    client = enter(cast.secretary_b)
    plan = begun(client)
    send(client, f"{plan}them/doi-ten/", of=["xa-b-khoi-ha"], name="Chi bộ thôn Hạ", short_name="Thôn Hạ")
    stale = filled(client.get(f"{plan}muc/1/"))
    assert send(client, f"{plan}muc/1/", name="Chi bộ thôn Hạ Đông").status_code == 302
    assert "thành Chi bộ thôn Hạ Đông" in text(client.get(plan))
    refused = client.post(f"{plan}muc/1/", {**stale, "name": "Chi bộ khác"})
    assert "Người khác vừa sửa" in text(refused)
    assert 'value="Chi bộ khác"' in refused.content.decode()
    late = client.post(f"{plan}muc/1/", {**stale, "take_out": "1"}, follow=True)
    assert "Người khác vừa sửa" in text(late)
    assert "thành Chi bộ thôn Hạ Đông" in text(late)
    send(client, f"{plan}muc/1/", take_out="1")
    assert "Chưa có thao tác nào" in text(client.get(plan))
    assert client.get(f"{plan}muc/1/").status_code == 404
    assert client.get(f"{plan}them/bay-len/").status_code == 404
    assert send(client, f"{plan}bo/").status_code == 302
    assert not Draft.objects.exists()


def test_organisations_are_found_by_typing_without_tones_and_stay_chosen(cast: Cast) -> None:
    client = enter(cast.officer)
    plan = begun(client, "/to-chuc/huyen/sap-xep/")
    path = f"{plan}them/sap-nhap/"
    answer = client.post(path, filled(client.get(path), of=["xa-a-truong"], into_q="khoi ha", find="into"))
    page = text(answer)
    assert answer.status_code == 200
    assert "Chi bộ Trường Tiểu học An Hòa" in page
    assert "Chi bộ khối Hạ" in page
    assert "Cần chọn" not in page


def test_what_the_plan_founds_is_found_by_typing_without_tones_too(cast: Cast) -> None:
    client = enter(cast.secretary_b)
    plan = begun(client)
    founded = {"name": "Chi bộ khối Đông Hạ", "short_name": "Khối Đông Hạ", "kind": "cell"}
    send(client, f"{plan}them/thanh-lap/", **founded, under=["xa-b"])
    send(client, f"{plan}muc/1/", new_posts=["secretary"])
    send(client, f"{plan}muc/1/", name="Chi bộ khối Đông Hạ Mới")
    assert "Lập chức vụ Bí thư Chi bộ khối Đông Hạ Mới" in text(client.get(plan))
    answer = send(client, f"{plan}them/sap-nhap/", into_q="dong ha", find="into")
    assert "Chi bộ khối Đông Hạ Mới" in text(answer)
    answer = send(client, f"{plan}them/sap-nhap/", of_q="dong ha", find="of")
    assert "Không có tổ chức nào khớp" in text(answer)


def test_nothing_outside_ones_branch_can_be_chosen_or_named(cast: Cast, tmp_path: Path) -> None:
    client = enter(cast.secretary_a)
    plan = begun(client, "/to-chuc/xa-a/sap-xep/")
    path = f"{plan}them/sap-nhap/"
    answer = send(client, path, of=["xa-b-khoi-ha"], into=["xa-a-thon-tay"])
    assert "không còn trong danh sách" in text(answer)
    for operation in (
        "merge: {of: xa-b-khoi-ha, into: xa-a-thon-tay}",
        "merge: {of: khong-co, into: xa-a-thon-tay}",
        "found: {code: moi, name: Mới, short_name: Mới, kind: province_committee, under: null}",
    ):
        body = f"title: Thử\ndecision: {{number: 1, on: 2023-02-20, by: HU}}\nday: 2023-03-01\noperations:\n  - {operation}\n"
        answer = upload(client, body.replace("number: 1", "number: '1'"), "/to-chuc/xa-a/sap-xep/")
        assert answer.status_code == 200
        assert "trong phạm vi của đồng chí" in errors(answer) or "cấp trên trực tiếp" in errors(answer)


def upload(client: Client, body: str | bytes, where: str = "/to-chuc/huyen/sap-xep/") -> HttpResponse:
    """Send a plan file."""
    path = f"{where}tai-tep/"
    raw = body.encode() if isinstance(body, str) else body
    sent = filled(client.get(path)) | {"file": SimpleUploadedFile("phuong-an.yaml", raw)}
    return client.post(path, sent)


FILE = """
title: Sáp nhập hai xã
decision: {number: 12-QĐ/HU, on: 2023-02-20, by: Ban Thường vụ Huyện ủy}
day: 2023-03-01
operations:
  - found: {code: xa-moi, name: Đảng bộ xã Mới, short_name: Xã Mới, kind: grassroots_committee, under: huyen}
  - merge: {of: [xa-a, xa-b], into: xa-moi}
  - convert: {below: xa-moi, was_cell_kind: quarter, cell_kind: village}
"""


def test_a_file_is_opened_as_a_plan_and_carried_out(cast: Cast) -> None:
    client = enter(cast.officer)
    answer = upload(client, FILE)
    assert answer.status_code == 302, errors(answer)
    page = text(client.get(answer["Location"]))
    assert "Sáp nhập Đảng bộ xã An Hòa, Đảng bộ xã Bình Lâm vào Đảng bộ xã Mới" in page
    assert "12-QĐ/HU ngày 20/02/2023" in page
    assert send(client, f"{answer['Location']}xem-truoc/").status_code == 302
    assert org.by_code("xa-moi").since == date(2023, 3, 1)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (FILE.replace("merge:", "gop:"), "dòng 7"),
        (FILE.replace("of: [xa-a, xa-b]", "tu: [xa-a]"), "khóa này không có"),
        (b"\xff\xfe\x00\x01", "không đọc được"),
        ("[" * 3000, "không đọc được"),
        ("", "cần là một phương án"),
        ("a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(f"{c}: &{c} [{','.join(['*' + chr(ord(c) - 1)] * 9)}]" for c in "bcdefgh"), "quá nhiều mục"),
        ("x: " + "y" * 1_100_000, "lớn hơn 1 MB"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_plan_is_refused_with_its_line(cast: Cast, body: Any, words: str) -> None:
    client = enter(cast.officer)
    assert words in errors(upload(client, body))
    assert not Draft.objects.exists()


def test_one_act_from_an_organisations_page_is_a_plan_of_one(cast: Cast) -> None:
    client = enter(cast.secretary_a)
    answer = send(
        client,
        "/to-chuc/xa-a-thon-tay/sap-xep/doi-ten/",
        name="Chi bộ thôn Tây An",
        short_name="Tây An",
        day=DAY,
    )
    assert answer.status_code == 302, text(answer)
    assert send(client, answer["Location"], **DECISION).status_code == 302
    assert org.name_on(cast.a2, date(2023, 3, 1)) == "Chi bộ thôn Tây An"
    assert org.name_on(cast.a2, date(2023, 2, 28)) == "Chi bộ thôn Tây"
    assert client.get("/to-chuc/xa-a-thon-tay/sap-xep/chia-tach/").status_code == 404


def test_a_plan_of_one_act_names_every_organisation_in_its_title(cast: Cast) -> None:
    page = "/to-chuc/xa-a-thon-tay/sap-xep/giai-the/"
    send(enter(cast.secretary_a), page, members_to=["xa-a-thon-dong"], day=DAY)
    title = Draft.objects.get().title
    assert title == "Kết thúc hoạt động của Chi bộ thôn Tây; đảng viên về Chi bộ thôn Đông"


def test_a_decision_is_needed_and_what_was_typed_stays(cast: Cast) -> None:
    client = enter(cast.secretary_b)
    plan = begun(client)
    send(client, f"{plan}them/doi-ten/", of=["xa-b-khoi-ha"], name="Chi bộ thôn Hạ", short_name="Thôn Hạ")
    answer = send(
        client, f"{plan}xem-truoc/", decision_number="", decision_on="31/2/2023", decision_by="Đảng ủy xã"
    )
    assert "Cần điền mục này" in text(answer)
    assert 'value="Đảng ủy xã"' in answer.content.decode()
    late = send(client, f"{plan}xem-truoc/", **{**DECISION, "decision_on": "2/3/2023"})
    assert "không thể sau ngày có hiệu lực" in text(late)


def test_a_plan_for_a_day_to_come_is_looked_at_but_not_carried_out(cast: Cast) -> None:
    client, before = enter(cast.secretary_b), written()
    plan = str(send(client, f"{LIST}moi/", title="Sắp xếp thử", day="1/5/2023")["Location"])
    send(client, f"{plan}them/sap-nhap/", of=["xa-b-tram-y-te"], into=["xa-b-khoi-ha"])
    page = client.get(f"{plan}xem-truoc/")
    assert "Không ai bị bỏ sót" in text(page)
    assert "Chưa tới ngày có hiệu lực" in text(page)
    assert "Thực hiện:" not in text(page)
    sent = {**DECISION, "version": "2", "seen": page.context["seal"]}
    assert "Ngày 01/05/2023 chưa tới" in errors(client.post(f"{plan}xem-truoc/", sent))
    assert (Reorganisation.objects.count(), written()[0]) == (0, before[0])


@pytest.mark.parametrize("who", ["cell_a1", "member_a1", "nobody"])
def test_a_cell_secretary_rearranges_nothing(cast: Cast, who: str) -> None:
    client = enter(getattr(cast, who))
    plan = begun(enter(cast.secretary_a), "/to-chuc/xa-a/sap-xep/")
    assert client.get("/to-chuc/xa-a-thon-dong/sap-xep/").status_code in {403, 404}
    assert client.get(plan).status_code in {403, 404}


@pytest.mark.parametrize("path", ["", "moi/", "tai-tep/", "thanh-lap/"])
def test_pages_of_plans_ask_at_most_fifteen_queries(
    cast: Cast, path: str, django_assert_max_num_queries: Any
) -> None:
    client = enter(cast.secretary_b)
    with django_assert_max_num_queries(15):
        assert client.get(f"{LIST}{path}").status_code == 200
