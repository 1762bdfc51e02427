"""The patterns by which a count's indicator is told, made from ``grammar/figures.yaml``."""

import re
from dataclasses import dataclass
from functools import lru_cache

from tochuc.documents.extract.grammar import either, words


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that gives an indicator, for one group of units only, or in one context only, where stated."""

    pattern: re.Pattern[str]
    indicator: str
    only: str | None = None
    context: re.Pattern[str] | None = None


class FigureWords:
    """Compiled patterns of the figure grammar; all read text in small letters."""

    def __init__(self) -> None:
        data = words("figures")
        about = rf"(?:(?:{either(data['about'])})\s{{1,2}}){{0,3}}"
        self.after = [_rule(row) for row in data["after"]]
        cue_parts = [f"(?P<c{index}>{_one_line(row['words'])})" for index, row in enumerate(data["cues"])]
        self.cues = re.compile(rf"(?<!\w)(?:{'|'.join(cue_parts)})(?!\w)")
        self._cue_names = [row["is"] for row in data["cues"]]
        self.target = re.compile(rf"(?<!\w)(?:{data['target']})(?!\w)")
        self.aim = re.compile(rf"(?<!\w)(?:{data['aim']})(?!\w)[^.;\d]{{0,45}}$")
        self.reached = re.compile(rf"(?<!\w){data['reached']}")
        self.still_to_come = re.compile(rf"(?<!\w)(?:{data['still_to_come']})(?!\w)")
        self.average = re.compile(rf"(?<!\w)(?:{data['average']})(?!\w)")
        self.per_year = re.compile(r"\s?/\s?năm(?!\w)")
        self.whole = re.compile(rf"(?<!\w)(?:{data['whole']})\s{{1,2}}{about}$")
        self.stands_for = re.compile(rf"(?<!\w){data['stands_for']}\s{{1,2}}{about}$")
        self.open_right = re.compile(data["open_right"])
        self.has = re.compile(rf"(?<!\w){data['has']}\s{{1,2}}{about}$")
        self.out_of = re.compile(rf"(?:trong (?:tổng )?số|cho|toàn bộ|tất cả)\s{{1,2}}{about}$")
        self.not_whole = re.compile(rf"(?<!\w)(?:{data['not_whole']})(?!\w)")
        self.exceeded = re.compile(rf"(?<!\w)vượt (?:chỉ tiêu|kế hoạch|mục tiêu|nghị quyết) {about}$")
        self.added = re.compile(rf"(?<!\w)có thêm {about}$")
        self.has_members = re.compile(rf"(?: [^\W\d]+){{0,5}},? (?:có|với|gồm|là) {about}")
        self.next_body = re.compile(
            r"[,;]\s(?:và )?(?:đảng bộ|chi bộ|đảng ủy|huyện|thành phố|thị xã|xã|phường)\s[^.;,\d]{2,40}"
        )
        self.planned = re.compile(
            r"\s(?:(?:theo|so với) (?:kế hoạch|chương trình)|khu vực|trẻ|nữ|thuộc diện|trong độ tuổi)"
        )
        self.above = re.compile(r"\d*[^.;,\d]{0,30} trên $")
        self.punished = re.compile(r"(?: \w+){0,2}? bị (?:khiển trách|cảnh cáo|cách chức|nhắc nhở|đình chỉ)")
        self.of_those = re.compile(r"\s(?:người )?trong (?:số )?(?:đó|này|ấy)(?!\w)")
        self.list_item = re.compile(r"(?:^|[.;,:]\s|\s)(?:riêng )?[^.;,\d]{3,50}$")
        self.ranking = re.compile(r"\s{0,2}(?:đứng đầu|dẫn đầu|nhiều nhất|cao nhất|kết nạp nhiều)(?!\w)")
        self.consists = re.compile(rf"chi bộ (?:mới )?gồm {about}$")
        self.place_has = re.compile(
            rf"(?<!\w)(?:xã|phường|huyện|quận|tỉnh|thị xã|thành phố)(?: [^\W\d]+){{0,3}} (?:có|gồm) {about}$"
        )
        self.said_of = re.compile(r"\s(?:bị|xin|được)(?!\w)")
        self.part_of = re.compile(r"(?<!\w)trong (?:số )?(?:đó|này|ấy)(?!\w)")
        self.of_members = re.compile(
            r"tổng số đảng viên|(?<!\w)số đảng viên[^.;,\d]{0,40}(?:lên|thành|tăng từ|giảm từ)|(?<!\w)đảng viên (?:toàn|cả|của toàn) (?:\w+ ){0,4}(?:là|có|đạt|lên)"
        )
        self.together = re.compile(
            rf"(?:\s(?:trực thuộc|cơ sở)){{0,2}}[\s,;]{{0,3}}(?:\(|với|và|gồm|có|quản lý)?\s?{about}"
        )
        self.chosen = re.compile(r"[^.;,]{0,20}(?:được chọn|làm điểm|được kiểm tra|có vi phạm)")
        self.counted_class = re.compile(r"[^.;]{0,60}\d")
        self.owner = re.compile(
            r"(?<!\w)(?:đảng bộ|đảng ủy|tổ chức cơ sở đảng|toàn|cả (?:xã|phường|huyện|quận|tỉnh|thị xã|thành phố))(?!\w)"
        )
        self.direct = re.compile(r"(?:\scơ sở)?\strực thuộc")
        self.surely_whole = re.compile(
            r"tổng số đảng viên|(?<!\w)(?:hiện|nay|toàn đảng bộ|chi bộ|thay mặt|đại diện)(?!\w)"
        )
        self.not_membership = re.compile(rf"(?<!\w)(?:{data['not_membership']})(?!\w)")
        self.admissions = re.compile(rf"(?<!\w)(?:{data['admissions']})(?!\w)")
        self.screened_parts = re.compile(r"khai trừ|xóa tên")
        self.list_step = re.compile(
            r"(?:\s(?:kế hoạch|chỉ tiêu|nghị quyết|mục tiêu))?\s?\)?\s?[,;:]\s(?:và\s)?(?![^.;,\d]{0,40}(?:trình độ|nữ|dân tộc|tỷ lệ|tỉ lệ|chi bộ có|tổ chức|đảng viên|đoàn viên|độ tuổi|chiếm|cấp ủy))[^.;,\d]{3,50}"
        )
        self.bare = _bare_rules(data["bare"], about)
        self.class_of_party = re.compile(data["class_of_party"])
        self.class_of_members = re.compile(r"(?<!\w)(?:đảng viên mới|đảng viên dự bị|cấp ủy|bí thư)(?!\w)")
        self.sub_unit = re.compile(
            r"riêng (?:đảng bộ|chi bộ|đảng ủy|huyện|xã|phường|thị trấn|thành phố|thị xã|quận|công an|quân sự|viện|khoa|trường|khối|sở|xã|thôn)(?!\w)[^.;,\d]{0,40}$|riêng (?:trong )?(?:năm|quý|tháng|nhiệm kỳ)(?!\w)[^.;,]{0,25}$"
        )
        self.not_whole_party = re.compile(
            r"tổng số đảng viên (?:gốc|là|người|nữ|trẻ|được|theo|có|bị|mới)(?!\w)"
        )
        self.in_class = re.compile(r"(?<!\w)(?:lớp|khóa|học viên|học)(?!\w)[^.;\d]{0,60}$")

    def cue_indicator(self, match: re.Match[str]) -> str:
        """The indicator of the cue that matched."""
        return str(self._cue_names[int((match.lastgroup or "c0")[1:])])


@lru_cache(maxsize=1)
def figure_words() -> FigureWords:
    """The one set of patterns, compiled on first use."""
    return FigureWords()


def _rule(row: dict[str, str]) -> Rule:
    context = re.compile(row["context"]) if "context" in row else None
    return Rule(re.compile(rf"(?:{row['words']})"), row["is"], row.get("only"), context)


def _one_line(pattern: str) -> str:
    return "|".join(part.strip() for part in pattern.split("|"))


def _bare_rules(rows: list[dict[str, str]], about: str) -> list[Rule]:
    """Rules for numbers with no noun after them, by what stands right before."""
    between = r"(?:\s(?:khỏi đảng|trong danh sách|đảng viên))?\s?(?:hình thức |mức )?(?:là|có|:)?\s?\(?"
    return [
        Rule(re.compile(rf"(?<!\w)(?:{row['words']}){between}{about}$"), row["is"], row.get("only"))
        for row in rows
    ]
