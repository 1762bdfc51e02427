"""The notice of a conference's conclusions (*thông báo kết luận*)."""

import re
from dataclasses import dataclass
from datetime import date

from tochuc.documents.drafting.document import (
    Block,
    Column,
    Heading,
    Letterhead,
    Paragraph,
    PartyDocument,
    Signature,
    Table,
    missing_parts,
)
from tochuc.documents.drafting.draft import draft
from tochuc.documents.drafting.layout import Layout
from tochuc.documents.drafting.wording import comrade, item, opened, printable, sentence
from tochuc.kernel.errors import BadInput
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.roman import to_roman

_BODIES_IN_A_SENTENCE = 3
_MEETING = re.compile(
    r"\b(?:hội nghị|cuộc họp|phiên họp|buổi làm việc|hội thảo|tọa đàm|đại hội)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class NoticeTask:
    """What a conference wants done: `bodies` carry it out, at the latest on `due`."""

    text: str
    bodies: tuple[str, ...]
    due: date | None


@dataclass(frozen=True, slots=True)
class ConclusionNotice:
    """The facts of a notice of conclusions.

    `meeting`: the name of the meeting or the headline that told of it (`Hội nghị triển khai …`); `held_on` its day, `part_of_day`
    (`Sáng`, `Chiều`) and `held_at` where known; `host`: who held it; `chair_post` and `chair_name`: who concludes;
    `attendance`: groups of participants. `results` and `limitations` make the assessment and may be left out, as
    may `attendance`. `carrying_out`: paragraphs of the last section; the usual ones when empty.
    """

    letterhead: Letterhead
    meeting: str
    held_on: date | None
    host: str
    chair_name: str
    chair_post: str
    tasks: tuple[NoticeTask, ...]
    recipients: tuple[str, ...]
    signature: Signature
    attendance: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    limitations: tuple[str, ...] = ()
    carrying_out: tuple[str, ...] = ()
    part_of_day: str = ""
    held_at: str = ""


def missing(notice: ConclusionNotice) -> list[str]:
    """What has to be filled in before the notice can be printed, in Vietnamese; empty when nothing is."""
    parts = (
        ("tên hội nghị", printable(notice.meeting)),
        ("ngày họp", notice.held_on),
        ("cơ quan tổ chức hội nghị", printable(notice.host)),
        ("họ tên người chủ trì", comrade(notice.chair_name)),
        ("chức vụ người chủ trì", printable(notice.chair_post)),
        ("nhiệm vụ", notice.tasks),
    )
    absent = [name for name, present in parts if not present]
    for position, task in enumerate(notice.tasks, 1):
        absent += [f"{name} của nhiệm vụ {position}" for name in _missing_of(task)]
    return missing_parts(as_document(notice)) + absent


def _missing_of(task: NoticeTask) -> list[str]:
    parts = (
        ("nội dung", printable(task.text)),
        ("đơn vị thực hiện", _filled(task.bodies)),
        ("thời hạn", task.due),
    )
    return [name for name, present in parts if not present]


def draft_conclusion_notice(notice: ConclusionNotice, layout: Layout) -> bytes:
    """The notice as the bytes of a .docx file. Raises BadInput naming all that `missing` finds."""
    absent = missing(notice)
    if absent:
        raise BadInput(
            "conclusion.incomplete", f"Chưa in được thông báo kết luận vì còn thiếu: {', '.join(absent)}."
        )
    return draft(as_document(notice), layout)


def as_document(notice: ConclusionNotice) -> PartyDocument:
    """The notice as a Party document of the type *thông báo*."""
    abstract = f"kết luận của đồng chí {_chair(notice)} tại {_meeting(notice)}"
    return PartyDocument(
        letterhead=notice.letterhead,
        type_name="Thông báo",
        abstract=abstract,
        body=(*_opening(notice), *_sections(notice)),
        signature=notice.signature,
        recipients=notice.recipients,
    )


def _chair(notice: ConclusionNotice) -> str:
    return f"{comrade(notice.chair_name)}, {printable(notice.chair_post)}"


def _meeting(notice: ConclusionNotice) -> str:
    return meeting_name(notice.meeting)


def meeting_name(title: str) -> str:
    """The meeting's name as a sentence can go on with it, from a title that may be a headline.

    >>> meeting_name("Ban Tổ chức Huyện ủy tổ chức hội nghị sơ kết quý I")
    'Hội nghị sơ kết quý I'
    >>> meeting_name("Triển khai nhiệm vụ năm 2023")
    'Hội nghị “Triển khai nhiệm vụ năm 2023”'
    """
    line = printable(title).rstrip(" .;,")
    found = _MEETING.search(line)
    return opened(line[found.start() :]) if found else f"Hội nghị “{line}”"


def _opening(notice: ConclusionNotice) -> list[Block]:
    day = f"ngày {day_vn(notice.held_on)}" if notice.held_on else ""
    part = printable(notice.part_of_day)
    when = f"{opened(part)} {day}" if part else opened(day)
    where = f" tại {printable(notice.held_at)}" if printable(notice.held_at) else ""
    told = [
        f"{when}, {printable(notice.host)} tổ chức {_meeting(notice)}{where}.",
        f"Đồng chí {_chair(notice)} chủ trì hội nghị.",
    ]
    groups = [group.rstrip(" .;,") for group in _filled(notice.attendance)]
    if groups:
        told.append(f"Dự hội nghị có {'; '.join(groups)}.")
    concluded = f"Tại hội nghị, đồng chí {comrade(notice.chair_name)} kết luận như sau:"
    return [Paragraph(" ".join(told)), Paragraph(concluded)]


def _sections(notice: ConclusionNotice) -> list[Block]:
    sections = [
        ("Đánh giá kết quả thực hiện", _assessment(notice)),
        ("Nhiệm vụ trong thời gian tới", _tasks(notice.tasks)),
        ("Tổ chức thực hiện", _carrying_out(notice)),
    ]
    body: list[Block] = []
    for position, (title, blocks) in enumerate(((t, b) for t, b in sections if b), 1):
        body += [Heading(f"{to_roman(position)}. {title}"), *blocks]
    return body


def _assessment(notice: ConclusionNotice) -> list[Block]:
    body: list[Block] = []
    parts = [
        ("Kết quả đạt được", _filled(notice.results)),
        ("Hạn chế, tồn tại", _filled(notice.limitations)),
    ]
    for position, (title, texts) in enumerate(((t, x) for t, x in parts if x), 1):
        body.append(Heading(f"{position}. {title}", level=2))
        body += [Paragraph(f"- {sentence(item(text))}") for text in texts]
    return body


def _tasks(tasks: tuple[NoticeTask, ...]) -> list[Block]:
    told = [Paragraph(_task_sentence(position, task)) for position, task in enumerate(tasks, 1)]
    rows = tuple(
        (f"{position}. {_unstopped(task.text)}", "; ".join(_filled(task.bodies)), _due(task))
        for position, task in enumerate(tasks, 1)
    )
    columns = (
        Column("Nhiệm vụ", 49),
        Column("Đơn vị thực hiện", 33),
        Column("Thời hạn", 18, centred=True),
    )
    return [*told, Paragraph("Phân công thực hiện các nhiệm vụ trên như sau:"), Table(columns, rows)]


def _task_sentence(position: int, task: NoticeTask) -> str:
    bodies = _filled(task.bodies)
    if len(bodies) <= _BODIES_IN_A_SENTENCE:
        who = ", ".join(bodies)
    else:
        who = f"{len(bodies)} đơn vị ghi tại bảng phân công"
    return f"{position}. {sentence(item(task.text))} Thực hiện: {who}; chậm nhất ngày {_due(task)}."


def _unstopped(text: str) -> str:
    return item(text).rstrip(" .;,")


def _due(task: NoticeTask) -> str:
    return day_vn(task.due) if task.due else ""


def _carrying_out(notice: ConclusionNotice) -> list[Block]:
    host = printable(notice.host)
    texts = _filled(notice.carrying_out) or (
        "Các đơn vị được giao nhiệm vụ tổ chức thực hiện Thông báo này đúng thời hạn "
        f"và báo cáo kết quả về {host}.",
        f"{host} theo dõi, đôn đốc việc thực hiện.",
    )
    if len(texts) == 1:
        return [Paragraph(sentence(item(texts[0])))]
    return [Paragraph(f"{n}. {sentence(item(text))}") for n, text in enumerate(texts, 1)]


def _filled(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in (printable(text) for text in texts) if line)
