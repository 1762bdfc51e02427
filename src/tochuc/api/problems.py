"""What went wrong, as the API says it: a stable code, the field at fault, a Vietnamese sentence."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from tochuc.api.answer import written
from tochuc.kernel.errors import Conflict, DomainError, Refusals

logger = logging.getLogger("tochuc.api")

TRY_AGAIN_AFTER = 300
"""Seconds after which one who sent too many wrong tokens may try again."""


class WrongToken(Exception):
    """A request came with a token that lets nobody in."""


class TooMany(Exception):
    """Wrong tokens came from one address too often."""


class ReadOnly(Exception):
    """A token that may only read was sent with a write."""


class FactorOwed(Exception):
    """Somebody who has to use a second factor hasn't turned it on."""


class Stale(Exception):
    """A write was meant for a version that is no longer the one there."""


class Problem(Schema):
    """Why an operation wasn't done. ``field`` names the parameter at fault, null when it concerns the whole."""

    code: str
    field: str | None
    message: str


NOT_LOGGED_IN = Problem(
    code="not_logged_in", field=None, message="Cần đăng nhập, hoặc gửi kèm mã truy cập còn hạn."
)
WRONG_TOKEN = Problem(
    code="token_wrong", field=None, message="Mã truy cập không đúng, đã hết hạn hoặc đã bị thu hồi."
)
TOO_MANY = Problem(
    code="too_many", field=None, message="Đã gửi mã truy cập sai nhiều lần; xin chờ 5 phút rồi thử lại."
)
READ_ONLY = Problem(
    code="token_read_only", field=None, message="Mã truy cập này chỉ để đọc; muốn ghi cần một mã được ghi."
)
TOO_LARGE = Problem(code="too_large", field=None, message="Nội dung gửi lên quá lớn; chưa đọc gì.")
NO_SUCH_ADDRESS = Problem(code="not_found", field=None, message="API không có địa chỉ này.")
FACTOR_OWED = Problem(
    code="second_factor", field=None, message="Tài khoản này phải bật xác thực hai bước trước đã."
)
STALE = Problem(
    code="stale",
    field="If-Match",
    message="Nội dung đã được người khác thay đổi từ lúc đọc; hãy đọc lại rồi quyết định.",
)
FORBIDDEN = Problem(
    code="forbidden", field=None, message="Đồng chí xem được nội dung này nhưng không được làm việc vừa gọi."
)
NOT_FOUND = Problem(
    code="not_found", field=None, message="Không tìm thấy, hoặc không thuộc phạm vi của đồng chí."
)
STALE_TOKEN = Problem(
    code="csrf", field=None, message="Thiếu mã chống giả mạo, hoặc mã đã cũ; hãy tải lại trang rồi gửi lại."
)
UNREADABLE = Problem(code="unreadable", field=None, message="Nội dung gửi lên không phải JSON đọc được.")

UNREADABLE_FORM = Problem(
    code="unreadable", field=None, message="Biểu mẫu gửi lên không đọc được, hoặc có quá nhiều mục."
)

# What pydantic calls the ways a value can be wrong, by the start of its code.
_WRONG = (
    ("missing", "Cần điền mục này."),
    ("date", "Ngày phải ghi dạng năm-tháng-ngày, ví dụ 2023-04-20."),
    ("string_too_long", "Nội dung quá dài."),
    ("string_too_short", "Cần điền mục này."),
    ("greater_than", "Giá trị nhỏ quá mức cho phép."),
    ("less_than", "Giá trị lớn quá mức cho phép."),
    ("int", "Cần một số nguyên."),
    ("uuid", "Cần một mã UUID."),
    ("extra_forbidden", "Không có mục nào tên như vậy."),
    ("union_tag", "Không có loại này; xem các loại trong tài liệu của API."),
    ("literal_error", "Giá trị không có trong danh sách cho phép."),
)


def no_such_method(allowed: str) -> Problem:
    """An address was asked in a way it doesn't have."""
    return Problem(
        code="method", field=None, message=f"Địa chỉ này không có phép gọi đó; dùng được: {allowed}."
    )


def told(problem: Problem, status: int) -> HttpResponse:
    """A problem as an answer, where no operation was reached."""
    return written(problem.model_dump_json(), status)


def explain_failures(api: NinjaAPI) -> None:
    """Make every failure of the API answer with a ``Problem``."""
    for kind, status, problem in (
        (Http404, 404, NOT_FOUND),
        (PermissionDenied, 403, FORBIDDEN),
        (AuthenticationError, 401, NOT_LOGGED_IN),
        (WrongToken, 401, WRONG_TOKEN),
        (TooMany, 429, TOO_MANY),
        (ReadOnly, 403, READ_ONLY),
        (FactorOwed, 403, FACTOR_OWED),
        (Stale, 412, STALE),
        (RequestDataTooBig, 413, TOO_LARGE),
        (MultiPartParserError, 400, UNREADABLE_FORM),
        (SuspiciousOperation, 400, UNREADABLE_FORM),
    ):
        api.add_exception_handler(kind, _always(api, status, problem))

    def unread(request: HttpRequest, error: Any) -> HttpResponse:
        # What is wrong with a body is told as of a body that can't be read at all.
        if isinstance(error.__cause__, DomainError):
            return refused(request, error.__cause__)
        problem = STALE_TOKEN if error.status_code == 403 else UNREADABLE
        return api.create_response(request, problem, status=error.status_code)

    def invalid(request: HttpRequest, error: Any) -> HttpResponse:
        return api.create_response(request, _invalid(error), status=422)

    def refused(request: HttpRequest, error: Any) -> HttpResponse:
        status = 409 if isinstance(error, Conflict) else 422
        return api.create_response(request, _refused(error), status=status)

    def failed(request: HttpRequest, error: Any) -> HttpResponse:
        number = str(getattr(request, "request_id", ""))[:8]
        logger.error("request %s failed", number, exc_info=error)
        message = f"Hệ thống gặp trục trặc, việc vừa gọi chưa được ghi. Số để tra: {number}."
        return api.create_response(request, Problem(code="failed", field=None, message=message), status=500)

    api.add_exception_handler(HttpError, unread)
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(DomainError, refused)
    api.add_exception_handler(Exception, failed)


def _always(api: NinjaAPI, status: int, problem: Problem) -> Any:
    def answer(request: HttpRequest, _error: Any) -> HttpResponse:
        made = api.create_response(request, problem, status=status)
        if status == 401:
            made["WWW-Authenticate"] = 'Bearer realm="tochuc"'
        if status == 429:
            made["Retry-After"] = str(TRY_AGAIN_AFTER)
        return made

    return answer


def _refused(error: DomainError) -> Problem:
    if isinstance(error, Refusals):
        return Problem(code=error.code, field=error.errors[0].field, message=error.message)
    return Problem(code=error.code, field=error.field, message=error.message)


def _invalid(error: ValidationError) -> Problem:
    """The first thing that is wrong; the place in the body is told by its names there."""
    first = error.errors[0]
    source, *names = (str(part) for part in first.get("loc", ("",)))
    # The body's own name is the handler's, not the sender's.
    names = names[1:] if source == "body" else names
    kind = str(first.get("type", ""))
    words = next((words for start, words in _WRONG if kind.startswith(start)), "Giá trị không đọc được.")
    return Problem(code="unreadable", field=".".join(names) or None, message=words)
