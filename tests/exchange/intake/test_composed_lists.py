"""Any list composed of the parts that offices' lists are made of is read back as it was meant."""

import pytest

from exchange.intake.books import ods, text, xlsx
from exchange.intake.clerk import read
from exchange.intake.composed import composed

LISTS = 40


def differences(seed: int, form: str) -> list[object]:
    made = composed(seed, typed=form != "csv")
    raw = {
        "xlsx": lambda: xlsx(made.page),
        "ods": lambda: ods(made.page),
        "csv": lambda: text(made.page).encode(),
    }[form]()
    head, *rows = read(raw, f"ds.{form}")
    found = [(one["row"], one["fields"]) for one in rows]
    wrong: list[object] = [
        (one, other) for one, other in zip(found, made.people, strict=False) if one != other
    ]
    if len(found) != len(made.people):
        wrong.append((len(found), len(made.people), head["skipped"]))
    if head["header_row"] != made.header_row:
        wrong.append((head["header_row"], made.header_row))
    return wrong


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize("seed", range(LISTS))
def test_a_composed_list_is_read_as_it_was_meant(seed: int, form: str) -> None:
    assert differences(seed, form) == []
