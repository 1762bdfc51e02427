"""What a careful clerk would enter from a list, and comparing it with what was read."""

from datetime import date
from itertools import zip_longest
from typing import Any

from tochuc.exchange.intake.dry_run import dry_run

TODAY = date(2026, 11, 24)

Read = list[dict[str, Any]]


def read(raw: bytes, name: str = "ds.xlsx", **given: Any) -> Read:
    """Everything the dry run says of a file."""
    return list(dry_run(raw, name, today=TODAY, **given))


def head(
    sheet: str | None,
    header_row: int,
    columns: str,
    *,
    ignored: str = "",
    people: int,
    rows_read: int,
    skipped: dict[str, str] | None = None,
) -> dict[str, Any]:
    """A head; `columns` as "B full_name, C birth"."""
    return {
        "sheet": sheet,
        "header_row": header_row,
        "columns": dict(pair.split() for pair in columns.split(", ")),
        "ignored_columns": ignored.split(),
        "rows_read": rows_read,
        "people": people,
        "skipped": skipped or {},
    }


def person(
    row: int, full_name: str = "", *, errors: str = "", doubts: str = "", **fields: Any
) -> dict[str, Any]:
    """A row; errors and doubts as "C unreadable_date, D two_digit_year"."""
    named = {"full_name": full_name} if full_name else {}
    return {
        "row": row,
        "action": "refuse" if errors else "create",
        "fields": named | fields,
        "errors": [tuple(pair.split()) for pair in errors.split(", ")] if errors else [],
        "doubts": [tuple(pair.split()) for pair in doubts.split(", ")] if doubts else [],
    }


def assert_read(raw: bytes, *expected: dict[str, Any], name: str = "ds.xlsx", **given: Any) -> None:
    """The file reads as the clerk reads it, and each object has the contract's shape."""
    found = [_plain(one, name) for one in read(raw, name, **given)]
    differences = [
        f"{'read':8}{one}\n{'entered':8}{two}\n" for one, two in zip_longest(found, expected) if one != two
    ]
    assert not differences, "\n" + "\n".join(differences)


def _plain(one: dict[str, Any], name: str) -> dict[str, Any]:
    if "file" in one:
        assert list(one) == [
            "file", "sheet", "header_row", "columns", "ignored_columns", "rows_read", "people", "skipped",
        ]  # fmt: skip
        assert one["file"] == name
        return {key: value for key, value in one.items() if key != "file"}
    assert list(one) == ["sheet", "row", "action", "fields", "errors", "doubts"]
    for finding in (*one["errors"], *one["doubts"]):
        assert list(finding) == ["column", "field", "code", "value", "message"]
        assert finding["message"]
    return {
        "row": one["row"],
        "action": one["action"],
        "fields": one["fields"],
        "errors": [(finding["column"], finding["code"]) for finding in one["errors"]],
        "doubts": [(finding["column"], finding["code"]) for finding in one["doubts"]],
    }


def on(
    sheet: str | None, row: int, full_name: str, said: str, *, errors: str = "", doubts: str = ""
) -> tuple[str | None, dict[str, Any]]:
    """A person of a workbook with several sheets; fields as "birth 1975 · religion none · exempt yes"."""
    pairs = (pair.split(" ", 1) for pair in said.split(" · ") if pair)
    fields = {field: {"none": None, "yes": True}.get(value, value) for field, value in pairs}
    return sheet, person(row, full_name, errors=errors, doubts=doubts, **fields)


def assert_people(raw: bytes, *expected: tuple[str | None, dict[str, Any]], name: str = "ds.xlsx") -> None:
    """The people of the file are those, whatever its heads say; a cell's name may be in capitals."""
    found = [(one["sheet"], _small(_plain(one, name))) for one in read(raw, name) if "row" in one]
    entered = [(sheet, _small(one)) for sheet, one in expected]
    differences = [
        f"{'read':8}{one}\n{'entered':8}{two}\n" for one, two in zip_longest(found, entered) if one != two
    ]
    assert not differences, "\n" + "\n".join(differences)


def _small(one: dict[str, Any]) -> dict[str, Any]:
    cell = one["fields"].get("cell")
    return {**one, "fields": {**one["fields"], **({"cell": cell.casefold()} if cell else {})}}
