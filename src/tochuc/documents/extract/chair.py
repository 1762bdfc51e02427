"""Who chaired: the people said to *chủ trì* or *đồng chủ trì*; a speech or instruction is not chairing."""

import re
from dataclasses import dataclass
from itertools import pairwise

from tochuc.documents.extract.names import Person, find_people
from tochuc.documents.extract.normal import Source

_CHAIRS = re.compile(
    r"(?<!\w)(?P<both>đồng |cùng )?chủ (?:trì|tọa)(?!\w)(?! (?:tham mưu|phối hợp|soạn|xây dựng|thực hiện|biên))"
)
_NAMED_AFTER = re.compile(
    r"[^.;:]{0,150}? là\s(?:các\s)?(?=(?:đồng chí|ông|bà)\s)|\s-\s(?=(?:bí thư|phó|chủ tịch|trưởng|đồng chí|ông|bà)\s)|(?: \w+){0,12}?(?:,[^.;]{0,80}?)?\s?(?:là|gồm|có|của|thuộc về|:)\s?(?:các\s)?(?:đồng chí|đ/c|ông|bà|anh|chị)?"
    r"|[^.;:]{0,110}?,\s(?:các\s)?(?=(?:đồng chí|đ/c|ông|bà)\s)"
)
_OPENS = re.compile(r"[\s+-]*(?:(?:đến |về |tham )?dự(?: và|,)\s)?")
_IS = re.compile(
    r"\s-\s(?:bí thư|phó|chủ tịch|trưởng|đồng chí|ông|bà)(?!\w)|(?: \w+){0,3}\s?:\s(?:các )?(?:đồng chí|ông|bà)(?!\w)|(?: (?!là )\w+){0,8},? (?:là|thuộc về)\s{1,2}(?:(?:các|hai|ba)\s)?(?:đồng chí|đ/c|ông|bà|[a-zà-ỹđ]+ tướng|đại tá|thượng tá)(?!\w)"
)
_NOUN = re.compile(r"(?<!\w)(?:sự|người)\s$")
_NOT_OF_MEETING = re.compile(
    r"(?<!\w)(?:khâu|việc|vai trò|cách|kỹ năng|kỹ năng điều hành,|trách nhiệm|được giao|giao|phân công|luân phiên|từng|thường|hay|năng lực|thay nhau)\s$"
)
_OTHERS_NAMED = re.compile(r"(?<!\w)(?:thành phần|tham dự|dự có|cùng dự|đã|phát biểu)(?!\w)")
_OTHERS_BEGIN = re.compile(r";|(?<!\w)(?:thành phần|tham dự|dự có|cùng dự)(?!\w)")
_SEVERAL = re.compile(r"(?<!\w)các (?:đồng chí|ông|bà|đ/c)")
_AND = re.compile(r"(?<!\w)(?:và|cùng|cùng với)(?!\w)")
_OTHER_ACT = re.compile(
    r"(?<!\w)(?:phát biểu|kết luận|nhấn mạnh|báo cáo|trình bày|truyền đạt|giới thiệu|thông tin|yêu cầu|đề nghị|tham dự|dự có|về dự|đến dự|cho biết)(?!\w)"
)
_REACH = 420  # characters back from the verb
_NEXT_TITLE = re.compile(r",\s(?:đồng chí|đ/c|ông|bà)\s$")
_NOT_IN_CHAIR = re.compile(r"(?<!\w)(?:dự|có|gồm|nghe|theo|của|cho|với)(?!\w)")
_POST_FIRST = re.compile(
    r"\s?(?:phó |thượng tá |đại tá )?(?:bí thư|chủ tịch|trưởng|chánh|giám đốc|chủ nhiệm|ủy viên|chính ủy|chỉ huy)(?!\w)"
)
_POST = re.compile(r"\s?[-,(]\s?")
_POST_END = re.compile(
    r"[;.]|,?\s(?:và|đã|vừa|cùng|đến|dự|là người|làm)\s|,?\s(?:đồng )?chủ (?:trì|tọa)|\s(?:các )?đồng chí\s"
)


@dataclass(frozen=True, slots=True)
class Chair:
    """The people in the chair, joined with ``"; "``, and the post of the first as written."""

    names: str
    post: str | None


