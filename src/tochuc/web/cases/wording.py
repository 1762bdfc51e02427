"""How a case reads: its steps as a task list, its trail, and what a rule asks, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tochuc.access.viewer import Viewer
from tochuc.cases.declare import DONE as FINISHED
from tochuc.cases.declare import Step
from tochuc.cases.engine import DONE, LEFT_OUT, OPEN, Due, StepStand, papers_of
from tochuc.cases.named import Names
from tochuc.cases.queries import CaseMove, View, forms_at, rules_at
from tochuc.cases.rights import actor_words, may_take
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.words import due_words
from tochuc.rules.ruled import Ruled
from tochuc.web.cases.saying import said

Address = Callable[..., str]

RESULT_WORDS = {
    "admitted": "đã kết nạp",
    "not_admitted": "không kết nạp",
    "recognised": "đã công nhận chính thức",
    "not_recognised": "không công nhận chính thức",
    "to_removal": "chuyển sang xét xóa tên",
    "moved": "đã chuyển đến nơi mới",
    "arrived": "đã tiếp nhận sinh hoạt đảng",
    "sent_back": "không chuyển, giấy đã trả lại",
    "to_official": "ở lại, chuyển sinh hoạt chính thức",
    "returned": "đã trở lại sinh hoạt",
    "refused": "không đồng ý",
    "removed": "đã xóa tên",
    "kept": "không xóa tên",
    "appealed": "chuyển sang giải quyết khiếu nại",
    "departed": "đã cho ra khỏi Đảng",
    "withdrawn": "đã rút đơn",
    "awarded": "đã trao Huy hiệu Đảng",
    "postponed": "chưa đề nghị đợt này",
    "reissued": "đã cấp lại",
    "not_disciplined": "không thi hành kỷ luật",
    "annulled": "quyết định kỷ luật bị hủy",
    "discipline_ended": "kỷ luật đã hết hiệu lực",
    "not_accepted": "không giải quyết khiếu nại, đã báo lý do",
    "settled": "đã giải quyết",
    "went_up": "đã khiếu nại tiếp lên cấp trên",
    "answered": "đã trả lời",
    "dissolved": "tổ chức đã giải tán",
    "not_ours": "không thuộc thẩm quyền, đã báo nơi cần gửi",
    "relapsed": "có vi phạm mới, xem xét ở hồ sơ khác",
    "expelled": "đã khai trừ",
    "stopped": "dừng vì sổ đảng viên đã thay đổi",
    "post_filled": "đã có người giữ chức danh",
    "post_left": "đã thôi giữ chức danh",
    "another_candidate": "đề nghị nhân sự khác",
    "another_plan": "chuẩn bị lại",
    "confirmed": "đã chuẩn y",
    "not_confirmed": "không chuẩn y",
    "card_given": "đã trao thẻ",
    "card_not_given": "không thu được thẻ, đã lập biên bản",
    "card_taken_in": "đã thu và nộp thẻ",
}


def step_rows(view: View, viewer: Viewer, address: Address) -> list[dict[str, Any]]:
    """The steps of the case in order, for the steps part; those that don't concern it are left out."""
    return [_row(view, one, viewer, address) for one in view.stand.steps if one.state != LEFT_OUT]


def _row(view: View, one: StepStand, viewer: Viewer, address: Address) -> dict[str, Any]:
    if one.state == DONE and one.move is not None:
        outcome = one.step.outcome(one.move.outcome)
        words = f"Đã xong {day_vn(one.move.on)}"
        return {
            "label": one.step.title,
            "state": "done",
            "words": words,
            "note": outcome.title if outcome and outcome != FINISHED else "",
        }
    if one.state == OPEN:
        mine = may_take(viewer, view.case, one.step)
        who = actor_words(view.case, one.step, viewer)
        until = f", đến {day_vn(one.due.on)}" if one.due else _since_when(one)
        note = f"{due_words(one.due.on, viewer.today).capitalize()}." if one.due else ""
        if one.tries:
            note = f"Đã làm {one.tries} lần. {note}".strip()
        # Nobody waits for what may be left out.
        waits = not one.step.optional or one.due is not None
        return {
            "label": one.step.title,
            "state": "now" if waits else "later",
            "words": f"Đang chờ {who}{until}" if waits else f"Chỉ khi cần: {who}",
            "note": note,
            "url": address(view.case, "step", one.step.code) if mine else "",
            "links": _papers_link(view, one, address) if mine else [],
        }
    return {
        "label": one.step.title,
        "state": "later",
        "words": "Chưa tới" if not view.stand.result else "Không làm",
    }


