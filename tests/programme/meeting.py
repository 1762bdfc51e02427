"""A conference of the cast's Organisation Board, from its text to its issued conclusions."""

from __future__ import annotations

from datetime import date

from cast import Cast
from tochuc.documents.extract.record import extract
from tochuc.org.models import Organisation
from tochuc.programme import actions, conclusions
from tochuc.programme.models import Conclusion, Conference, Task, TaskAssignment

TEXT = """Ban Tổ chức Huyện ủy Thu Giang sơ kết công tác tổ chức xây dựng Đảng quý I năm 2023

Sáng ngày 11/4/2023, Ban Tổ chức Huyện ủy tổ chức Hội nghị sơ kết công tác tổ chức xây dựng Đảng quý I năm 2023. Dự hội nghị có lãnh đạo Phòng Nội vụ; Bí thư, Phó Bí thư Thường trực các xã. Đồng chí Lê Thị Thu Hà, Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức Huyện ủy chủ trì hội nghị.

Trong quý I, Ban Tổ chức Huyện ủy đã tham mưu triển khai Nghị quyết số 21-NQ/TW của Ban Chấp hành Trung ương; củng cố cấp ủy ở các chi bộ.

Bên cạnh đó còn một số tồn tại, hạn chế: công tác tạo nguồn còn lúng túng; nhận xét đảng viên theo Quy định số 213-QĐ/TW chưa thống nhất về thời gian.

Kết luận hội nghị, đồng chí Lê Thị Thu Hà đề nghị tập trung một số nhiệm vụ: rà soát nguồn kết nạp ở các chi bộ; thực hiện nghiêm Quy định số 213-QĐ/TW ở nơi cư trú; chấm điểm chất lượng sinh hoạt chi bộ hằng tháng./.
"""
CANARY = "Chuyện Riêng Xã Bình Lâm"
"""Words that no page outside commune B and the officer's may show."""


def drafted(cast: Cast, text: str = TEXT, organisation: Organisation | None = None) -> Conference:
    """The record as the officer imports it."""
    board = organisation or cast.organisation_board
    return actions.draft_from_text(extract(text), text, name="", organisation=board, by=cast.actor())


def tasks_of(conference: Conference) -> list[Task]:
    return list(conference.tasks.order_by("item__order", "pk"))


def assigned(
    cast: Cast, conference: Conference, to: list[Organisation] | None = None, due: date = date(2023, 5, 20)
) -> None:
    """Every task given to both communes, or to those named."""
    for task in tasks_of(conference):
        actions.assign(
            task,
            version=task.version,
            text=task.text,
            due_on=due,
            to=to or [cast.commune_a, cast.commune_b],
            by=cast.actor(),
            today=cast.today,
        )


def issued(cast: Cast, conference: Conference) -> Conclusion:
    """The conclusions as they go out, signed by the head of the board."""
    cast.organisation_board.symbol = "BTCHU"
    cast.organisation_board.save(update_fields=["symbol"])
    conference.refresh_from_db()
    asked = conclusions.suggested(conference, cast.today)
    return conclusions.issue(conference, asked, by=cast.actor(), today=cast.today)


def at_work(cast: Cast, to: list[Organisation] | None = None) -> Conference:
    """A conference whose tasks bind."""
    conference = drafted(cast)
    assigned(cast, conference, to)
    issued(cast, conference)
    return conference


def assignment(conference: Conference, organisation: Organisation, place: int = 0) -> TaskAssignment:
    """What an organisation was given as the task at this place of the record."""
    return TaskAssignment.objects.get(task=tasks_of(conference)[place], organisation=organisation)
