"""The fields of a member's record, in the order and words of the personal history (lý lịch) and the member's sheet.

``item`` is the number of the field in the personal history; empty where only another form asks for it. Single
fields have one value at a time; those that are ``dated`` change in a life, the others are only corrected. What
the form asks for as a table has a ``Table`` of its own, one row for each time it happened.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT, LONG, DATE, CHOICE, HIDDEN = "text", "long", "date", "choice", "hidden"

GENDER_CHOICES = [("male", "Nam"), ("female", "Nữ")]
THEORY_CHOICES = [
    ("elementary", "Sơ cấp"),
    ("intermediate", "Trung cấp"),
    ("advanced", "Cao cấp"),
    ("bachelor", "Cử nhân"),
]


@dataclass(frozen=True)
class Field:
    """One field with one value at a time, kept as text; a date as exactly as it is known (``1975-04``).

    ``column`` says that lists and search need it in a column of ``Person``. ``private`` fields show under
    their own right, and so does a whole ``Section`` of them. ``asked`` marks what the forms require of everyone.
    """

    code: str
    label: str
    item: str = ""
    kind: str = TEXT
    dated: bool = False
    private: bool = False
    column: bool = False
    asked: bool = False
    longest: int = 200
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""

    def shown(self, value: str) -> str:
        """A value as a person reads it."""
        if self.kind == DATE and value:
            return "/".join(reversed(value.split("-")))
        if self.kind == HIDDEN and value:
            return "••••••••••••"
        return dict(self.choices).get(value, value)


@dataclass(frozen=True)
class Table:
    """A table of the form: its columns, the first of which says what a row is about."""

    code: str
    label: str
    row: str
    columns: tuple[Field, ...]
    item: str = ""
    private: bool = False
    # Recorded from a decision by who may record exits; nobody proposes it.
    decided: bool = False
    hint: str = ""

    @property
    def by_code(self) -> dict[str, Field]:
        """Its columns by code."""
        return {column.code: column for column in self.columns}


@dataclass(frozen=True)
class Section:
    """A page of the form: what is filled in together."""

    slug: str
    title: str
    fields: tuple[Field, ...] = ()
    tables: tuple[Table, ...] = ()
    private: bool = False


_FROM = Field("since", "Từ tháng, năm", kind=DATE, hint="Ví dụ 9/1995 hoặc 1995")
_TO = Field("until", "Đến tháng, năm", kind=DATE, hint="Để trống nếu đến nay")

SECTIONS: tuple[Section, ...] = (
    Section(
        "ho-ten",
        "Họ tên, ngày sinh, quê quán",
        (
            Field("full_name", "Họ và tên khai sinh", "1", column=True, asked=True, longest=120),
            Field("other_names", "Các tên gọi khác", "2", longest=160),
            Field(
                "birth",
                "Sinh ngày",
                "3",
                DATE,
                column=True,
                asked=True,
                hint="Như giấy khai sinh; chỉ nhớ tháng: 4/1975; chỉ nhớ năm: 1975",
            ),
            Field("national_id", "Số căn cước", "3", HIDDEN, private=True, column=True, asked=True),
            Field(
                "gender",
                "Giới tính",
                "4",
                CHOICE,
                column=True,
                asked=True,
                longest=8,
                choices=tuple(GENDER_CHOICES),
            ),
            Field("birth_place", "Nơi đăng ký khai sinh", "5"),
            Field("hometown", "Quê quán", "6", column=True, asked=True),
        ),
    ),
    Section(
        "noi-o",
        "Nơi cư trú, điện thoại",
        (
            Field(
                "residence",
                "Nơi thường trú",
                "7",
                dated=True,
                private=True,
                column=True,
                asked=True,
                hint="Số nhà, thôn hoặc đường, xã, tỉnh",
            ),
            Field("residence_temporary", "Nơi tạm trú", "7", dated=True, private=True),
            Field("phone", "Điện thoại", dated=True, private=True, column=True, longest=20),
        ),
        private=True,
    ),
    Section(
        "dan-toc",
        "Dân tộc, quốc tịch, tôn giáo",
        (
            Field("ethnicity", "Dân tộc", "8", private=True, column=True, asked=True, longest=40),
            Field("nationality", "Quốc tịch", "8", dated=True, private=True, longest=60),
            Field(
                "religion",
                "Tôn giáo",
                "9",
                dated=True,
                private=True,
                column=True,
                longest=40,
                hint="Để trống nếu không theo tôn giáo nào",
            ),
            Field("religious_rank", "Chức sắc tôn giáo", "9", dated=True, private=True, longest=80),
        ),
        private=True,
    ),
    Section(
        "trinh-do",
        "Nghề nghiệp, trình độ",
        (
            Field(
                "occupation", "Nghề nghiệp hiện nay", "10", dated=True, column=True, asked=True, longest=120
            ),
            Field("occupation_before", "Nghề nghiệp trước khi vào Đảng", longest=120),
            Field(
                "education",
                "Giáo dục phổ thông",
                "11",
                dated=True,
                column=True,
                asked=True,
                longest=40,
                hint="Ví dụ 12/12",
            ),
            Field("qualification", "Chuyên môn, nghiệp vụ", "11", dated=True, column=True, longest=120),
            Field("science", "Khoa học, công nghệ", "11", dated=True, longest=120),
            Field("degree", "Học vị cao nhất", "11", dated=True, longest=60),
            Field("academic_title", "Học hàm cao nhất", "11", dated=True, longest=60),
            Field(
                "political_theory",
                "Lý luận chính trị",
                "11",
                CHOICE,
                dated=True,
                column=True,
                asked=True,
                longest=16,
                choices=tuple(THEORY_CHOICES),
            ),
            Field("languages", "Ngoại ngữ", "11", dated=True, longest=120, hint="Ví dụ Tiếng Anh B1"),
            Field("computing", "Tin học", "11", dated=True, longest=120),
            Field("minority_languages", "Tiếng dân tộc thiểu số", "11", dated=True, longest=120),
        ),
    ),
    Section(
        "doan-dang",
        "Đoàn, Đảng, thẻ đảng viên",
        (
            Field("youth_union_on", "Ngày kết nạp Đoàn", "12", DATE),
            Field("youth_union_place", "Nơi kết nạp Đoàn", "12"),
            Field("introducers", "Người giới thiệu vào Đảng", longest=300),
            Field("member_number", "Số lý lịch", column=True, longest=20, hint="Sáu chữ số và chữ của tỉnh"),
            Field("card_number", "Số thẻ đảng viên", dated=True, column=True, longest=20),
            Field("card_issued_on", "Ngày cấp thẻ", kind=DATE, dated=True),
            Field("card_before", "Số thẻ cũ", longest=20),
        ),
    ),
    Section(
        "lich-su",
        "Lịch sử bản thân, sức khỏe",
        (
            Field("life_history", "Lịch sử bản thân", "14", LONG, private=True, longest=4000),
            Field("features", "Đặc điểm lịch sử", "16", LONG, private=True, longest=4000),
            Field("health", "Tình trạng sức khỏe", dated=True, private=True, longest=120),
            Field("war_invalid", "Thương binh loại", dated=True, private=True, longest=60),
            Field("merit_family", "Gia đình chính sách", private=True, longest=120),
        ),
        private=True,
    ),
    Section(
        "cong-tac",
        "Quá trình công tác, đào tạo",
        (
            Field("recruited_on", "Ngày tuyển dụng", kind=DATE),
            Field("enlisted_on", "Ngày nhập ngũ", kind=DATE),
            Field("discharged_on", "Ngày xuất ngũ", kind=DATE),
        ),
        (
            Table(
                "work",
                "Những công việc, chức vụ đã qua",
                "công việc",
                (
                    Field("what", "Làm việc gì, chức vụ", asked=True),
                    _FROM,
                    _TO,
                    Field("where", "Ở đâu"),
                ),
                "15",
            ),
            Table(
                "training",
                "Đào tạo, bồi dưỡng",
                "khóa học",
                (
                    Field("what", "Ngành học hoặc lớp học", asked=True),
                    _FROM,
                    _TO,
                    Field("where", "Trường, nơi mở lớp"),
                    Field("form", "Hình thức học", longest=60),
                    Field("diploma", "Văn bằng, chứng chỉ", longest=120),
                ),
                "17",
            ),
        ),
    ),
    Section(
        "nuoc-ngoai",
        "Đi nước ngoài",
        (),
        (
            Table(
                "abroad",
                "Đi nước ngoài",
                "chuyến đi",
                (
                    Field("country", "Nước đến", asked=True, longest=80),
                    _FROM,
                    _TO,
                    Field("purpose", "Nội dung đi"),
                    Field("decided_by", "Cấp nào cử đi", longest=160),
                ),
                "18",
                hint="Học tập, lao động, hợp tác từ ba tháng trở lên",
            ),
        ),
    ),
    Section(
        "khen-thuong",
        "Khen thưởng, kỷ luật",
        (),
        (
            Table(
                "award",
                "Khen thưởng",
                "lần khen thưởng",
                (
                    Field("what", "Hình thức và lý do", asked=True),
                    Field("on", "Tháng, năm", kind=DATE, asked=True),
                    Field("decision", "Quyết định số", longest=60),
                    Field("decided_by", "Cấp quyết định", longest=160),
                ),
                "19",
                hint="Từ bằng khen trở lên, hoặc hình thức cao nhất; danh hiệu Nhà nước",
            ),
            Table(
                "discipline",
                "Kỷ luật",
                "lần kỷ luật",
                (
                    Field("what", "Hình thức", asked=True, longest=80),
                    Field("on", "Ngày quyết định", kind=DATE, asked=True),
                    Field("decision", "Quyết định số", asked=True, longest=60),
                    Field("decided_by", "Cấp quyết định", asked=True, longest=160),
                    Field("why", "Lý do theo quyết định"),
                    Field("ended_on", "Hết hiệu lực hoặc được xóa", kind=DATE),
                ),
                "20",
                decided=True,
                hint="Chỉ ghi theo quyết định đã có",
            ),
        ),
    ),
    Section(
        "gia-dinh",
        "Hoàn cảnh gia đình",
        (),
        (
            Table(
                "family",
                "Hoàn cảnh gia đình",
                "người thân",
                (
                    Field("name", "Họ và tên", asked=True, longest=120),
                    Field("relation", "Quan hệ", asked=True, longest=60, hint="Ví dụ: cha đẻ, vợ, con"),
                    Field("born", "Năm sinh", kind=DATE, hint="Ví dụ 1950"),
                    Field("hometown", "Quê quán"),
                    Field("residence", "Nơi ở hiện nay"),
                    Field("occupation", "Nghề nghiệp", longest=120),
                    Field("note", "Nội dung khác theo mẫu", longest=500),
                ),
                "21",
                private=True,
            ),
        ),
        private=True,
    ),
)

FIELDS: dict[str, Field] = {one.code: one for section in SECTIONS for one in section.fields}
TABLES: dict[str, Table] = {one.code: one for section in SECTIONS for one in section.tables}
BY_SLUG: dict[str, Section] = {section.slug: section for section in SECTIONS}
COLUMNS: tuple[str, ...] = tuple(code for code, one in FIELDS.items() if one.column)
"""Fields that stand in columns of ``Person``; the others in its ``details``."""


def section_of(code: str) -> Section:
    """The section that holds a field or a table."""
    return next(s for s in SECTIONS if code in {*(f.code for f in s.fields), *(t.code for t in s.tables)})
