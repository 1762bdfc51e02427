"""The story of the main job, end to end: a conference becomes work that everyone sees and nobody can lose."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from browser.looking import look

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
SEED = Path(__file__).parents[1] / "real" / "seed-conference.txt"
CELL = "/to-chuc/dx-nam-phuoc-my-hoa/"
COMMUNE = "/to-chuc/dx-nam-phuoc/"
DISTRICT = "/to-chuc/dx/"
MEETING = "Hội nghị triển khai chương trình công tác"

Enter = Callable[..., Page]


@pytest.mark.parametrize(
    ("viewport", "sympathiser", "leaver"),
    [(DESK, "Võ Ngọc Quỳnh Như", 3), (PHONE, "Trần Quốc Bảo", 5)],
    ids=["desk", "phone"],
)
def test_a_conference_becomes_work(
    enter: Enter, tmp_path: Path, viewport: dict[str, int], sympathiser: str, leaver: int
):
    officer = enter("canbo", viewport)
    conference = draft(officer, viewport, tmp_path)
    correct(officer, conference)
    assign(officer, conference)
    task = issue(officer, conference)
    report(enter("namphuoc", viewport), tmp_path)
    follow(officer, task)
    keep_the_ledger(enter, viewport, sympathiser, leaver)
    see_oneself(enter("dangvien", viewport))


def draft(page: Page, viewport: dict[str, int], tmp_path: Path) -> str:
    """The officer brings in the text: pasted at the desk, as a Word file on the phone."""
    look(page, "viec-can-lam-can-bo")
    page.get_by_role("link", name="Hội nghị và nhiệm vụ").first.click()
    look(page, "hoi-nghi-va-nhiem-vu")
    page.get_by_role("link", name="Nhập từ văn bản").click()
    look(page, "nhap-van-ban")
    text = SEED.read_text(encoding="utf-8")
    if viewport == DESK:
        page.locator("textarea").fill(text)
    else:
        page.set_input_files("input[type=file]", word_file(tmp_path / "tin.docx", text + "\nBản Word."))
    page.get_by_role("button", name="Lập hồ sơ").click()
    page.wait_for_url(re.compile(r"/hoi-nghi/[0-9a-f-]{36}/"))
    look(page, "hoi-nghi")
    record = page.locator("main")
    for read in (
        "11/04/2023",
        "Ban Tổ chức Huyện ủy Duy Xuyên",
        "Nguyễn Thị Thúy Hồng",
        "Trưởng ban Tổ chức Huyện ủy",
        "Bí thư, Phó bí thư Thường trực 14 xã, thị trấn",
    ):
        expect(record.get_by_text(read).filter(visible=True).first).to_be_visible()
    for cited in ("21-NQ/TW", "NQTW4-XII", "05-CT/TW", "04-QĐi/HU", "213-QĐ/TW"):
        expect(record.get_by_role("link", name=cited).first).to_be_visible()
    expect(record.get_by_text("Chưa xác minh", exact=False).first).to_be_visible()
    assert record.locator("mark").count() >= 25, "each piece is highlighted in the text it came from"
    return page.url.split("#")[0]


def word_file(path: Path, text: str) -> str:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return str(path)


def correct(page: Page, conference: str) -> None:
    """She rewords one task; the record shows it."""
    page.goto(conference)
    page.get_by_role(
        "link", name=re.compile("Sửa.*tập trung công tác phát triển đảng viên", re.I | re.S)
    ).click()
    look(page, "sua-muc")
    page.locator("main textarea").first.fill("Tập trung công tác phát triển đảng viên ở thôn, khối phố")
    page.get_by_role("button", name="Lưu").first.click()
    expect(page.locator("main").get_by_text("phát triển đảng viên ở thôn, khối phố").first).to_be_visible()


def assign(page: Page, conference: str) -> None:
    """All tasks go to the 14 communes; a day that doesn't exist is refused and nothing typed is lost."""
    page.goto(conference)
    page.get_by_role("link", name="Giao nhiệm vụ").first.click()
    look(page, "giao-nhiem-vu")
    page.fill("[name=common]", "31/6/2023")
    page.get_by_role("button", name=re.compile("Giao . nhiệm vụ")).click()
    expect(page.get_by_text("Không có ngày 31/06/2023").first).to_be_visible()
    assert page.input_value("[name=common]") == "31/6/2023"
    look(page, "giao-nhiem-vu-sai-ngay")
    page.fill("[name=common]", "30/6/2023")
    page.get_by_role("button", name=re.compile("Giao . nhiệm vụ")).click()
    page.wait_for_url(re.compile(r"/hoi-nghi/[0-9a-f-]{36}/(#.*)?$"))


