"""What speaks against taking in a member from outside our records: who they are, their letter, its days, their dossier."""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.cases.declare import EXITS, Objection, Taken
from tochuc.cases.models import Case
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members.kinds import IN_PARTY, OFFICIAL, OUTSIDE
from tochuc.members.queries import events_in_force
from tochuc.rules.limits import due_after
from tochuc.rules.ruled import Ruled

BASES = frozenset({"cell", "grassroots_cell", "grassroots_committee"})
_OUT_FOR_GOOD = frozenset({"expelled", "removed", "departed", "admission_annulled"})
_DOSSIER = ("arrival.member_file", "transfer.self_review", "transfer.decision")


def facts_of_the_record(case: Case) -> dict[str, Any]:
    """How the person left before, where our record knows them; their card; the cell they stand in."""
    person = case.person
    if person is None:
        return {}
    last = next((one for one in reversed(events_in_force(person)) if one.kind in EXITS), None)
    return {
        "ended_by": last.kind if last else "",
        "ended_on": last.happened_on if last else None,
        "card_number": person.card_number,
        "home_name": person.home.name if person.home else "",
    }


def not_here_already(taken: Taken) -> list[Objection]:
    """Who stands in our record goes from there by the transfer of that cell."""
    standing = taken.facts.get("standing")
    if standing == OUTSIDE:
        return []
    where, name = taken.facts.get("home_name"), taken.facts.get("full_name")
    if standing in IN_PARTY:
        message = (
            f"{name} đã có trong sổ, đang sinh hoạt tại {where}; "
            "hãy mở «Chuyển sinh hoạt đảng chính thức» ở nơi đó."
        )
        return [Objection("already_here", message)]
    message = f"{name} đang trong danh sách cảm tình đảng của {where}, chưa phải đảng viên; hãy kiểm tra lại người trên giấy."
    return [Objection("sympathiser", message)]


def never_left_the_party(taken: Taken) -> list[Objection]:
    """One whom our record knows as expelled, removed, departed or dead doesn't arrive with a letter."""
    ended, on = taken.facts.get("ended_by"), taken.facts.get("ended_on")
    if taken.facts.get("standing") != OUTSIDE or on is None:
        return []
    if ended == "died":
        return [Objection("died", f"Sổ ghi người này từ trần ngày {day_vn(on)}; hãy chọn đúng hồ sơ.")]
    if ended in _OUT_FOR_GOOD:
        message = (
            f"Sổ ghi người này ra khỏi Đảng ngày {day_vn(on)}. Nếu được kết nạp lại hoặc khôi phục ở nơi khác, "
            "hãy ghi việc đó vào sổ trước, theo quyết định kèm hồ sơ."
        )
        return [Objection("left_the_party", message)]
    return []


def to_a_base(taken: Taken) -> list[Objection]:
    """A letter is received by a base committee or a cell; higher committees only pass it on."""
    if taken.facts.get("to_kind") in BASES:
        return []
    message = f"{taken.facts.get('to_name')} chỉ giới thiệu tiếp; hãy nhận giấy ở đảng bộ cơ sở hoặc chi bộ mà đảng viên về."
    return [Objection("not_a_base", message, field="organisation")]


def days_in_order(taken: Taken) -> list[Objection]:
    """The days of the letter follow one another: joined, made official, letter written, letter shown."""
    days = {name: _day(taken.facts.get(name)) for name in _WORDS}
    birth = taken.facts.get("birth")
    found = []
    if birth is not None and (joined := days["said_admitted_on"]) and birth.first >= joined:
        message = f"Ngày kết nạp {day_vn(joined)} không thể trước ngày sinh {birth.vn}."
        found.append(Objection("dates_out_of_order", message, field="said_admitted_on"))
    for earlier, later in _ORDER:
        first = days[earlier]
        second = taken.move.on if later == "shown" else days[later]
        if first is not None and second is not None and first > second:
            message = f"{_WORDS[earlier]} {day_vn(first)} không thể sau {_WORDS_LATER[later]} {day_vn(second)}; xem lại giấy."
            found.append(Objection("dates_out_of_order", message, field=earlier))
    official = taken.facts.get("said_standing") == OFFICIAL
    if official and days["said_official_on"] is None:
        message = "Đảng viên chính thức thì cần ghi ngày công nhận chính thức."
        found.append(Objection("official_day_missing", message, field="said_official_on"))
    if not official and days["said_official_on"] is not None:
        message = "Giấy ghi là đảng viên dự bị mà lại có ngày công nhận chính thức; xem lại giấy."
        found.append(Objection("official_day_of_probationary", message, field="said_official_on"))
    return found


_WORDS = {
    "said_admitted_on": "Ngày kết nạp",
    "said_official_on": "Ngày công nhận chính thức",
    "letter_on": "Ngày cấp giấy giới thiệu",
    "valid_until": "Ngày hết giá trị của giấy",
}
_WORDS_LATER = {
    "said_official_on": "ngày công nhận chính thức",
    "letter_on": "ngày cấp giấy giới thiệu",
    "valid_until": "ngày hết giá trị của giấy",
    "shown": "ngày nhận giấy",
}
_ORDER = (
    ("said_admitted_on", "said_official_on"),
    ("said_admitted_on", "letter_on"),
    ("said_official_on", "letter_on"),
    ("letter_on", "valid_until"),
    ("letter_on", "shown"),
)


