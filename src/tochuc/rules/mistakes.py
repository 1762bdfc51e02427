"""What is wrong with a file, in words that say how to mend it: which keys and values may stand there instead."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from tochuc.rules.strict_yaml import Place

_A_DAY = "phải là một ngày, ví dụ 2021-07-30"
_WORDS_FOR = {
    "missing": "thiếu khóa này",
    "date_type": _A_DAY,
    "date_parsing": _A_DAY,
    "date_from_datetime_parsing": _A_DAY,
    "date_from_datetime_inexact": _A_DAY,
    "string_type": "phải là chữ: đặt trong dấu ngoặc kép",
    "int_type": "phải là số nguyên",
    "bool_type": "phải là true hoặc false",
    "list_type": "phải là danh sách",
    "tuple_type": "phải là danh sách",
    "dict_type": "phải gồm các khóa và giá trị",
    "model_type": "phải gồm các khóa và giá trị",
    "string_too_short": "chữ ngắn quá, hoặc để trống",
    "too_short": "cần ít nhất một mục",
    "string_pattern_mismatch": "chỉ dùng chữ thường không dấu, chữ số và dấu nối",
}


def mistakes(error: ValidationError, kind: type[BaseModel]) -> Iterator[tuple[Place, str]]:
    """Each mistake of a file that should have been of this kind: its place, and what is wrong in words."""
    for detail in error.errors(include_url=False):
        place: Place = detail["loc"]
        match detail["type"]:
            case "extra_forbidden":
                keys = _instead(str(place[-1]), keys_at(kind, place), "các khóa ")
                yield place, f"không có khóa nào tên như vậy; {keys}"
            case "literal_error":
                allowed = re.findall(_QUOTED, detail["ctx"]["expected"])
                yield place, f"{detail['input']} không dùng được; {_instead(str(detail['input']), allowed)}"
            case "value_error":
                yield place, detail["msg"].removeprefix("Value error, ")
            case known:
                yield place, _WORDS_FOR.get(known, detail["msg"])


_QUOTED = r"'([^']*)'"


def _instead(name: str, allowed: list[str], what: str = "") -> str:
    near = get_close_matches(name, allowed, n=1)
    asked = f"có phải {near[0]}? " if near else ""
    return f"{asked}{what}dùng được: {', '.join(allowed)}"


def keys_at(kind: type[BaseModel], place: Place) -> list[str]:
    """The keys that may stand where this one does."""
    here: list[Any] = [kind]
    for step in place[:-1]:
        here = [found for one in here for found in _inside(one, step)]
    return sorted({key for one in here if _is_model(one) for key in _keys(one)})


def _keys(model: type[BaseModel]) -> Iterator[str]:
    return (field.alias or name for name, field in model.model_fields.items())


def _inside(kind: Any, step: str | int) -> Iterator[Any]:
    """What kinds of thing may stand at this key or number of such a thing."""
    if _is_model(kind):
        for name, field in kind.model_fields.items():
            if step == (field.alias or name):
                yield from _bare(field.annotation)
        if step == kind.__name__:  # one of several kinds, as pydantic names it among the places
            yield kind
    elif get_origin(kind) in (list, tuple) and isinstance(step, int):
        yield from _bare(get_args(kind)[0])
    elif get_origin(kind) in (dict, Mapping):
        yield from _bare(get_args(kind)[1])


def _bare(annotation: Any) -> Iterator[Any]:
    """The kinds that an annotation allows, each for itself."""
    if get_origin(annotation) is Annotated:
        yield from _bare(get_args(annotation)[0])
    elif get_origin(annotation) is Union or type(annotation).__name__ == "UnionType":
        for one in get_args(annotation):
            yield from _bare(one)
    else:
        yield annotation


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
