"""The patterns by which a text tells who holds its event, made from ``grammar/events.yaml``."""

import re
from functools import lru_cache

from tochuc.documents.extract.grammar import either, words

_WHEN = (
    r"(?:(?:diễn ra|ngày|sáng|chiều|tối|thường kỳ|định kỳ|chuyên đề|tháng \d+|quý \w+|■+|[,()])\s{0,2}){0,8}"
)
_ORGAN = r"(?=(?:ban chấp hành|bch|ban thường vụ|thường trực|tỉnh ủy|thành ủy|huyện ủy|đảng ủy|ủy ban kiểm tra|ubkt|ban chỉ đạo|tiểu ban)\s)"
_OFFICE = r"(?:đơn vị|cơ quan|nơi|bên)(?: đứng ra| được giao| trực tiếp)?"


class HostWords:
    """Compiled patterns of the host grammar; all read text in small letters, days replaced by ■."""

    def __init__(self) -> None:
        data = words("events")
        holds, meets, noun = either(data["holds"]), either(data["meets"]), either(data["nouns"])
        self.event = re.compile(rf"(?<!\w){noun}(?!\w)")
        self.told = re.compile(rf"(?<!\w)(?:{noun}|{meets})(?!\w)")
        self.holds = re.compile(rf"(?<!\w){holds}(?!\w)")
        self.verb = re.compile(rf"(?<!\w)(?:{holds}|(?P<meets>{meets}))(?!\w)")
        self.by = re.compile(r"(?<!\w)(?:do|được|bởi|mà)\s{1,2}(?:cấp ủy\s)?")
        self.held = re.compile(rf"(?<!\w)(?:{holds}|{either(data['held_by'])})(?!\w)")
        self.dealt_with = re.compile(
            rf"(?<!\w)(?:{holds}|{either(data['held_by'])}|{either(data['dealt_with'])})(?!\w)"
        )
        self.at_meeting = re.compile(rf"(?P<act>[^.;,]{{2,70}}?)\s(?:tại|trong)\s{noun}(?!\w)")
        self.not_dealing = re.compile(rf"(?<!\w){either(data['not_dealing'])}(?!\w)")
        self.adverbs = re.compile(rf"(?:[\s■(),-]|(?<!\w){either(data['adverbs'])}(?!\w)){{0,60}}")
        self.acts = re.compile(
            rf"(?:[\s■(),-]|(?<!\w){either(data['adverbs'])}(?!\w)){{1,60}}(?<!\w){either(data['acts'])}(?!\w)"
        )
        self.any_act = re.compile(
            rf"(?:[\s■(),-]|(?<!\w){either(data['adverbs'])}(?!\w)){{1,60}}(?!{either(data['not_acts'])}(?!\w))[^\W\d]"
        )
        session = either(data["sessions"])
        self.at_hour = re.compile(rf"(?<!\w){session}\s(?:(?:nay|qua|ngày)[\s,(]{{0,3}}){{0,2}}■+\)?,?\s$")
        self.then_hour = re.compile(
            rf"\s(?:(?:đã|vừa|vào)\s)?{session}\s(?:(?:nay|qua|ngày)[\s,(]{{0,3}}){{0,2}}■"
        )
        self.not_host = re.compile(rf"(?<!\w){either(data['not_hosts'])}\s{{1,2}}$")
        self.of = re.compile(rf"(?<!\w){noun}\s{{1,2}}{_WHEN}của\s{{1,2}}")
        self.of_far = re.compile(rf"(?<!\w){noun}\s(?P<about>[^.;:]{{3,110}}?)\scủa\s")
        self.of_far_end = re.compile(
            r"\s{0,2}(?:$|[,.■(]|(?:đã |vừa )?(?:diễn ra|khai mạc|bế mạc|được|sáng|chiều|tối|ngày))"
        )
        self.direct = re.compile(
            rf"(?<!\w)(?:hội nghị|phiên họp|kỳ họp|cuộc họp|họp)\s{{1,2}}(?:(?:mở rộng|trực tuyến|bất thường|toàn thể|thường kỳ)\s)?(?:(?:lần )?thứ \w+,?\s(?:của\s)?)?{_ORGAN}"
        )
        self.congress = re.compile(
            r"(?<!\w)đại hội(?: đại biểu)?(?: lần thứ \w+)?(?: của)?[\s,]{1,2}(?=(?:đảng bộ|chi bộ)\s)"
        )
        self.not_event = re.compile(
            r"(?:nghị quyết|chuẩn bị|tiến tới|văn kiện|trình|phục vụ|dự|khâu tổ chức|chào mừng|sau|hướng tới|kết quả|chỉ đạo|từ|trước|đề ra tại)\s(?:\w+\s)?$"
        )
        self.headline = re.compile(rf"\s{{0,2}}[:-]\s{{1,2}}(?:{noun}|{meets})(?!\w)")
        self.recently = re.compile(rf"(?<!\w){either(data['recently'])}(?!\w)")
        self.repeatedly = re.compile(rf"(?<!\w){either(data['repeatedly'])}(?!\w)")
        self.said_to_hold = re.compile(rf",? (?:là )?{_OFFICE} (?:tổ chức|chủ trì)(?!\w)")
        self.holder_named = re.compile(rf"(?<!\w){_OFFICE} (?:tổ chức|chủ trì)[^.;,]{{0,40}} là\s")
        self.session_of = re.compile(r"(?<!\w)(?:tại|trong|ở) (?:kỳ|phiên|cuộc) họp(?!\w)")
        self.that_event = re.compile(r"\s{0,2}(?:tại )?(?:buổi|hội nghị|lễ|đại hội|cuộc|lớp|phiên|kỳ)(?!\w)")
        self.opens_list = re.compile(r"(?:^|[,)■]|^\s?\(?[\w.]{2,20}\)?\s?-)\s{0,2}$")
        self.opens_clause = re.compile(r"(?:^|[,:)■-]|(?<!\w)(?:nay|qua|cùng ngày|mới đây))\s{0,2}$")
        self.partner = re.compile(
            r"[\s,]{0,3}(?:(?:đã|vừa|chủ trì,?)\s)?(?P<link>phối hợp|cùng|và|với)(?: với| cùng)?\s(?P<who>[^.;]{3,130}?)"
            r"(?=(?:đồng )?(?:(?<!ban )tổ chức|mở|khai giảng|khai mạc|tiến hành|họp|hội ý|gặp mặt|gặp gỡ|giao ban|ký kết|tổng kết|sơ kết|ra mắt|đối thoại|tập huấn|thực hiện|có (?:buổi|cuộc))(?!\w))"
        )


@lru_cache(maxsize=1)
def host_words() -> HostWords:
    """The one set of patterns, compiled on first use."""
    return HostWords()
