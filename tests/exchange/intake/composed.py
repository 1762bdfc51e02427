"""Lists composed at random from the parts that offices' lists are made of, with what a clerk enters from them."""

import random
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import yaml

from exchange.intake.books import Page
from tochuc.kernel.names import fold

HEADINGS = yaml.safe_load((Path(__file__).parent / "files" / "headings.yaml").read_text(encoding="utf-8"))
NOT_ALONE = {
    "Ngày CT",
    "Ngày DB",
    "Nam/Nữ",
    "Nam, nữ",
    "TG",
    "DT",
    "QQ",
    "GT",
    "Giới",
    "Tình trạng sinh hoạt",
    "Trạng thái",
}
FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Trương",
    "Đặng",
    "Đoàn",
    "Tống",
    "Tô",
    "Công",
    "Bàn",
    "Hồ",
    "Ông",
    "Khổng",
]
MIDDLES = ["Văn", "Thị", "Hữu", "Đức", "Thanh", "Công", "Chi", "Đình", "Nữ"]
GIVENS = [
    "An",
    "Bình",
    "Nam",
    "Năm",
    "Tổng",
    "Sinh",
    "Đảng",
    "Hường",
    "Thùy",
    "Trang",
    "Ban",
    "Tổ",
    "Khối",
    "Quý",
]
PLACES = ["Duy Sơn, Duy Xuyên", "Điện Bàn", "xã Đại Lãnh", "Hội An"]
CELLS = [
    "Chi bộ thôn Trà Đông",
    "Chi bộ Trường THCS Lê Quý Đôn",
    "Chi bộ Quân sự",
    "Chi bộ 3",
    "Chi bộ Công an xã",
]
LEVELS = {
    "elementary": ["Sơ cấp", "SC"],
    "intermediate": ["Trung cấp", "TC LLCT"],
    "advanced": ["Cao cấp", "CC"],
    "bachelor": ["Cử nhân", "Cử nhân chính trị"],
}
TEXTS = {
    "ethnicity": ["Kinh", "Cơ Tu", "Hoa"], "hometown": PLACES, "residence": PLACES, "occupation": ["Nông dân", "Giáo viên"],
    "education": ["12/12", "10/10", "7/10"], "qualification": ["Đại học", "Trung cấp"], "post": ["Trưởng thôn", "Hiệu trưởng"],
    "party_post": ["Bí thư", "Phó Bí thư", "Đảng viên"], "note": ["Chuyển đến", "Thương binh"], "member_number": ["012345", "QN 001"],
}  # fmt: skip
DATES = ("birth", "admitted_on", "official_on", "joined_cell_on")
MAYBE = [
    *TEXTS,
    "gender",
    "religion",
    "political_theory",
    "card_number",
    "national_id",
    "phone",
    "cell",
    *DATES[1:],
]


@dataclass
class List:
    """A page and what it says: people by row, and the columns of their fields."""

    page: Page
    header_row: int = 0
    people: list[tuple[int, dict[str, object]]] = field(default_factory=list)


def composed(seed: int, *, typed: bool) -> List:
    """A list; without `typed` its cells are texts, as in a text file."""
    return _Composer(random.Random(seed), typed).make()


