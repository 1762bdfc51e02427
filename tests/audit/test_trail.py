"""The trail: each act has its sentence, each entry holds the one before it, and tampering shows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

import tochuc
from cast import Cast
from side_by_side import at_once, committed, owner
from tochuc.audit.models import Entry
from tochuc.audit.record import NOBODY, SYSTEM, Actor, digest, record
from tochuc.audit.sentences import SENTENCES
from tochuc.audit.verify import broken

_SOURCES = Path(tochuc.__file__).parent
OFFICER = Actor(7, "Lê Thị Thu Hà", "request-1")


def test_an_entry_says_who_did_what_to_what_and_why(cast: Cast) -> None:
    record(
        OFFICER,
        "member.corrected",
        stream="xa-a",
        kind="person",
        key="abc",
        data={"event": 3},
        reason="Sai ngày.",
    )
    entry = Entry.objects.get(object_key="abc")
    assert (entry.account, entry.account_name, entry.request_id) == (7, "Lê Thị Thu Hà", "request-1")
    assert (entry.action, entry.object_kind, entry.data) == ("member.corrected", "person", {"event": 3})
    assert (entry.stream, entry.reason) == ("xa-a", "Sai ngày.")


def test_an_act_without_a_sentence_is_refused_and_nothing_written(cast: Cast) -> None:
    before = Entry.objects.count()
    with pytest.raises(LookupError, match=r"gossip\.heard"):
        record(NOBODY, "gossip.heard")
    assert Entry.objects.count() == before


def test_every_act_that_the_program_records_has_a_sentence() -> None:
    named = {action for path in _SOURCES.rglob("*.py") for action in _recorded_in(path)}
    assert len(named) > 20
    assert named <= set(SENTENCES)
    for sentence in SENTENCES.values():
        assert sentence == sentence.strip()
        assert sentence[0].isupper()
        assert sentence[-1] not in ".!"


def _recorded_in(path: Path) -> Iterator[str]:
    """The acts named in calls of `record`; a name chosen by a condition counts with both its values."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "record" and len(call.args) > 1:
            for node in ast.walk(call.args[1]):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def test_each_stream_counts_from_one_and_holds_the_entry_before(cast: Cast) -> None:
    for stream in ("s1", "s2", "s1", "s1"):
        record(OFFICER, "person.read", stream=stream)
    first, second, third = Entry.objects.filter(stream="s1").order_by("sequence")
    assert [e.sequence for e in (first, second, third)] == [1, 2, 3]
    assert (first.previous, second.previous, third.previous) == ("", first.digest, second.digest)
    assert Entry.objects.get(stream="s2").sequence == 1


def test_what_the_characters_did_makes_unbroken_chains(cast: Cast) -> None:
    assert Entry.objects.filter(stream="xa-a-thon-dong").count() > 10
    assert list(broken()) == []
    assert list(broken("xa-a-thon-dong")) == []


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
_DATA = st.dictionaries(_TEXT, st.one_of(_TEXT, st.integers(-(2**53), 2**53), st.booleans(), st.none()))


@given(name=_TEXT, reason=_TEXT, data=_DATA)
@settings(
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_said_reads_back_as_it_was_sealed(
    cast: Cast, name: str, reason: str, data: dict[str, Any]
) -> None:
    with transaction.atomic():
        record(Actor(None, name), "person.read", stream="any", reason=reason, data=data)
        assert list(broken("any")) == []
        transaction.set_rollback(True)


# --- tampering, by one who holds the owner's password -----------------------------------------------------

STREAM = "xa-a-thon-dong"


@contextmanager
def _tampered(statement: str, *values: Any) -> Iterator[None]:
    """The committed trail after a statement of the owner; put back as it was."""
    with owner() as own:
        own.execute("CREATE TABLE audit_kept AS TABLE audit_entry")
    try:
        with owner() as own:
            changed = own.execute(statement, values)
            assert changed.rowcount > 0
        yield
    finally:
        with owner() as own:
            own.execute("DELETE FROM audit_entry")
            own.execute("INSERT INTO audit_entry SELECT * FROM audit_kept")
            own.execute("DROP TABLE audit_kept")


def _found() -> set[tuple[str, int, str]]:
    return set(broken())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2020-01-01"),
        ("account", 99),
        ("account_name", "Người Khác"),
        ("action", "person.corrected"),
        ("object_kind", "account"),
        ("object_key", "khác"),
        ("data", Jsonb({"event": 0})),
        ("reason", "Lý do khác"),
        ("request_id", "request-2"),
    ],
)
def test_a_changed_entry_is_found(cast: Cast, column: str, value: Any) -> None:
    with _tampered(f"UPDATE audit_entry SET {column} = %s WHERE stream = %s AND sequence = 5", value, STREAM):
        assert _found() == {(STREAM, 5, "nội dung đã bị sửa")}
    assert _found() == set()


def test_a_changed_entry_with_a_digest_made_to_fit_breaks_the_next(cast: Cast) -> None:
    entry = Entry.objects.get(stream=STREAM, sequence=5)
    entry.reason = "Lý do khác"
    with _tampered(
        "UPDATE audit_entry SET reason = %s, digest = %s WHERE stream = %s AND sequence = 5",
        *(entry.reason, digest(entry), STREAM),
    ):
        assert _found() == {(STREAM, 6, "không nối với mục trước")}


def test_a_missing_entry_is_found(cast: Cast) -> None:
    with _tampered("DELETE FROM audit_entry WHERE stream = %s AND sequence = 5", STREAM):
        assert _found() == {(STREAM, 6, "thiếu mục trước"), (STREAM, 6, "không nối với mục trước")}


def test_an_entry_put_into_another_stream_is_found(cast: Cast) -> None:
    with _tampered("UPDATE audit_entry SET stream = 'xa-a' WHERE stream = %s AND sequence = 5", STREAM):
        streams = {stream for stream, _, _ in _found()}
        assert streams == {STREAM, "xa-a"}


# --- two at once ------------------------------------------------------------------------------------------


def test_two_entries_of_one_stream_at_once_make_one_chain(cast: Cast) -> None:
    try:
        first, second = at_once(
            lambda: record(OFFICER, "person.read", stream="hai-nguoi"),
            lambda: record(OFFICER, "person.read", stream="hai-nguoi"),
        )
        assert (first.sequence, second.sequence) == (1, 2)
        assert second.previous == first.digest
        assert list(broken("hai-nguoi")) == []
    finally:
        with owner() as own:
            own.execute("DELETE FROM audit_entry WHERE stream = 'hai-nguoi'")


def test_an_entry_made_outside_any_transaction_still_holds_the_chain_s_lock(cast: Cast) -> None:
    def alone() -> int:
        with connection.execute_wrapper(_inside_a_transaction):
            return record(OFFICER, "account.login_failed", stream="mot-minh").sequence

    try:
        assert [committed(alone), committed(alone)] == [1, 2]
    finally:
        with owner() as own:
            own.execute("DELETE FROM audit_entry WHERE stream = 'mot-minh'")


def _inside_a_transaction(execute: Any, sql: str, *rest: Any) -> Any:
    assert connection.in_atomic_block, sql
    return execute(sql, *rest)


def test_the_trail_s_own_stream_is_the_system_unless_said(cast: Cast) -> None:
    assert record(NOBODY, "demo.loaded").stream == SYSTEM
