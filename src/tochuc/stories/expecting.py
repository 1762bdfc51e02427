"""What a story expects after a move, held against what happened: one line for each difference."""

from __future__ import annotations

from collections.abc import Iterator

from tochuc.members.party_age import party_age
from tochuc.members.queries import membership_on, posts_of
from tochuc.stories.declare import DueExpected, Happens, Listed, Refusal, Stands
from tochuc.stories.played import Played
from tochuc.stories.stage import Stage


def compare(move: Happens, played: Played, stage: Stage) -> list[str]:
    """Everything that isn't as the move expects. A refusal nobody expected is a difference."""
    expected = move.expect
    return [
        *_refused(expected.refused, played),
        *_open(expected.open, played),
        *(line for step, due in expected.due.items() for line in _due(step, due, played)),
        *_doubts(expected.doubts, played),
        *_result(expected.result, played),
        *_forms(expected.forms, played),
        *(line for name, where in expected.standing.items() for line in _stands(name, where, move, stage)),
        *(line for name, kind in expected.recorded.items() for line in _recorded(name, kind, stage)),
        *(line for name, number in expected.card.items() for line in _card(name, number, stage)),
        *(line for name, posts in expected.holds.items() for line in _holds(name, posts, move, stage)),
        *(line for name, words in expected.age.items() for line in _age(name, words, move, stage)),
        *(line for row in expected.listed for line in _in_list(row, played, stage)),
    ]


def _says(text: str, words: str) -> bool:
    """Whether a text holds these words, whichever letters are capitals."""
    return words.casefold() in text.casefold()


def _refused(expected: Refusal | None, played: Played) -> Iterator[str]:
    said = "; ".join(f"{one['code']}: {one['message']}" for one in played.refusals)
    if expected is None:
        if played.refusals:
            yield f"bị từ chối ngoài dự kiến ({said})"
        return
    if not played.refusals:
        yield "lẽ ra bị từ chối mà lại được ghi"
    elif not any(_fits(expected, one) for one in played.refusals):
        yield f"bị từ chối vì lý do khác ({said})"


def _fits(expected: Refusal, refusal: dict[str, str | None]) -> bool:
    message = refusal["message"] or ""
    return (
        (not expected.code or refusal["code"] == expected.code)
        and _says(message, expected.article)
        and _says(message, expected.says)
    )


def _open(expected: list[str] | None, played: Played) -> Iterator[str]:
    if expected is None or played.stand is None:
        return
    found = sorted(one.step.code for one in played.stand.open if not one.step.optional)
    if found != sorted(expected):
        yield f"bước đang mở là {', '.join(found) or 'không có'}, dự kiến {', '.join(expected) or 'không có'}"


def _due(step: str, expected: DueExpected | None, played: Played) -> Iterator[str]:
    row = next((one for one in played.due if one["step"] == step), None)
    on = row["on"] if row else None
    if expected is None:
        if on is not None:
            yield f"{step} có hạn {on}, dự kiến không có hạn"
        return
    if row is None or on is None:
        yield f"{step} không có hạn, dự kiến {expected.on}"
    elif on != expected.on.isoformat():
        yield f"{step} có hạn {on}, dự kiến {expected.on}"
    elif not _says(row["cite"] or "", expected.article):
        yield f"hạn của {step} theo {row['cite']}, dự kiến {expected.article}"


def _doubts(expected: list[str] | None, played: Played) -> Iterator[str]:
    if expected is None:
        return
    for words in expected:
        if not any(_says(doubt, words) for doubt in played.doubts):
            yield f"không có lưu ý nào nói «{words}» (có: {'; '.join(played.doubts) or 'không'})"
    if not expected and played.doubts:
        yield f"có lưu ý ngoài dự kiến: {'; '.join(played.doubts)}"


def _result(expected: str | None, played: Played) -> Iterator[str]:
    found = played.stand.result if played.stand else ""
    if expected is not None and found != expected:
        yield f"hồ sơ kết thúc với «{found or 'chưa kết thúc'}», dự kiến «{expected}»"


def _forms(expected: dict[str, str], played: Played) -> Iterator[str]:
    for form, words in expected.items():
        found = played.forms.get(form, "")
        if not _says(found, words):
            yield f"mẫu {form} là «{found}», dự kiến «{words}»"


def _stands(name: str, expected: Stands | str, move: Happens, stage: Stage) -> Iterator[str]:
    wanted = Stands(standing=expected) if isinstance(expected, str) else expected
    stands = membership_on(stage.people[name], move.on)
    standing = stands.standing if stands else "outside"
    cell = stands.organisation.code if stands else "ngoài mọi chi bộ"
    since = stands.since if stands else None
    if wanted.standing and standing != wanted.standing:
        yield f"{name} là {standing}, dự kiến {wanted.standing}"
    elif wanted.cell and cell != wanted.cell:
        yield f"{name} ở {cell}, dự kiến {wanted.cell}"
    elif wanted.since and since != wanted.since:
        yield f"{name} từ {since or 'không ngày nào'}, dự kiến {wanted.since}"


def _recorded(name: str, kind: str, stage: Stage) -> Iterator[str]:
    last = stage.people[name].events.filter(corrected_by=None).order_by("-id").first()
    found = last.kind if last else "không có"
    if found != kind:
        yield f"mục ghi sau cùng của {name} là {found}, dự kiến {kind}"


def _card(name: str, number: str, stage: Stage) -> Iterator[str]:
    person = stage.people[name]
    person.refresh_from_db()
    if person.card_number != number:
        yield f"số thẻ của {name} là {person.card_number or 'không có'}, dự kiến {number or 'không có'}"


def _holds(name: str, posts: list[str], move: Happens, stage: Stage) -> Iterator[str]:
    held = posts_of(stage.people[name], move.on).order_by("post__code")
    found = [one.post.code for one in held]
    if found != sorted(posts):
        yield f"{name} giữ {', '.join(found) or 'không chức vụ nào'}, dự kiến {', '.join(posts) or 'không'}"


def _age(name: str, words: str, move: Happens, stage: Stage) -> Iterator[str]:
    rows = stage.people[name].events.in_force()
    found = party_age(rows.order_by("happened_on", "id"), move.on)
    said = found.words if found else ""
    if said != words:
        yield f"tuổi đảng của {name} là {said or 'chưa tính được'}, dự kiến {words or 'chưa tính được'}"


def _in_list(expected: Listed, played: Played, stage: Stage) -> Iterator[str]:
    whom = stage.people[expected.whom].full_name if expected.whom else ""
    rows = [
        row
        for row in played.listed
        if row.at == expected.at and _says(row.what, expected.what) and whom in f"{row.whom} {row.what}"
    ]
    named = f"«{' '.join(filter(None, [expected.what, whom]))}» trong việc cần làm của {expected.at}"
    if not expected.there:
        if rows:
            yield f"có {named}, dự kiến không có"
        return
    if not rows:
        seen = "; ".join(
            f"{row.what}, {row.whom}, {row.on}" for row in played.listed if row.at == expected.at
        )
        yield f"không có {named} (có: {seen or 'không việc gì'})"
    elif expected.on and all(row.on != expected.on for row in rows):
        yield f"{named} đến hạn {', '.join(str(row.on) for row in rows)}, dự kiến {expected.on}"
    elif not any(_says(row.source, expected.place) for row in rows):
        yield f"{named} theo {rows[0].source or 'không căn cứ nào'}, dự kiến {expected.place}"