class _Composer:
    def __init__(self, chance: random.Random, typed: bool) -> None:
        self.chance = chance
        self.typed = typed
        self.page = Page("Sheet1")
        self.row = 0
        self.toned = chance.random() < 0.8
        self.fields = ["full_name", "birth", *chance.sample(MAYBE, chance.randint(1, 9))]
        self.grouped = "cell" not in self.fields and chance.random() < 0.5
        self.split = chance.random() < 0.3
        self.marks = "gender" in self.fields and chance.random() < 0.4
        self.styles = {name: chance.choice("dmyxw") for name in DATES}
        self.capitals = chance.random() < 0.4
        self.numbered = chance.random() < 0.85
        self.cell: str | None = None

    def make(self) -> List:
        made = List(self.page)
        self._titles()
        made.header_row = self.row + 1
        self._header()
        groups = self.chance.sample(CELLS, self.chance.randint(2, 3)) if self.grouped else [None]
        number = 0
        for group in groups:
            if group:
                self.cell = group
                self._line(
                    self.chance.choice(["{}", "I. {}", "II- {} (12 đ/c)", "{}: 05 đảng viên", "* {}"]).format(
                        group
                    )
                )
            for _ in range(self.chance.randint(1, 5)):
                number += 1
                made.people.append((self.row + 1, self._person(number)))
                if self.chance.random() < 0.1:
                    self.row += 1
            if self.chance.random() < 0.4:
                self._line(self.chance.choice(["Cộng: 5 đ/c", "Cộng"]))
            if self.chance.random() < 0.2:
                self._header()
        self._footer(number)
        return made

    def _line(self, text: str) -> None:
        self.row += 1
        self.page.row(self.row, text, at=self.chance.choice("AB"))

    def _titles(self) -> None:
        if self.chance.random() < 0.7:
            self._line("ĐẢNG BỘ XÃ DUY SƠN")
        if not self.grouped and "cell" not in self.fields and self.chance.random() < 0.6:
            self.cell = self.chance.choice(CELLS)
            self._line(self.chance.choice([self.cell, f"Danh sách đảng viên {self.cell} năm 2024"]))
        if self.chance.random() < 0.7:
            self._line("DANH SÁCH ĐẢNG VIÊN\n(tính đến ngày 31/12/2024)")
        self.row += self.chance.randint(0, 2)

    def _header(self) -> None:
        if not hasattr(self, "texts"):
            self.texts = self._headings()
        self.row += 1
        self.page.row(self.row, *self.texts)

    def _headings(self) -> list[str | None]:
        shown: list[str | None] = ["STT"] if self.numbered else []
        for name in self.fields:
            shown.extend(self._heading(name))
        if self.chance.random() < 0.4:
            shown.append(
                self.chance.choice(
                    ["Họ tên vợ (chồng)", "Ngày cấp thẻ", "Số quyết định", "Tuổi đảng", "Đảng phí"]
                )
            )
        way = self.chance.choice([str, str.upper, lambda t: unicodedata.normalize("NFD", t)])
        return [way(text if self.toned else fold(text)) if text else None for text in shown]

    def _heading(self, name: str) -> list[str]:
        if name == "full_name" and self.split:
            return self.chance.choice(
                [
                    ["Họ và tên đệm", "Tên"],
                    ["Họ đệm", "Tên"],
                    ["Họ lót", "Tên"],
                ]
            )
        if name == "gender" and self.marks:
            return ["Nam", "Nữ"]
        known = [text for text in HEADINGS[name] if text not in NOT_ALONE and ("_" not in text)]
        return [
            self.chance.choice(
                known if self.toned else [text for text in known if len(text) > 6 and "Năm" not in text]
            )
        ]

    def _person(self, number: int) -> dict[str, object]:
        self.row += 1
        says: dict[str, object] = {}
        cells: list[object] = [number] if self.numbered else []
        born = date(1940, 1, 1) + timedelta(days=self.chance.randrange(20_000))
        admitted = born + timedelta(days=7_500 + self.chance.randrange(4_000))
        days = dict(
            zip(
                DATES,
                (born, admitted, admitted + timedelta(days=400), admitted + timedelta(days=900)),
                strict=True,
            )
        )
        for name in self.fields:
            values = self._cells(name, days, says)
            cells.extend(values if self.typed else map(self._text, values))
        if self.cell:
            says["cell"] = self.cell
        self.page.row(self.row, *cells)
        return says

    @staticmethod
    def _text(value: object) -> str | None:
        if value is None:
            return None
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)

    def _cells(self, name: str, days: dict[str, date], says: dict[str, object]) -> list[object]:
        if name == "full_name":
            return self._name(says)
        if name == "gender":
            says[name] = self.chance.choice(["male", "female"])
            man = says[name] == "male"
            return (["x", None] if man else [None, "x"]) if self.marks else ["Nam" if man else "Nữ"]
        if self.chance.random() < 0.15 and name != "birth":
            return [None]
        if name in days:
            return [self._date(days[name], self.styles[name], name, says)]
        return [self._other(name, says)]

    def _name(self, says: dict[str, object]) -> list[object]:
        parts = [self.chance.choice(FAMILIES), self.chance.choice(MIDDLES), self.chance.choice(GIVENS)]
        says["full_name"] = " ".join(parts)
        written = [part.upper() if self.capitals else part for part in parts]
        return [" ".join(written[:2]), written[2]] if self.split else [" ".join(written)]

    def _date(self, day: date, style: str, name: str, says: dict[str, object]) -> object:
        says[name] = day.isoformat()
        if style == "m":
            says[name] = day.isoformat()[:7]
            return f"{day.month}/{day.year}"
        if style == "y":
            says[name] = str(day.year)
            return day.year
        if style == "x":
            return day
        return self.chance.choice([f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", f"{day:%d.%m.%Y}"])

    def _other(self, name: str, says: dict[str, object]) -> object:
        if name in TEXTS:
            says[name] = self.chance.choice(TEXTS[name])
            return says[name]
        if name == "religion":
            says[name] = self.chance.choice([None, "Phật giáo"])
            return says[name] or "Không"
        if name == "political_theory":
            says[name] = self.chance.choice(list(LEVELS))
            return self.chance.choice(LEVELS[str(says[name])])
        if name == "cell":
            says[name] = self.chance.choice(CELLS)
            return says[name]
        if name == "card_number":
            says[name] = f"49.{self.chance.randrange(10**6):06}"
            return says[name]
        if name == "national_id":
            number = self.chance.randrange(10**9, 10**11)
            says[name] = f"{number:012}"
            return self.chance.choice([number, says[name]])
        number = self.chance.randrange(9 * 10**8, 10**9)
        says["phone"] = f"0{number}"
        return self.chance.choice([number, says["phone"], f"0{str(number)[:3]} {str(number)[3:]}"])

    def _footer(self, count: int) -> None:
        if self.chance.random() < 0.7:
            self._line(
                self.chance.choice(
                    ["Tổng cộng: {} đồng chí", "Tổng số: {}", "Danh sách có {} đảng viên"]
                ).format(count)
            )
        if self.chance.random() < 0.6:
            self.row += 2
            self.page.row(self.row, "Duy Sơn, ngày 02 tháng 01 năm 2025", at="D")
            self.page.row(self.row + 1, "NGƯỜI LẬP", None, "T/M CHI ỦY", at="B")
            self.page.row(self.row + 4, "Nguyễn Văn Lập", None, "Trần Thị Ký", at="B")
