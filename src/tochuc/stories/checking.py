"""What must hold of a story before it is played: every name in it stands for something, every move says one thing.

Each finding is a place in the file and words that say what may stand there instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from tochuc.kernel.errors import DomainError
from tochuc.kernel.known_dates import BIRTH_PIVOT, parse_known_date
from tochuc.members.kinds import DISCIPLINES, OUTSIDE
from tochuc.org.kinds import CELL_KINDS, KINDS, MEMBER_KINDS, POST_KINDS, why_not_cell_kind, why_not_under
from tochuc.rules.ask import all_params
from tochuc.rules.strict_yaml import Place
from tochuc.stories.checking_moves import move_mistakes
from tochuc.stories.declare import KINDS_OF_MOVE, Happens, Someone, Story
from tochuc.stories.declare import Place as Organisation
from tochuc.stories.stage import DEFAULT_PLACES
from tochuc.stories.vocabulary import Known, procedure_codes, unknown

Found = Iterator[tuple[Place, str]]


def loose_ends(story: Story) -> Found:
    """Everything in a story that stands for nothing, or can't be played."""
    known = Known.of(story, DEFAULT_PLACES)
    yield from _head(story)
    yield from _places(story, known)
    kinds = {place.code: place.kind for place in story.organisations or DEFAULT_PLACES}
    for name, someone in story.people.items():
        yield from _person(name, someone, known, kinds)
    before = date.min
    for at, move in enumerate(story.moves):
        place: Place = ("moves", at)
        yield from _one_thing(place, move)
        if move.on < before:
            yield (*place, "on"), f"{move.on} trước bước liền trên; kể theo thứ tự ngày"
        before = move.on
    yield from move_mistakes(story, known)


def _head(story: Story) -> Found:
    codes = procedure_codes()
    for at, code in enumerate(story.tells):
        if code not in codes:
            yield ("tells", at), unknown("quy trình", code, codes)
    for at, rule in enumerate(story.rules):
        if rule not in all_params():
            yield ("rules", at), unknown("tham số quy định", rule, all_params(), few=True)


def _places(story: Story, known: Known) -> Found:
    seen: dict[str, str] = {}
    for at, place in enumerate(story.organisations):
        here: Place = ("organisations", at)
        if place.kind not in KINDS:
            yield (*here, "kind"), unknown("loại tổ chức", place.kind, KINDS)
        if place.cell_kind and place.cell_kind not in CELL_KINDS:
            yield (*here, "cell_kind"), unknown("loại hình chi bộ", place.cell_kind, CELL_KINDS)
        if place.under and place.under not in seen:
            yield (*here, "under"), unknown("tổ chức kể trước", place.under, seen)
        if place.code in seen:
            yield (*here, "code"), f"mã {place.code} đã dùng ở trên"
        yield from _kind_of_place(here, place, seen)
        seen[place.code] = place.kind
    codes = [seat.code for seat in story.posts]
    for at, seat in enumerate(story.posts):
        if seat.code in codes[:at]:
            yield ("posts", at, "code"), f"mã {seat.code} đã dùng ở trên"
        if seat.kind not in POST_KINDS:
            yield ("posts", at, "kind"), unknown("loại chức vụ", seat.kind, POST_KINDS)
        if seat.at not in known.places:
            yield ("posts", at, "at"), unknown("tổ chức", seat.at, known.places)


def _kind_of_place(here: Place, place: Organisation, seen: Mapping[str, str]) -> Found:
    """Whether it may stand under what it is said to, and be a cell of that kind."""
    above = seen.get(place.under or "")
    if place.kind not in KINDS or above not in {None, *KINDS}:
        return
    if why := why_not_under(place.kind, above):
        may = [kind.code for kind in KINDS.values() if above in kind.under]
        yield (*here, "kind"), f"{why} Đặt được ở đó: {', '.join(may) or 'không loại nào'}"
    if place.cell_kind in CELL_KINDS and (why := why_not_cell_kind(place.kind, place.cell_kind)):
        yield (*here, "cell_kind"), why


def _person(name: str, someone: Someone, known: Known, kinds: Mapping[str, str]) -> Found:
    here: Place = ("people", name)
    if someone.cell and someone.cell not in known.places:
        yield (*here, "cell"), unknown("tổ chức", someone.cell, known.places)
    elif someone.cell and not _holds_members(someone.cell, kinds):
        cells = [code for code, kind in kinds.items() if kind in MEMBER_KINDS]
        yield (*here, "cell"), f"{someone.cell} không phải chi bộ; dùng được: {', '.join(cells) or 'chưa có'}"
    if someone.cell is None and someone.standing != OUTSIDE:
        yield here, "cần cell: chi bộ của người này (chỉ người ngoài Đảng, standing: outside, mới để trống)"
    if someone.count < 1:
        yield (*here, "count"), "phải từ 1"
    try:
        parse_known_date(someone.birth, pivot=BIRTH_PIVOT)
    except DomainError as error:
        yield (*here, "birth"), f"{error.message} Viết 1988, 4/1988 hoặc 1988-04-15"
    for what in someone.discipline:
        if what.lower() not in {one.lower() for one in DISCIPLINES.values()}:
            yield (*here, "discipline", what), unknown("hình thức kỷ luật", what, DISCIPLINES.values())
    yield from _post(here, someone, known)


def _holds_members(code: str, kinds: Mapping[str, str]) -> bool:
    """Whether it is a cell; what a reorganisation founds later may be one."""
    kind = kinds.get(code)
    return kind is None or kind not in KINDS or kind in MEMBER_KINDS


def _post(here: Place, someone: Someone, known: Known) -> Found:
    if not someone.post or someone.post in known.posts:
        return
    kind, _, where = someone.post.partition("@")
    if kind not in POST_KINDS:
        yield (*here, "post"), unknown("chức vụ", kind, [*known.posts, *POST_KINDS])
    elif where and where not in known.places:
        yield (*here, "post"), unknown("tổ chức", where, known.places)


def _one_thing(place: Place, move: Happens) -> Found:
    said = [kind for kind in KINDS_OF_MOVE if getattr(move, kind)]
    if len(said) != 1:
        now = f"; đang có {', '.join(said)}" if said else ""
        yield place, f"cần đúng một trong {', '.join(KINDS_OF_MOVE)}{now}"
