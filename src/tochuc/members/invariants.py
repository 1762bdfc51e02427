"""The ledger's invariants on real data: events, what was folded from them, posts and days against one another.

Each is one query over whole tables, so that a country is checked in minutes. That folding a person anew gives the same
rows is checked on a sample (``members.refolding``).
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from tochuc.kernel.violations import MOST, PERSON, Check, Violation
from tochuc.members.branch_names import LISTED
from tochuc.members.joining_days import COUNTED
from tochuc.members.kinds import EVENT_KINDS, OUTSIDE
from tochuc.members.record_checks import FACT
from tochuc.org import invariants as tree

REFOLD = "chạy «tochuc check --mend» để tổng hợp lại sổ của người này từ các mục đã ghi"
_CORRECT = "đính chính mục ghi sai trong hồ sơ của người này"
_IN_PARTY = "('probationary', 'official')"
# Kinds that always move the person, and those that carry a place; a reorganisation may find that it no longer fits.
_MOVING = sorted(
    code
    for code, kind in EVENT_KINDS.items()
    if (kind.to is not None or kind.place) and code not in {"void", "reorganised"}
)
_PLACED = sorted(code for code, kind in EVENT_KINDS.items() if kind.place)
_REASONS = ", ".join(f"('{code}', '{kind.reason}')" for code, kind in EVENT_KINDS.items())


def _listed(codes: list[str]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


# A stay begins with a movement in and ends with one out. For each organisation both sides are added up as signed sums
# of hashes of (person, standing, day): where they are equal nothing is missing and nothing is twice; where they
# aren't, the people are looked for. One who only passed through on a day cancels out.
_POSTINGS = """
    SELECT organisation_id, person_id, standing, since AS day, 1 AS sign FROM members_membership {where}
    UNION ALL
    SELECT organisation_id, person_id, standing, until, -1 FROM members_membership {where_open}
    UNION ALL
    SELECT to_organisation_id, person_id, to_standing, "on", -1 FROM members_movement
    WHERE to_organisation_id IS NOT NULL {and_to}
    UNION ALL
    SELECT from_organisation_id, person_id, from_standing, "on", 1 FROM members_movement
    WHERE from_organisation_id IS NOT NULL {and_from}
