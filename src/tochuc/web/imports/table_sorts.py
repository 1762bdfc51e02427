"""The sorts of list beside that of members: what each is called, what its file looks like, what its rows are."""

from __future__ import annotations

from dataclasses import dataclass

from tochuc.exchange.imports.tables import MOVEMENTS, ORGANISATIONS, POSTS


@dataclass(frozen=True)
class Sort:
    """One sort of list, in the words of its pages. ``needs`` is the action one has to be allowed; ``dated``: rows without a day take that of the list."""

    what: str
    folder: str
    needs: str
    title: str
    lead: str
    columns: str
    rows: str
    written: str
    dated: str = ""

    @property
    def choose(self) -> str:
        """The name of the page where its file is chosen."""
        return f"import_{self.what}"

    @property
    def check(self) -> str:
        """The name of the page where it is looked at."""
        return f"import_{self.what}_check"

    @property
    def marked(self) -> str:
        """The name of the address of its marked workbook."""
        return f"import_{self.what}_marked"


MOVES = Sort(
    MOVEMENTS,
    "bien-dong",
    "members.import",
    "Nhập biến động đã qua",
    "Đưa các biến động đã qua (kết nạp, chính thức, chuyển đến, chuyển đi, khai trừ, xóa tên, từ trần…) vào sổ. Việc trước ngày lập sổ "
    "được bổ sung vào mục ghi nhận ban đầu của từng người; việc sau ngày đó thành biến động trong sổ.",
    "Họ và tên, Ngày sinh, Số thẻ, Biến động, Ngày biến động, Nơi đi, Nơi đến, Số quyết định, Chi bộ",
    "dòng",
    "biến động",
)
UNITS = Sort(
    ORGANISATIONS,
    "to-chuc",
    "organisation.arrange",
    "Nhập danh sách tổ chức",
    "Lập các tổ chức đảng trực thuộc từ bảng tính, cấp trên trước. Tổ chức đã có trong sổ giữ nguyên.",
    "Tên tổ chức, Loại hình, Loại chi bộ, Trực thuộc, Ngày thành lập, Số quyết định, Mã",
    "tổ chức",
    "tổ chức",
    "Ngày thành lập của dòng không ghi ngày",
)
SEATS = Sort(
    POSTS,
    "chuc-vu",
    "members.import",
    "Nhập danh sách chức vụ",
    "Lập chức vụ và ghi người giữ từ bảng tính. Người giữ phải có trong sổ; chức vụ và người giữ đã có thì giữ nguyên.",
    "Tổ chức, Chức vụ, Họ và tên, Ngày sinh, Số thẻ, Từ ngày, Đến ngày, Số quyết định",
    "chức vụ",
    "chức vụ",
    "Ngày giữ chức vụ của dòng không ghi ngày",
)
SORTS = {sort.what: sort for sort in (MOVES, UNITS, SEATS)}