def issue(page: Page, conference: str) -> str:
    """She issues the conclusions; a Word file in the Party's layout comes down and opens."""
    page.goto(conference)
    page.get_by_role("link", name="Phát hành kết luận").first.click()
    look(page, "phat-hanh")
    page.get_by_role("button", name=re.compile("Phát hành|Xem lại thông báo")).first.click()
    if page.get_by_role("button", name="Phát hành kết luận").count():
        page.get_by_role("button", name="Phát hành kết luận").click()
    page.wait_for_url(re.compile(r"/ket-luan/"))
    look(page, "ket-luan")
    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile("Word")).first.click()
    assert coming.value.suggested_filename.endswith(".docx")
    document = docx.Document(io.BytesIO(Path(coming.value.path()).read_bytes()))
    words = "\n".join(
        [p.text for p in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )
    for part in ("ĐẢNG CỘNG SẢN VIỆT NAM", "THÔNG BÁO", "-TB/BTCHU", "Đảng ủy 14 xã, thị trấn", "30/06/2023"):
        assert part in words
    page.goto("/hoi-nghi/")
    link = page.get_by_role("link", name="Tập trung công tác phát triển đảng viên ở thôn, khối phố").first
    return link.get_attribute("href") or ""


def report(page: Page, tmp_path: Path) -> None:
    """The commune's secretary finds the task at home, overdue ones first, each with its why, and reports."""
    greeting = page.get_by_role("button", name="Đã xem, không hiện nữa")
    if greeting.count():
        look(page, "lan-dau")
        greeting.click()
        expect(greeting).to_have_count(0)
    look(page, "viec-can-lam")
    groups = page.locator("main [id^=nhom-]").all_inner_texts()
    assert groups[0].startswith("Quá hạn")
    row = page.locator("main li", has_text="phát triển đảng viên ở thôn, khối phố").last
    row.get_by_text("Vì sao?").click()
    expect(row.get_by_text(MEETING).first).to_be_visible()
    expect(row.get_by_text(re.compile("TB/BTCHU")).first).to_be_visible()
    row.get_by_role("link", name=re.compile("Báo cáo")).click()
    page.wait_for_url(re.compile("/viec/"))
    look(page, "bao-cao")
    page.get_by_label("Đang thực hiện").check()
    page.locator("main textarea").fill("Đã giao 10 chi bộ khối phố, mỗi chi bộ một nguồn.")
    page.set_input_files(
        "input[type=file]", {"name": "anh.png", "mimeType": "image/png", "buffer": b"not one"}
    )
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.locator("main").get_by_text(re.compile("tệp|Tệp")).first).to_be_visible()
    assert page.input_value("main textarea") == "Đã giao 10 chi bộ khối phố, mỗi chi bộ một nguồn."
    paper = tmp_path / "Báo cáo tiến độ.docx"
    page.set_input_files("input[type=file]", word_file(paper, "Danh sách nguồn theo chi bộ."))
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(
        page.locator("main").get_by_text("Đã giao 10 chi bộ khối phố, mỗi chi bộ một nguồn.").first
    ).to_be_visible()
    look(page, "da-bao-cao")


def follow(page: Page, task: str) -> None:
    """The officer sees 14 communes at a glance and drills to the report and its file."""
    page.goto(task)
    look(page, "nhiem-vu")
    main = page.locator("main")
    assert main.get_by_text(re.compile("xã Duy |thị trấn Nam Phước")).count() >= 14
    main.get_by_role("link", name=re.compile("thị trấn Nam Phước")).first.click()
    page.wait_for_url(re.compile("/viec/"))
    expect(page.get_by_text("Đã giao 10 chi bộ khối phố").first).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile(r"Báo cáo tiến độ\.docx")).first.click()
    assert coming.value.suggested_filename == "Báo cáo tiến độ.docx"


def figures(page: Page, place: str) -> dict[str, int]:
    """The statement's totals of this year, by row."""
    page.goto(place + "bien-dong/")
    rows = {}
    for line in page.locator("main table").first.locator("tr").all():
        cells = [c.strip() for c in line.locator("th, td").all_inner_texts()]
        if len(cells) >= 2 and re.fullmatch(r"-?[\d.]+", cells[1]):
            rows[re.sub(r"[\s*]+$", "", cells[0])] = int(cells[1].replace(".", ""))
    return rows


def balance(rows: dict[str, int]) -> bool:
    return (
        rows["Đảng viên có đầu kỳ"] + rows["Tăng trong kỳ"] - rows["Giảm trong kỳ"]
        == rows["Đảng viên có cuối kỳ"]
    )