def _since_when(one: StepStand) -> str:
    """What is said instead of a limit where the rules set none."""
    return f" từ {day_vn(one.open_since)}; không có thời hạn quy định" if one.open_since else ""


def _papers_link(view: View, one: StepStand, address: Address) -> list[dict[str, str]]:
    """The way to the papers of a step that has any."""
    if not papers_of(one.step, view.told):
        return []
    url = address(view.case, "papers", one.step.code)
    return [{"label": "Soạn giấy tờ, bản quét", "url": url, "of": one.step.title}]


def limits(view: View, today: date) -> list[dict[str, str]]:
    """Why each open step is due when it is: the rule, its place, the day its clock started."""
    return [
        {
            "title": one.step.title,
            "why": one.due.rule.why if one.due.rule else "Hạn là ngày đã ghi trong hồ sơ",
            "since": _counted(one.due),
            "confirmed": "" if one.due.rule and not one.due.rule.may_refuse else "yes",
        }
        for one in view.stand.open
        if one.due is not None
    ]


def _counted(due: Due) -> str:
    """From which day until which; a day that the case itself names isn't counted from anything."""
    since = f"Tính từ ngày {day_vn(due.since)}; hạn" if due.since != due.on else "Hạn"
    return f"{since} cuối {day_vn(due.on)}."


def asked_here(view: View, step: Step, today: date) -> list[str]:
    """What the rules ask at a step, one sentence each with its article; where none is named, the papers it takes."""
    rules = [
        f"{one.title}: {one.words} ({one.cite.vn}){_unsure(one)}." for one in rules_at(view, step, today)
    ]
    return rules or [f"Cần có {one.words}, theo {one.cite.vn}." for one in forms_at(view, step, today)]


def _unsure(one: Ruled) -> str:
    return "" if one.may_refuse else "; chưa đối chiếu văn bản gốc, chỉ để nhắc"


def trail_rows(view: View, moves: list[CaseMove], address: Address, names: Names) -> list[dict[str, Any]]:
    """What was recorded, newest first, for the timeline part."""
    rows = []
    for move in moves:
        step = view.procedure.step(move.step)
        outcome = step.outcome(move.outcome)
        title = step.title if outcome is None or outcome.code == "done" else f"{step.title}: {outcome.title}"
        undone = _undone(move, view)
        if move.takes_back_id is not None:
            continue
        rows.append(
            {
                "day": move.happened_on,
                "title": title,
                "detail": _detail(move, step, names),
                "files": _scans(view, move, address),
                "by": _by(move),
                "corrected": bool(undone),
                "explanation": undone,
            }
        )
    return rows


def _scans(view: View, move: CaseMove, address: Address) -> list[dict[str, str]]:
    """The scans of a step, each by what its form is called."""
    titles = view.told.facts["forms"]
    return [
        {
            "label": titles.get(paper.form, paper.file.name),
            "url": address(view.case, "paper", str(paper.file_id)),
        }
        for paper in move.papers.all()
        if paper.file is not None
    ]


def _undone(move: CaseMove, view: View) -> str:
    """Why a step no longer counts: taken back here, or its entry voided in the ledger."""
    back = getattr(move, "taken_back_by", None)
    if back is not None:
        return f"Đã rút lại: {back.reason}"
    if move.pk in view.voided:
        return "Mục này đã hủy trong sổ đảng viên; bước được làm lại."
    return ""


def _detail(move: CaseMove, step: Step, names: Names) -> str:
    told = []
    if move.agree is not None:
        told.append(
            f"Biểu quyết: {move.present}/{move.entitled} có mặt, {move.agree} tán thành, "
            f"{move.against} không tán thành, {move.abstain} ý kiến khác."
        )
    told += [
        f"{one['label']}: {one['value']}.".replace("..", ".")
        for one in said(step.questions, move.answers, names)
    ]
    told += [f"Lưu ý: {doubt}" for doubt in move.doubts]
    return " ".join(told)


def _by(move: CaseMove) -> str:
    recorded = move.recorded_by.full_name if move.recorded_by else ""
    return f"{move.acted_by} (do {recorded} ghi)" if move.acted_by and recorded else recorded
