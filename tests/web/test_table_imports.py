"""Lists of movements, organisations and posts through the pages: chosen, looked at, written, undone, by who may."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from cast import TODAY, Cast
from exchange.lists import dump
from tochuc.audit.models import Entry
from tochuc.changes.models import ChangeSet
from tochuc.jobs.models import Job
from tochuc.jobs.work import work_once
from tochuc.members.models import Holds
from tochuc.org.models import Organisation
from web.browsing import address, entered, errors, field_error, filled, own_folders, shown, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]

MOVES = (
    "STT;Họ và tên;Ngày sinh;Biến động;Ngày biến động;Nơi đi;Nơi đến\n"
    "1;Bùi Thị Lan;20/10/1988;Chuyển đến;2016;Đảng bộ phường Cẩm Phô;\n"
    "2;Bùi Thị Lan;20/10/1988;Chuyển đi;05/03/2022;;Quân khu 5\n"
    "3;Hồ Thị Bích Ngọc;04/05/1990;Đi họp;05/03/2022;;\n"
)
UNITS = "Tên tổ chức;Loại chi bộ;Trực thuộc\nChi bộ thôn Mới;Thôn;Đảng bộ xã An Hòa\nChi bộ Lạ;;Đảng bộ Không Có\n"
SEATS = "Tổ chức;Chức vụ;Họ và tên;Ngày sinh\nThôn Đông;Phó Bí thư;Hồ Thị Bích Ngọc;04/05/1990\n"


@pytest.fixture
def officer(cast: Cast) -> Client:
    return entered(cast.officer)


def _choose(client: Client, name: str, raw: str, code: str = "xa-a", **given: Any) -> HttpResponse:
    url = address(name, code)
    file = SimpleUploadedFile("ds.csv", raw.encode())
    return client.post(url, filled(client.get(url), **{"file": file, **given}))


def _write(client: Client, name: str, raw: str, code: str = "xa-a") -> HttpResponse:
    url = _choose(client, name, raw, code).url
    return client.post(url, filled(client.get(url)), follow=True)


def test_a_list_of_movements_is_looked_at_and_nothing_written(cast: Cast, officer: Client):
    before = dump()
    page = officer.get(_choose(officer, "import_movements", MOVES).url)
    assert dump() == before
    counted = [" ".join(one.text_content().split()) for one in shown(page).xpath("//ul[@class='figures']/li")]
    assert counted == ["0 Tạo mới", "2 Thay đổi", "0 Giữ nguyên", "1 Từ chối", "1 Cần xem lại"]
    said = words(page)
    assert "Cột D «Đi họp»: Chưa hiểu biến động «Đi họp»" in said
    assert "Chỉ biết năm 2016; ghi vào sổ đúng như thế" in said
    assert "Chuyển sinh hoạt đi nơi khác 05/03/2022" in said


def test_movements_are_written_as_one_change_set_and_undone_from_its_page(cast: Cast, officer: Client):
    before = {**dump(), "steps": None}
    page = _write(officer, "import_movements", MOVES)
    (changeset,) = ChangeSet.objects.all()
    assert page.redirect_chain[-1][0] == address("changeset", changeset.ref)
    assert "Chuyển sinh hoạt đi nơi khác: Quân khu 5" in words(page)
    undo = address("changeset_undo", changeset.ref)
    officer.post(undo, filled(officer.get(undo), reason="Nhầm tệp"))
    assert {**dump(), "steps": None} == before


def test_the_marked_workbook_marks_what_was_refused(cast: Cast, officer: Client):
    url = _choose(officer, "import_movements", MOVES).url
    (link,) = shown(officer.get(url)).xpath("//a[@download]/@href")
    with zipfile.ZipFile(BytesIO(officer.get(link).content)) as book:
        told = book.read("xl/comments1.xml").decode()
    assert "Chưa hiểu biến động" in told
    assert 'ref="D4"' in told
    assert Entry.objects.filter(action="file.read", object_key=url.split("/")[2]).count() == 1


def test_organisations_come_in_and_are_undone_unless_something_rests_on_them(cast: Cast, officer: Client):
    page = _write(officer, "import_organisations", UNITS)
    cell = Organisation.objects.get(name="Chi bộ thôn Mới")
    (changeset,) = ChangeSet.objects.all()
    assert "Chi bộ thôn Mới" in words(page)
    undo = address("changeset_undo", changeset.ref)
    assert "1 tổ chức, chức vụ đã lập trong đợt này sẽ ra khỏi sổ" in words(officer.get(undo))
    form = filled(officer.get(undo), reason="Nhầm tệp")
    _write(officer, "import_posts", SEATS.replace("Thôn Đông", "Chi bộ thôn Mới"))
    looked = officer.get(undo)
    assert "Chưa hoàn tác được" in words(looked)
    assert "Chức vụ «Phó Bí thư» của Chi bộ thôn Mới" in words(looked)
    refused = officer.post(undo, form)
    assert "từ đó đến nay đã có" in errors(refused)
    seats = ChangeSet.objects.exclude(pk=changeset.pk).get()
    back = address("changeset_undo", seats.ref)
    officer.post(back, filled(officer.get(back), reason="Nhầm"))
    assert Organisation.objects.get(pk=cell.pk).exists_on(TODAY)
    officer.post(undo, filled(officer.get(undo), reason="Nhầm tệp"))
    assert not Organisation.objects.get(pk=cell.pk).exists_on(TODAY)


def test_an_import_of_organisations_is_undone_from_its_page(cast: Cast, officer: Client):
    _write(officer, "import_organisations", UNITS)
    (changeset,) = ChangeSet.objects.all()
    undo = address("changeset_undo", changeset.ref)
    done = officer.post(undo, filled(officer.get(undo), reason="Nhầm tệp"), follow=True)
    assert "Đã hoàn tác 1 tổ chức, chức vụ" in words(done)
    assert not Organisation.objects.get(name="Chi bộ thôn Mới").exists_on(TODAY)


def test_posts_come_in_with_their_holders(cast: Cast, officer: Client):
    _write(officer, "import_posts", SEATS)
    held = Holds.objects.on(TODAY).filter(person=cast.people["other_a1"], post__kind="deputy_secretary")
    assert held.exists()


def test_the_same_list_again_has_nothing_to_write(cast: Cast, officer: Client):
    for name, raw in (("import_movements", MOVES), ("import_organisations", UNITS), ("import_posts", SEATS)):
        _write(officer, name, raw)
        again = officer.get(_choose(officer, name, raw).url)
        assert "Không có dòng nào cần ghi" in words(again), name


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("import_movements", "%PDF-1.4", "không phải bảng tính"),
        ("import_movements", "một\nhai", "Không thấy dòng tiêu đề"),
        ("import_organisations", "Họ và tên;Ngày sinh\nA;1", "cần một dòng có cột “Tên tổ chức”"),
        ("import_posts", "Tên tổ chức;Loại\nA;1", "“Tổ chức” và “Chức vụ”"),
        ("import_posts", "Tổ chức;Chức vụ\n", "không có dòng nào"),
        ("import_organisations", "", "Tệp rỗng"),
    ],
)
def test_a_file_that_is_no_such_list_is_said_at_the_field(
    cast: Cast, officer: Client, name: str, raw: str, says: str
):
    page = _choose(officer, name, raw)
    assert page.status_code == 200
    assert says in errors(page)


def test_a_long_list_is_worked_on_beside_the_pages(cast: Cast, officer: Client):
    rows = "".join(
        f"{n};Bùi Thị Lan;20/10/1988;Chuyển đến;{1900 + n % 90};Nơi nọ {n};\n" for n in range(4, 500)
    )
    raw = MOVES + rows
    assert len(raw.encode()) > 25_000
    job = Job.objects.get(ref=_choose(officer, "import_movements", raw).url.strip("/").split("/")[-1])
    assert work_once()
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    page = officer.get(job.url)
    assert "Kiểm tra lúc" in words(page)
    officer.post(job.url, filled(page))
    assert work_once()
    assert ChangeSet.objects.count() == 1


def test_a_commune_s_secretary_brings_in_for_the_commune_and_nobody_for_another(cast: Cast):
    secretary = entered(cast.secretary_a)
    for name in ("import_movements", "import_organisations", "import_posts"):
        assert secretary.get(address(name, "xa-a")).status_code == 200
        assert secretary.get(address(name, "xa-b")).status_code == 404
        assert entered(cast.cell_a1).get(address(name, cast.a1.code)).status_code == 403


def test_a_day_that_cannot_be_read_is_told_of_beside_what_was_looked_at_instead(cast: Cast, officer: Client):
    url = _choose(officer, "import_organisations", UNITS).url.partition("?")[0]
    assert "Chưa đọc được ngày" in words(officer.get(f"{url}?ngay=31/02/2023"))