def keep_the_ledger(enter: Enter, viewport: dict[str, int], sympathiser: str, leaver: int) -> None:
    """An admission by the cell, a departure written down by the commune; every level's statement follows."""
    officer = enter("canbo", viewport)
    places = (CELL, COMMUNE, DISTRICT)
    before = {place: figures(officer, place) for place in places}
    cell = enter("chibo", viewport)
    look(cell, "viec-can-lam-chi-bo")
    admit(cell, sympathiser)
    gone = transfer_out(enter("namphuoc", viewport), leaver)
    after = {place: figures(officer, place) for place in places}
    for place in places:
        old, new = before[place], after[place]
        assert balance(old)
        assert balance(new)
        assert new["Kết nạp mới"] == old["Kết nạp mới"] + 1
        assert new["Chuyển đi"] == old["Chuyển đi"] + 1
        assert new["Đảng viên có cuối kỳ"] == old["Đảng viên có cuối kỳ"]
    look(officer, "bien-dong")
    officer.goto(CELL + "bien-dong/")
    row = officer.locator("main tr", has_text="Kết nạp mới").first
    row.get_by_role("link").first.click()
    officer.wait_for_url(re.compile("chi-tiet"))
    expect(officer.get_by_text(sympathiser).first).to_be_visible()
    look(officer, "bien-dong-chi-tiet")
    officer.goto(CELL + "bien-dong/")
    officer.locator("main tr", has_text="Chuyển đi").first.get_by_role("link").first.click()
    expect(officer.get_by_text(gone).first).to_be_visible()


def admit(page: Page, name: str) -> None:
    page.goto(CELL + "cam-tinh-dang/")
    look(page, "cam-tinh-dang")
    page.get_by_role("link", name=name).first.click()
    page.wait_for_url(re.compile("/dang-vien/"))
    page.get_by_role("link", name="Ghi biến động").click()
    look(page, "ghi-bien-dong")
    page.get_by_role("link", name=re.compile("Kết nạp đảng viên")).first.click()
    page.fill("[name=on]", "12/4/2023")
    page.fill("[name=decision_number]", "105-QĐ/HU")
    page.fill("[name=decision_on]", "15/4/2023")
    page.fill("[name=decision_by]", "Ban Thường vụ Huyện ủy Duy Xuyên")
    page.get_by_role("button", name="Xem trước khi ghi").click()
    expect(page.get_by_text("không thể trước ngày ký quyết định").first).to_be_visible()
    assert page.input_value("[name=decision_number]") == "105-QĐ/HU"
    look(page, "ket-nap-sai-ngay")
    page.fill("[name=on]", "18/4/2023")
    page.get_by_role("button", name="Xem trước khi ghi").click()
    look(page, "ket-nap")
    page.get_by_role("button", name="Ghi kết nạp").click()
    expect(page.get_by_text("Đảng viên dự bị").first).to_be_visible()
    look(page, "dang-vien-moi")


def transfer_out(page: Page, place: int) -> str:
    page.goto(CELL + "dang-vien/")
    look(page, "dang-vien-chi-bo")
    person = page.locator("main table a[href*='/dang-vien/']").nth(place)
    name = person.inner_text().strip()
    person.click()
    page.wait_for_url(re.compile("/dang-vien/"))
    look(page, "dang-vien")
    page.get_by_role("link", name="Ghi biến động").click()
    page.get_by_role("link", name=re.compile("Chuyển sinh hoạt đi nơi khác")).first.click()
    page.fill("[name=on]", "19/4/2023")
    page.fill("[name=destination]", "Đảng bộ phường Tân An, thành phố Hội An")
    for field, value in (("decision_number", "31-GGT/HU"), ("decision_on", "18/4/2023")):
        if page.locator(f"[name={field}]").count():
            page.fill(f"[name={field}]", value)
    page.get_by_role("button", name="Xem trước khi ghi").click()
    look(page, "chuyen-di")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/dang-vien/[^/]+/$"))
    return name


def see_oneself(page: Page) -> None:
    """A member sees their own record and nothing else."""
    look(page, "viec-can-lam-dang-vien")
    page.goto("/ho-so-cua-toi/")
    expect(page.get_by_role("heading", name=re.compile("Nguyễn Thị Thu Hường")).first).to_be_visible()
    look(page, "ho-so")
    for address in (
        CELL,
        COMMUNE,
        DISTRICT,
        "/hoi-nghi/nhap/",
        "/to-chuc/",
        "/dang-vien/p00001/",
        "/van-ban/",
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status in (403, 404), address
    assert page.goto("/dang-vien/p00001/").status == 404
    look(page, "khong-tim-thay")


def test_the_demonstration_lives_on_its_own_day(enter: Enter):
    page = enter("canbo", DESK)
    expect(page.get_by_text(f"Hôm nay {date(2023, 4, 20):%d/%m/%Y}").first).to_be_visible()