def find_chair(source: Source) -> Chair | None:
    """The chair of the meeting the text reports, or None; a later sentence may add who chaired with them."""
    chairs: list[Person] = []
    for match in _CHAIRS.finditer(source.low):
        if chairs and not match["both"]:
            continue
        named = _IS.match(source.low, match.end()) is not None
        if not named and _NOT_OF_MEETING.search(source.low, max(match.start() - 24, 0), match.start()):
            continue
        start, end = source.sentence_at(match.start())
        chairs += _after(source, match, start, end, named) or _before(source, match, start)
    if not chairs:
        return None
    names = dict.fromkeys(" ".join(person.name.split()) for person in chairs)
    return Chair("; ".join(names), _post(source, chairs[0]))


def _after(source: Source, match: re.Match[str], start: int, end: int, named: bool) -> list[Person]:
    """People named after the verb: *chủ trì hội nghị là đồng chí …*, *sự chủ trì của …*."""
    clause = source.low.rfind(";", start, match.start()) + 1
    opens = _OPENS.fullmatch(source.low, max(start, clause), match.start()) is not None
    noun = _NOUN.search(source.low, start, match.start()) is not None
    lead = _NAMED_AFTER.match(source.low, match.end(), min(end, match.end() + 180))
    if not lead or not (opens or noun or named):
        return []
    several = _SEVERAL.search(source.low, match.end(), min(lead.end() + 12, end)) is not None
    stop = (_OTHERS_NAMED if several else _OTHERS_BEGIN).search(source.low, lead.end(), end)
    limit = min(stop.start() if stop else end, lead.end() + _REACH)
    people = list(find_people(source, lead.end(), limit))
    return people if several else _together(source, people)


def _together(source: Source, people: list[Person]) -> list[Person]:
    """The first person, and those joined to them before any other act is told."""
    kept = people[:1]
    for person in people[1:]:
        between = source.low[kept[-1].end : person.start]
        post = between.startswith(",") and _POST_FIRST.match(between[1:]) is not None
        if not post and not _AND.search(between) and "đồng chí" not in between:
            break
        if _OTHER_ACT.search(between) or between.count(",") > 3:
            break
        kept.append(person)
    return kept


def _before(source: Source, match: re.Match[str], start: int) -> list[Person]:
    """People named before the verb, in the part of the sentence that belongs to it."""
    start = max(start, match.start() - _REACH)
    several = match["both"] or _SEVERAL.search(source.low, start, match.start())
    if not several:
        start = max(start, source.low.rfind(";", start, match.start()) + 1)
    for act in _OTHER_ACT.finditer(source.low, start, match.start()):
        if (
            not source.low.startswith(("dự", "về dự", "đến dự", "tham dự"), act.start())
            or match.start() - act.end() > 12
        ):
            start = act.end()
    people = list(find_people(source, start, match.start()))
    if people and ":" in source.low[people[-1].end : match.start()]:
        return []  # somebody speaks of chairing
    if several or len(people) < 2:
        return people
    if len(people) == 2 and _is_list_of_posts(source, start, people):
        return people
    if _is_list_of_titles(source, start, people):
        return people
    return [person for index, person in enumerate(people) if _joined_to_last(source, people, index)]


def _is_list_of_posts(source: Source, start: int, people: list[Person]) -> bool:
    """Whether two people are each named behind their post, with a comma between (*Bí thư A, Trưởng ban B chủ trì*)."""
    first, last = people
    begin = max(start, source.low.rfind(",", start, first.start) + 1)
    posts = source.low[begin : first.start], source.low[first.end : last.start].removeprefix(",")
    return all(_POST_FIRST.match(post) and "," not in post for post in posts)


def _joined_to_last(source: Source, people: list[Person], index: int) -> bool:
    """Whether everyone from this person on is joined by *và* or *cùng* to the last one before the verb."""
    pairs = pairwise(people[index:])
    return all(_AND.search(source.low, one.end, other.start) for one, other in pairs)


def _is_list_of_titles(source: Source, start: int, people: list[Person]) -> bool:
    """Whether everyone is named behind a title, one after the other, with no other act before them (*Đồng chí A,
    Bí thư, đồng chí B, Phó Bí thư chủ trì*)."""
    if _NOT_IN_CHAIR.search(source.low, start, people[0].start):
        return False
    pairs = pairwise(people)
    return all(_NEXT_TITLE.search(source.low, one.end, other.start) for one, other in pairs)


def _post(source: Source, person: Person) -> str | None:
    lead = _POST.match(source.norm, person.end)
    if not lead:
        return None
    stop = _POST_END.search(source.low, lead.end(), lead.end() + 200)
    post = source.raw[lead.end() : stop.start() if stop else lead.end()].strip(" ,-()")
    return " ".join(post.split()) or None
