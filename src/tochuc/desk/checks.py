"""What is looked at in a record: each check says which field, what is wrong, how to mend it, and how sure that is.

A condition is SQL over the row ``f`` that ``facts`` makes of a person, so that a province is looked at in one go.
``seen`` names the columns it looked at: whoever finds them correct as they are isn't asked again until they change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WRONG, MISSING, DOUBT = "wrong", "missing", "doubt"
SEVERITIES = {WRONG: "Sai", MISSING: "Còn thiếu", DOUBT: "Cần xem"}

FIELDS_PAGE, EVENTS_PAGE, IDENTITY_PAGE, RECORD_PAGE = "fields", "events", "identity", "record"
"""Where one mends it: the fields of the record, an entry of the ledger, the identity number, a new entry."""

_LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
"""Small letters named one by one: the database may know those of English alone."""


@dataclass(frozen=True)
class Check:
    """One check. ``wrong`` is a sentence over the columns of a person; ``confirmed`` whether its rule was read.

    ``requires`` names what the forms ask for (the rule ``records.required``), if that is the ground.
    """

    code: str
    field: str
    severity: str
    where: str
    wrong: str
    mend: str
    seen: tuple[str, ...]
    page: str = FIELDS_PAGE
    confirmed: bool = True
    requires: str = ""

    @property
    def condition(self) -> str:
        """The condition, where the form of that day asks for what is missing."""
        return f"({self.where}) AND '{self.requires}' = ANY(%(required)s)" if self.requires else self.where

    def sentence(self, said: Mapping[str, Any]) -> str:
        """What is wrong with this person's record."""
        return self.wrong.format_map(said)


