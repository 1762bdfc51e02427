"""Slips of what organisations make due: the same conditions as ``from_organisations`` words, in one query.

The two stand side by side and a test holds them together: here they decide for all organisations of a branch at once,
there for the one that is shown.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.deadlines import after
from tochuc.duties.slips import Slips
from tochuc.kernel.errors import NotInForce
from tochuc.members.strength import looked_up
from tochuc.org.kinds import DEPUTY_POSTS, MEMBER_KINDS
from tochuc.rules.ask import rule

SIZE, COMMITTEE, TERM, POST = (
    "organisation_size",
    "organisation_committee",
    "organisation_term",
    "organisation_post",
)
LEAST, ENOUGH, SMALL, ELECT = "least", "enough", "small", "elect"
TERM_RULES = {
    "grassroots_committee": "organisation.term_grassroots",
    "grassroots_cell": "organisation.term_grassroots",
    "cell": "organisation.term_cell",
}
"""Kinds of organisation whose terms are reminded of, with the rule that says how long one is."""
# A congress is prepared for months; the list looks that far ahead.
AHEAD = timedelta(days=120)

_COUNTED = (*sorted(MEMBER_KINDS), "grassroots_committee")
_LIMITS = {
    "least": "organisation.cell_min_official_members",
    "enough": "organisation.grassroots_committee_min",
    "elect": "organisation.cell_committee_min_members",
    "cell_most": "organisation.cell_committee_max",
    "cell_deputies": "organisation.cell_deputies",
    "commune_most": "organisation.commune_committee_max",
    "commune_most_two": "organisation.commune_committee_max_two",
    "commune_standing": "organisation.commune_standing_max",
    "commune_deputies": "organisation.commune_deputies",
}


def slips_of_viewer(viewer: Viewer, until: date | None) -> Slips | None:
    """Sizes and empty posts for those who set organisations up; committees and terms for the cell itself too."""
    concerned = gate.visible(viewer, "organisation.congress", "organisation")
    arranged = gate.visible(viewer, "organisation.arrange", "organisation")
    tables = looked_up(concerned, viewer.today, among=arranged, counted=_COUNTED)
    if tables is None:
        return None
    given = {name: _number(rule_id, viewer.today) for name, rule_id in _LIMITS.items()}
    sql = _WITH.format(
        tables=tables[0],
        cells=_listed(MEMBER_KINDS),
        deputies=_listed(DEPUTY_POSTS),
        term_kinds=_listed(TERM_RULES),
        ends=_ends(),
        today=f"DATE '{viewer.today}'",
        until=f"DATE '{until or viewer.today + AHEAD}'",
        **{f"{kind}_kind": f"'{code}'" for kind, code in _NAMED.items()},
        **given,
        **{f"{name}_rule": f"'{rule_id}'" for name, rule_id in _LIMITS.items()},
    )
    return Slips(sql, tables[1])


_NAMED = {"size": SIZE, "committee": COMMITTEE, "term": TERM, "post": POST}


def _number(rule_id: str, on: date) -> str:
    """The number of a limit as SQL; NULL, which nothing is more or less than, where no rule was in force."""
    try:
        return str(rule(rule_id, on=on).number)
    except NotInForce:
        return "NULL::int"


def _ends() -> str:
    """When the term ends, by the rule of each kind."""
    cases = " ".join(
        f"WHEN s.kind = '{kind}' THEN {after(rule_id, 'c.day')}" for kind, rule_id in TERM_RULES.items()
    )
    return f"CASE {cases} END"


def _listed(codes: Any) -> str:
    return "(" + ", ".join(f"'{code}'" for code in sorted(codes)) + ")"


_WITH = """
    WITH {tables}, stands AS (
        SELECT s.id, s.code, s.kind, coalesce(b.members, 0) AS members, coalesce(b.official, 0) AS official,
               s.id IN (SELECT id FROM marked WHERE true) AS marked
        FROM span s LEFT JOIN branch b USING (id)
    ), seated AS (
        SELECT s.id, s.code, s.kind, s.official, t.*, coalesce(m.n, 0) AS merged_of
        FROM stands s
        JOIN (
            SELECT id AS held_id, sum(n) AS n, coalesce(sum(n) FILTER (WHERE kind = 'secretary'), 0) AS secretaries,
                   coalesce(sum(n) FILTER (WHERE kind IN {deputies}), 0) AS deputies,
                   coalesce(sum(n) FILTER (WHERE kind <> 'committee_member'), 0) AS standing
            FROM held GROUP BY id
        ) t ON t.held_id = s.id
        LEFT JOIN merged m USING (id)
    )
    SELECT {size_kind}, s.id, NULL::bigint, {today}, s.code || ' ' || v.point, '', false
    FROM stands s CROSS JOIN LATERAL (VALUES
        ('least', s.kind IN {cells} AND s.official < {least}),
        ('enough', s.kind = 'grassroots_cell' AND s.members >= {enough}),
        ('small', s.kind = 'grassroots_committee' AND s.members > 0 AND s.members < {enough})
    ) AS v(point, holds)
    WHERE s.marked AND v.holds
    UNION ALL
    SELECT {committee_kind}, s.id, NULL::bigint, {today}, s.code || ' ' || v.point, '', false
    FROM seated s CROSS JOIN LATERAL (VALUES
        ('elect', s.kind IN {cells} AND s.official >= {elect} AND s.n = 1 AND s.secretaries = 1),
        ({cell_most_rule}, s.kind IN {cells} AND s.n > {cell_most}),
        ({cell_deputies_rule}, s.kind IN {cells} AND s.deputies > {cell_deputies}),
        ({commune_most_rule}, s.kind = 'commune_committee' AND s.merged_of > 2 AND s.n > {commune_most}),
        ({commune_most_two_rule}, s.kind = 'commune_committee' AND s.merged_of <= 2 AND s.n > {commune_most_two}),
        ({commune_standing_rule}, s.kind = 'commune_committee' AND s.standing > {commune_standing}),
        ({commune_deputies_rule}, s.kind = 'commune_committee' AND s.deputies > {commune_deputies})
    ) AS v(point, holds)
    WHERE v.holds
    UNION ALL
    SELECT {term_kind}, s.id, NULL::bigint, e.day, s.code || ' ' || {term_kind}, '', false
    FROM span s JOIN congress c USING (id) CROSS JOIN LATERAL (SELECT {ends} AS day) AS e
    WHERE s.kind IN {term_kinds} AND e.day <= {until}
    UNION ALL
    SELECT {post_kind}, v.id, NULL::bigint, v.since, s.code || ' ' || v.title, v.title, true
    FROM vacant v JOIN span s USING (id) WHERE v.id IN (SELECT id FROM marked)
"""
