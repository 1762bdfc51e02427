"""The tree's invariants on real data: names and superiors against events, the closure against superiors, no cycle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice

from django.db import connection

from tochuc.kernel.violations import MOST, ORGANISATION, Check, Violation
from tochuc.org import folds, tree
from tochuc.org.models import Organisation, OrganisationEvent, OrganisationSpan

REFOLD = "chạy «tochuc check --mend» để tổng hợp lại tổ chức này từ các mục đã ghi"
_CHECKS = (
    Check(
        "tree",
        ORGANISATION,
        "không đứng trong cây vào ngày đang hoạt động",
        "ghi cấp trên trực tiếp của tổ chức",
        """
        SELECT o.code, o.name FROM org_organisation o
        WHERE o.since < o.until AND NOT EXISTS (
            SELECT 1 FROM org_under u WHERE u.unit_id = o.id AND u.depth = 0 AND u.since <= o.since)
        """,
    ),
    Check(
        "superior",
        ORGANISATION,
        "trực thuộc một tổ chức vào ngày tổ chức đó không hoạt động",
        "ghi cấp trên trực tiếp mới của tổ chức từ ngày cấp trên cũ kết thúc",
        """
        SELECT o.code, o.name FROM org_organisationspan s
        JOIN org_organisation o ON o.id = s.organisation_id
        JOIN org_organisation p ON p.id = s.parent_id
        WHERE s.since < p.since OR s.until > p.until
        """,
    ),
    Check(
        "cycle",
        ORGANISATION,
        "là cấp trên của chính mình",
        "đính chính mục ghi cấp trên trực tiếp",
        """
        WITH RECURSIVE up(unit, above, since, until, depth) AS (
            SELECT organisation_id, parent_id, since, until, 1 FROM org_organisationspan
            WHERE parent_id IS NOT NULL
              AND organisation_id IN (SELECT parent_id FROM org_organisationspan)
            UNION
            SELECT up.unit, s.parent_id, greatest(up.since, s.since), least(up.until, s.until), up.depth + 1
            FROM up JOIN org_organisationspan s ON s.organisation_id = up.above
            WHERE s.parent_id IS NOT NULL AND up.above <> up.unit AND up.depth < 12
              AND greatest(up.since, s.since) < least(up.until, s.until)
        )
        SELECT DISTINCT o.code, o.name FROM up JOIN org_organisation o ON o.id = up.unit
        WHERE up.above = up.unit
        """,
    ),
    Check(
        "closure",
        ORGANISATION,
        "cây tổ chức lưu sẵn không khớp với cấp trên trực tiếp",
        REFOLD,
        f"""
        WITH asked AS MATERIALIZED ({tree.closure_of_all()})
        SELECT DISTINCT o.code, o.name FROM (
            (SELECT unit, above, depth, since, until FROM asked
             EXCEPT SELECT unit_id, above_id, depth, since, until FROM org_under)
            UNION ALL
            (SELECT unit_id, above_id, depth, since, until FROM org_under
             EXCEPT SELECT unit, above, depth, since, until FROM asked)
        ) differ JOIN org_organisation o ON o.id = differ.unit
        """,
    ),
    Check(
        "span_overlap",
        ORGANISATION,
        "có hai tên hoặc hai cấp trên trong cùng một ngày",
        REFOLD,
        """
        SELECT DISTINCT o.code, o.name FROM (
            SELECT organisation_id, since,
                   lag(until) OVER (PARTITION BY organisation_id ORDER BY since) AS before
            FROM org_organisationspan) s JOIN org_organisation o ON o.id = s.organisation_id
        WHERE s.before > s.since
        """,
    ),
    Check(
        "latest",
        ORGANISATION,
        "tên, loại hình hoặc ngày đang hiện khác với mục ghi sau cùng",
        REFOLD,
        """
        SELECT o.code, o.name FROM org_organisation o JOIN (
            SELECT DISTINCT ON (organisation_id) *, min(since) OVER (PARTITION BY organisation_id) AS began
            FROM org_organisationspan ORDER BY organisation_id, since DESC) s ON s.organisation_id = o.id
        WHERE (o.name, o.kind, o.cell_kind, o.since, o.until)
              IS DISTINCT FROM (s.name, s.kind, s.cell_kind, s.began, s.until)
        """,
    ),
)


def violations() -> Iterator[Violation]:
    """Every broken invariant of the tree."""
    for check in _CHECKS:
        yield from rows_that_break(check)
    yield from islice(_spans_against_events(), MOST)


def rows_that_break(check: Check) -> Iterator[Violation]:
    """What one query finds, up to ``MOST``."""
    with connection.cursor() as cursor:
        cursor.execute(check.sql)
        for row in cursor.fetchmany(MOST):
            yield check.found(row)


def _spans_against_events() -> Iterator[Violation]:
    """Organisations whose names, kinds and superiors through time aren't what their events say."""
    in_force = OrganisationEvent.objects.filter(corrected_by=None).exclude(kind=OrganisationEvent.VOID)
    events = in_force.order_by("organisation_id", "happened_on", "pk").only(
        "organisation_id", "kind", "happened_on", "data"
    )
    stored: dict[int, list[folds.Shape]] = {}
    fields = ("name", "short_name", "kind", "cell_kind", "parent", "since", "until")
    rows = OrganisationSpan.objects.order_by("organisation_id", "since")
    for own, *shape in rows.values_list("organisation_id", *fields).iterator(chunk_size=5000):
        stored.setdefault(own, []).append(folds.Shape(*shape))
    for own, happened in groupby(events.iterator(chunk_size=5000), key=lambda e: e.organisation_id):
        if folds.fold(happened) != stored.pop(own, []):
            yield _refold(own)
    for own in stored:
        yield _refold(own)


def _refold(organisation: int) -> Violation:
    one = Organisation.objects.get(pk=organisation)
    problem = "tên, loại hình và cấp trên theo thời gian không khớp với các mục đã ghi"
    return Violation("organisation_fold", ORGANISATION, one.code, one.name, problem, REFOLD)