CHECKS = (
    Check(
        "name_one_word", "Họ và tên", WRONG, "f.full_name NOT LIKE '%% %%'",
        "Họ và tên chỉ có một chữ: «{full_name}».", "Ghi đủ họ, tên đệm và tên.", ("full_name",),
    ),
    Check(
        "name_capitals", "Họ và tên", WRONG, f"f.full_name ~ '(^| )[{_LOWER}]' OR f.full_name !~ '[{_LOWER}]'",
        "Họ và tên «{full_name}» chưa viết đúng cách.", "Viết hoa chữ cái đầu của mỗi chữ, không viết in cả chữ.",
        ("full_name",),
    ),
    Check(
        "text_form", "Chữ viết", WRONG,
        "concat_ws(' ', f.full_name, f.hometown, f.residence, f.occupation) IS NOT NFC NORMALIZED"
        " OR f.full_name ~ '(^ | $|  )'",
        "Chữ có dấu của «{full_name}» lưu theo kiểu cũ hoặc thừa dấu cách nên tìm, xếp không đúng.",
        "Gõ lại họ tên, quê quán, nơi cư trú bằng bộ gõ hiện nay.", ("full_name", "hometown", "residence", "occupation"),
    ),
    Check(
        "gender_name", "Giới tính", DOUBT, "f.gender = 'male' AND f.full_name LIKE '%% Thị %%'",
        "Tên đệm là «Thị» mà giới tính ghi là nam.", "Xem lại giới tính.", ("gender", "full_name"), confirmed=False,
    ),
    Check(
        "birth_impossible", "Ngày sinh", WRONG,
        "f.birth_first > %(today)s OR f.birth_last < %(today)s - interval '120 years'",
        "Ngày sinh {birth} không thể có với một đảng viên hiện nay.", "Sửa ngày sinh theo giấy khai sinh.",
        ("birth_first", "precision"),
    ),
    Check(
        "birth_inexact", "Ngày sinh", MISSING, "f.precision <> 'day'",
        "Mới biết ngày sinh là {birth}.", "Ghi đủ ngày, tháng, năm sinh theo giấy khai sinh.",
        ("birth_first", "precision"), requires="birth",
    ),
    Check(
        "admitted_missing", "Ngày vào Đảng", MISSING, "f.admitted IS NULL", "Chưa ghi ngày vào Đảng.",
        "Đính chính mục ghi nhận ban đầu: thêm ngày kết nạp.", ("admitted",), EVENTS_PAGE, requires="admitted",
    ),
    Check(
        "admitted_before_birth", "Ngày vào Đảng", WRONG, "f.admitted <= f.birth_first",
        "Ngày vào Đảng {admitted} không sau ngày sinh {birth}.", "Xem lại cả hai ngày và sửa ngày sai.",
        ("admitted", "birth_first", "precision"), EVENTS_PAGE,
    ),
    Check(
        "admitted_young", "Ngày vào Đảng", DOUBT,
        "f.admitted > f.birth_first AND f.admitted < f.birth_first + make_interval(years => %(least_age)s)",
        "Vào Đảng ngày {admitted} khi chưa đủ {least_age} tuổi (sinh {birth}).",
        "Xem lại ngày vào Đảng và ngày sinh.", ("admitted", "birth_first", "precision"), EVENTS_PAGE,
    ),
    Check(
        "official_missing", "Ngày chính thức", MISSING, "f.standing = 'official' AND f.official IS NULL",
        "Là đảng viên chính thức nhưng chưa ghi ngày chính thức.",
        "Đính chính mục ghi nhận ban đầu: thêm ngày chính thức.", ("standing", "official"), EVENTS_PAGE,
        requires="official",
    ),
    Check(
        "official_early", "Ngày chính thức", WRONG, "f.official < f.admitted AND NOT f.again",
        "Ngày chính thức {official} trước ngày vào Đảng {admitted}.", "Xem lại cả hai ngày và đính chính ngày sai.",
        ("official", "admitted"), EVENTS_PAGE,
    ),
    Check(
        "hometown_missing", "Quê quán", MISSING, "f.hometown = ''", "Chưa ghi quê quán.",
        "Ghi quê quán theo giấy khai sinh.", ("hometown",), requires="hometown",
    ),
    Check(
        "residence_missing", "Nơi cư trú", MISSING, "f.residence = ''", "Chưa ghi nơi cư trú.",
        "Ghi nơi thường trú.", ("residence",), requires="residence",
    ),
    Check(
        "ethnicity_missing", "Dân tộc", MISSING, "f.ethnicity = ''", "Chưa ghi dân tộc.",
        "Ghi dân tộc.", ("ethnicity",), requires="ethnicity",
    ),
    Check(
        "card_missing", "Số thẻ đảng viên", MISSING,
        "f.standing = 'official' AND f.card = '' AND f.official < %(today)s - interval '1 year'",
        "Đã là đảng viên chính thức hơn một năm mà chưa ghi số thẻ.", "Ghi số thẻ đảng viên.", ("card", "standing"),
        requires="card",
    ),
    Check(
        "card_form", "Số thẻ đảng viên", DOUBT,
        "f.card <> '' AND (f.card !~ '^[0-9 .-]+$'"
        " OR NOT length(regexp_replace(f.card, '[^0-9]', '', 'g')) = ANY(%(card_digits)s))",
        "Số thẻ «{card}» không có {card_words} chữ số.", "Xem lại số trên thẻ.", ("card",), confirmed=False,
    ),
    Check(
        "card_early", "Số thẻ đảng viên", DOUBT, "f.standing = 'probationary' AND f.card <> ''",
        "Đảng viên dự bị chưa được phát thẻ mà hồ sơ có số thẻ «{card}».",
        "Bỏ số thẻ, hoặc ghi công nhận chính thức nếu đã có quyết định.", ("card", "standing"),
    ),
    Check(
        "identity_missing", "Số căn cước", MISSING, "f.id_digits IS NULL", "Chưa ghi số căn cước.",
        "Ghi số căn cước 12 số.", ("identity",), IDENTITY_PAGE, requires="identity",
    ),
    Check(
        "identity_old", "Số căn cước", DOUBT, "f.id_digits = 9", "Mới có số chứng minh nhân dân cũ 9 số.",
        "Ghi số căn cước 12 số.", ("identity",), IDENTITY_PAGE, requires="identity",
    ),
    Check(
        "identity_gender", "Số căn cước", DOUBT, "f.id_gender <> '' AND f.id_gender <> f.gender",
        "Số căn cước cho biết giới tính khác với hồ sơ.", "Đối chiếu thẻ căn cước; sửa số hoặc sửa giới tính.",
        ("identity", "gender"), IDENTITY_PAGE, confirmed=False,
    ),
    Check(
        "identity_year", "Số căn cước", DOUBT,
        "f.id_year IS NOT NULL AND f.id_year <> extract(year FROM f.birth_first)",
        "Số căn cước cho biết năm sinh {id_year}, hồ sơ ghi {birth}.",
        "Đối chiếu thẻ căn cước; sửa số hoặc sửa ngày sinh.", ("identity", "birth_first"), IDENTITY_PAGE,
        confirmed=False,
    ),
    Check(
        "phone_form", "Điện thoại", DOUBT, "f.phone <> '' AND regexp_replace(f.phone, '[^0-9]', '', 'g') !~ '^0[0-9]{9,10}$'",
        "Số điện thoại «{phone}» không đủ 10 chữ số.", "Ghi lại số điện thoại.", ("phone",), confirmed=False,
    ),
    Check(
        "cell_ended", "Nơi sinh hoạt", WRONG, "f.cell_until <= %(today)s",
        "Vẫn ghi sinh hoạt tại {cell}, nơi đã kết thúc hoạt động.", "Ghi chuyển sinh hoạt đến chi bộ hiện nay.",
        ("home", "cell_until"), RECORD_PAGE,
    ),
)  # fmt: skip
BY_CODE = {check.code: check for check in CHECKS}