"""
_ALL_POSTINGS = _POSTINGS.format(where="", where_open="WHERE until < '9999-12-31'", and_to="", and_from="")
_POSTINGS_OF_SOME = _POSTINGS.format(
    where="WHERE organisation_id IN (SELECT id FROM unequal)",
    where_open="WHERE until < '9999-12-31' AND organisation_id IN (SELECT id FROM unequal)",
    and_to="AND to_organisation_id IN (SELECT id FROM unequal)",
    and_from="AND from_organisation_id IN (SELECT id FROM unequal)",
)

_CHECKS = (
    Check(
        "balance",
        PERSON,
        "số lần vào, ra {} không khớp với thời gian sinh hoạt ở đó",
        REFOLD,
        f"""
        WITH unequal AS MATERIALIZED (
            SELECT organisation_id AS id FROM ({_ALL_POSTINGS}) posted
            GROUP BY organisation_id
            HAVING sum(sign * (hashint8extended(person_id * 4000000 + (day - DATE '2000-01-01'),
                                                hashtext(standing)) >> 1)) <> 0
                OR sum(sign) <> 0
        )
        SELECT DISTINCT p.ref, p.full_name, o.name FROM (
            SELECT person_id, organisation_id FROM ({_POSTINGS_OF_SOME}) posted
            GROUP BY organisation_id, person_id, standing, day HAVING sum(sign) <> 0
        ) differ
        JOIN members_person p ON p.id = differ.person_id JOIN org_organisation o ON o.id = differ.organisation_id
        """,
    ),
    Check(
        "gap",
        PERSON,
        "một lần chuyển không bắt đầu từ nơi mà lần trước đã đến",
        REFOLD,
        """
        SELECT DISTINCT p.ref, p.full_name FROM (
            SELECT person_id, "on", from_on, from_organisation_id AS o, from_standing AS s,
                   lag(to_organisation_id) OVER w AS was_o, coalesce(lag(to_standing) OVER w, 'outside') AS was_s,
                   lag("on") OVER w AS was_on
            FROM members_movement WINDOW w AS (PARTITION BY person_id ORDER BY "on", id)) v
        JOIN members_person p ON p.id = v.person_id
        WHERE v.o IS DISTINCT FROM v.was_o OR v.s <> v.was_s
           OR v.from_on <> CASE WHEN v.was_on = v."on" THEN v."on" ELSE v."on" - 1 END
        """,
    ),
    Check(
        "event",
        PERSON,
        "mục đã ghi ngày {} và sổ tổng hợp không khớp nhau",
        REFOLD,
        f"""
        SELECT p.ref, p.full_name, to_char(e.happened_on, 'DD/MM/YYYY') FROM members_memberevent e
        JOIN (VALUES {_REASONS}) k(kind, reason) ON k.kind = e.kind
        LEFT JOIN members_movement v ON v.event_id = e.id
        LEFT JOIN members_memberevent c ON c.corrects_id = e.id
        JOIN members_person p ON p.id = e.person_id
        WHERE v.id IS NULL AND c.id IS NULL AND e.kind IN ({_listed(_MOVING)})
           OR v.id IS NOT NULL AND (
               c.id IS NOT NULL OR v.person_id <> e.person_id OR v."on" <> e.happened_on OR v.reason <> k.reason
               OR e.kind IN ({_listed(_PLACED)}) AND v.to_organisation_id IS DISTINCT FROM e.organisation_id)
        """,
    ),
    Check(
        "recorded_before",
        PERSON,
        "việc ngày {} được ghi trước khi xảy ra",
        _CORRECT,
        """
        SELECT p.ref, p.full_name, to_char(e.happened_on, 'DD/MM/YYYY') FROM members_memberevent e
        JOIN members_person p ON p.id = e.person_id
        WHERE e.happened_on > (e.recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
          AND NOT EXISTS (SELECT 1 FROM members_memberevent c WHERE c.corrects_id = e.id)
        """,
    ),
    Check(
        "corrects_other",
        PERSON,
        "đính chính một mục của người khác",
        "hủy mục đính chính đó và ghi lại ở đúng người",
        """
        SELECT p.ref, p.full_name FROM members_memberevent e
        JOIN members_memberevent wrong ON wrong.id = e.corrects_id JOIN members_person p ON p.id = e.person_id
        WHERE wrong.person_id <> e.person_id AND e.corrects_id IS NOT NULL
        """,
    ),
    Check(
        "organisation",
        PERSON,
        "sinh hoạt ở {} vào ngày tổ chức đó không hoạt động",
        "đính chính ngày chuyển sinh hoạt hoặc ngày thành lập, kết thúc của tổ chức",
        """
        SELECT p.ref, p.full_name, o.name FROM members_membership m
        JOIN members_person p ON p.id = m.person_id
        JOIN org_organisation o ON o.id = m.organisation_id
        WHERE m.since < o.since OR m.until > o.until
        """,
    ),
    Check(
        "post",
        PERSON,
        "giữ chức vụ {} khi không phải là đảng viên",
        "ghi ngày thôi giữ chức vụ",
        f"""
        SELECT p.ref, p.full_name, t.title FROM members_holds h
        JOIN members_person p ON p.id = h.person_id JOIN org_post t ON t.id = h.post_id
        WHERE h.until - h.since > (
            SELECT coalesce(sum(least(m.until, h.until) - greatest(m.since, h.since)), 0)
            FROM members_membership m
            WHERE m.person_id = h.person_id AND m.since < h.until AND m.until > h.since
              AND m.standing IN {_IN_PARTY})
        """,
    ),
    Check(
        "post_ended",
        PERSON,
        "giữ chức vụ {} vào ngày chức vụ không có",
        "ghi ngày thôi giữ chức vụ, hoặc sửa ngày lập chức vụ",
        """
        SELECT p.ref, p.full_name, t.title FROM members_holds h JOIN members_person p ON p.id = h.person_id
        JOIN org_post t ON t.id = h.post_id
        WHERE h.since < t.since OR h.until > t.until
        """,
    ),
    Check(
        "post_event",
        PERSON,
        "giữ chức vụ {} mà không có mục nào ghi việc nhận chức vụ",
        REFOLD,
        """
        SELECT p.ref, p.full_name, t.title FROM members_holds h
        JOIN members_person p ON p.id = h.person_id JOIN org_post t ON t.id = h.post_id
        WHERE NOT EXISTS (
            SELECT 1 FROM members_memberevent e
            WHERE e.person_id = h.person_id AND e.happened_on = h.since AND e.post_id = h.post_id
              AND e.kind = 'took_post')
        """,
    ),
    Check(
        "condition_event",
        PERSON,
        "có một tình trạng bắt đầu ngày {} mà không có mục nào ghi",
        REFOLD,
        """
        SELECT p.ref, p.full_name, to_char(c.since, 'DD/MM/YYYY') FROM members_condition c
        JOIN members_person p ON p.id = c.person_id
        JOIN members_memberevent e ON e.id = c.event_id
        WHERE e.person_id <> c.person_id OR e.happened_on <> c.since
           OR EXISTS (SELECT 1 FROM members_memberevent later WHERE later.corrects_id = e.id)
        """,
    ),
)


# What is asked of each life as a whole: its stays are read once, in their order.
_OF_LIVES = {
    check.code: check
    for check in (
        Check("stays", PERSON, "ở hai nơi cùng một ngày", REFOLD, ""),
        Check("standing", PERSON, "tình trạng hoặc nơi sinh hoạt đang hiện khác với sổ", REFOLD, ""),
        Check("born", PERSON, "vào sổ trước ngày sinh", "sửa ngày sinh, hoặc đính chính ngày vào sổ", ""),
    )
}
_LIVES = f"""
    WITH stays AS (
        SELECT person_id, organisation_id, standing, since, until,
               lag(until) OVER w AS before, lead(since) OVER w IS NULL AS is_last
        FROM members_membership WINDOW w AS (PARTITION BY person_id ORDER BY since)
    ), lives AS (
        SELECT person_id, min(since) AS since, bool_or(before > since) AS twice,
               max(organisation_id) FILTER (WHERE is_last) AS organisation_id,
               max(standing) FILTER (WHERE until = '9999-12-31') AS standing
        FROM stays GROUP BY person_id
    ), amiss AS (
        SELECT p.ref, p.full_name, l.twice AS stays, l.since < p.birth_on AS born,
               p.standing <> coalesce(l.standing, '{OUTSIDE}')
               OR p.home_id IS DISTINCT FROM CASE
                   WHEN p.standing = '{OUTSIDE}' AND p.merged_into_id IS NOT NULL
                   THEN coalesce((SELECT kept.home_id FROM members_person kept WHERE kept.id = p.merged_into_id),
                                 l.organisation_id)
                   ELSE l.organisation_id END AS standing
        FROM members_person p LEFT JOIN lives l ON l.person_id = p.id
    )
    SELECT found.code, ref, full_name
    FROM amiss CROSS JOIN LATERAL (VALUES ('stays', stays), ('standing', standing), ('born', born)) found(code, so)
    WHERE (stays OR standing OR born) AND found.so
"""


def violations() -> Iterator[Violation]:
    """Every broken invariant of the ledger and the tree."""
    for check in (*_CHECKS, FACT, LISTED, COUNTED):
        yield from tree.rows_that_break(check)
    yield from _of_lives()
    yield from tree.violations()


def _of_lives() -> Iterator[Violation]:
    with connection.cursor() as cursor:
        cursor.execute(_LIVES)
        for code, *row in cursor.fetchmany(MOST):
            yield _OF_LIVES[code].found(tuple(row))