def letter_still_valid(taken: Taken) -> list[Objection]:
    """A letter that says itself until when it holds isn't received after that day."""
    until = _day(taken.facts.get("valid_until"))
    if until is None or taken.move.on <= until:
        return []
    message = (
        f"Giấy giới thiệu chỉ có giá trị đến ngày {day_vn(until)}, nhận ngày {day_vn(taken.move.on)}; "
        "hãy đề nghị nơi đi cấp giấy mới."
    )
    return [Objection("letter_expired", message, field="valid_until")]


def shown_in_time(taken: Taken) -> list[Objection]:
    """A letter shown after the rule's time needs the reason of the delay."""
    if taken.facts.get("late_reason"):
        return []
    late = _late(taken, taken.move.on)
    if late is None:
        return []
    rule, until = late
    message = (
        f"Giấy cấp ngày {day_vn(_letter_on(taken))} phải xuất trình trong {rule.words}, chậm nhất ngày "
        f"{day_vn(until)} ({rule.cite.vn}); cần ghi lý do chậm."
    )
    return [Objection("shown_late", message, rule, "late_reason")]


def lateness_considered(taken: Taken) -> list[Objection]:
    """What came late is considered by the competent committee before it is accepted."""
    if taken.move.outcome != "accepted" or taken.move.answers.get("late_opinion"):
        return []
    if _late(taken, taken.case.opened_on) is None:
        return []
    try:
        rule = taken.rule("transfer.late_rule")
    except NotInForce:
        return []
    message = f"Giấy xuất trình quá hạn: {rule.words} ({rule.cite.vn}). Cần ghi ý kiến của cấp ủy."
    return [Objection("lateness_not_considered", message, rule, "late_opinion")]


def as_the_record_says(taken: Taken) -> list[Objection]:
    """What our record already knows of them is held against the letter; a difference is a doubt to clear."""
    found = []
    for known, said, words in (
        ("admitted_on", "said_admitted_on", "ngày kết nạp"),
        ("official_on", "said_official_on", "ngày công nhận chính thức"),
    ):
        ours, theirs = taken.facts.get(known), _day(taken.facts.get(said))
        if isinstance(ours, date) and theirs is not None and ours != theirs:
            message = f"Sổ ghi {words} {day_vn(ours)}, giấy ghi {day_vn(theirs)}; hãy đối chiếu với hồ sơ."
            found.append(Objection("differs", message, field=said, warns=True))
    ours, theirs = taken.facts.get("card_number"), taken.facts.get("said_card")
    if ours and theirs and ours != theirs:
        message = f"Sổ ghi số thẻ {ours}, giấy ghi {theirs}; hãy đối chiếu với thẻ."
        found.append(Objection("differs", message, field="said_card", warns=True))
    return found


def dossier_whole(taken: Taken) -> list[Objection]:
    """Called whole, the dossier has each paper that the guidance lists."""
    if taken.move.outcome != "complete":
        return []
    titles = taken.facts.get("forms", {})
    missing = [titles.get(form, form) for form in _DOSSIER if form not in taken.move.papers]
    if not missing:
        return []
    try:
        rule = taken.rule("transfer.dossier")
    except NotInForce:
        return []
    message = f"Hồ sơ còn thiếu: {'; '.join(missing)}. Theo {rule.cite.vn}, hồ sơ gồm {rule.words}."
    return [Objection("dossier_incomplete", message, rule, "papers")]


def doubt_in_words(taken: Taken) -> list[Objection]:
    """What is asked of the sending side is said, so that it can be answered."""
    if taken.move.outcome != "doubt" or str(taken.move.answers.get("missing") or "").strip():
        return []
    return [Objection("doubt_unsaid", "Cần ghi giấy tờ còn thiếu hoặc điều chưa rõ để hỏi.", field="missing")]


def answer_in_words(taken: Taken) -> list[Objection]:
    """What was answered is kept with the case."""
    if taken.move.outcome != "cleared" or str(taken.move.answers.get("said") or "").strip():
        return []
    return [Objection("answer_unsaid", "Cần ghi nội dung nơi giới thiệu trả lời.", field="said")]


def sent_back_with_a_reason(taken: Taken) -> list[Objection]:
    """Papers sent back say why, so that the place they came from can mend it."""
    if taken.move.outcome != "sent_back" or str(taken.move.answers.get("why") or "").strip():
        return []
    return [Objection("no_reason", "Cần ghi lý do trả giấy, để nơi đi khắc phục.", field="why")]


def into_a_cell(taken: Taken) -> list[Objection]:
    """A letter that names a committee leads into one of its cells."""
    if taken.move.outcome != "accepted":
        return []
    chosen = taken.move.answers.get("cell")
    if chosen and chosen not in taken.facts["cells"]:
        message = f"Chi bộ đã chọn không thuộc {taken.facts['to_name']}; hãy chọn trong danh sách."
        return [Objection("not_theirs", message, field="cell")]
    if chosen or taken.facts["to_is_cell"]:
        return []
    return [Objection("no_cell", f"Giấy ghi {taken.facts['to_name']}; cần chọn chi bộ.", field="cell")]


def _late(taken: Taken, shown_on: date) -> tuple[Ruled, date] | None:
    """The rule of presenting and its last day, where the letter was shown after it."""
    letter_on = _day(taken.facts.get("letter_on"))
    if letter_on is None:
        return None
    try:
        rule = taken.ask("transfer.present_deadline", on=letter_on)
    except NotInForce:
        return None
    until = due_after(rule, letter_on)
    return (rule, until) if shown_on > until else None


def _letter_on(taken: Taken) -> date:
    return date.fromisoformat(str(taken.facts["letter_on"]))


def _day(raw: object) -> date | None:
    return date.fromisoformat(str(raw)) if raw else None
