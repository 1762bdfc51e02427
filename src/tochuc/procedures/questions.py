"""Questions that many steps ask, worded once."""

from __future__ import annotations

from tochuc.cases.declare import Question

NUMBER = Question("number", "Số quyết định")
RESOLUTION = Question("number", "Số nghị quyết", required=False)
HELPER = Question("helper", "Đảng viên chính thức được phân công giúp đỡ", kind="person")
VOTE_METHOD = Question(
    "method",
    "Hình thức biểu quyết",
    kind="choice",
    choices={"secret": "Bỏ phiếu kín", "card": "Giơ thẻ đảng viên"},
)
GROUND = Question("ground", "Lý do", hint="Ghi ngắn, đúng việc.")
