"""Words of a name in the database: a generated column that finds a name by any of its words, in any order.

Words are taken as ``kernel.names.fold`` leaves them, without a dictionary: each is found whole or by its beginning.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Expression, Func, GeneratedField, Lookup
from django.db.models.fields import CharField, TextField
from django.db.models.functions import Cast, Collate, ExtractYear, Reverse

_WITHIN = ":"
FRONT = "<"
"""Marks a word that stands in front of the last one: of a person, the family and middle names."""


def words_of(fold: str, *, year: str = "", front: bool = False) -> GeneratedField:
    """A column with the words of a folded name, the year of a date beside them, and again those in front of the last."""
    parts: list[str | Expression] = [fold]
    if front:
        parts.append(
            Func(
                fold,
                template=f"replace(' ' || regexp_replace(%(expressions)s, ' ?[^ ]+$', ''), ' ', ' {FRONT}')",
                output_field=TextField(),
            )
        )
    if year:
        parts.append(Cast(ExtractYear(year), TextField()))
    words = Func(
        *parts,
        # An empty word isn't allowed; two spaces in a row would make one.
        template="array_to_tsvector(array_remove(string_to_array(%(expressions)s, ' '), ''))",
        arg_joiner=" || ' ' || ",
        output_field=SearchVectorField(),
    )
    return GeneratedField(expression=words, output_field=SearchVectorField(), db_persist=True, editable=False)


def words_within(within: str, fold: str, *others: str) -> Expression:
    """Words of a folded name and of other columns, each beginning with a row's number: an index of many lists in one.

    What ``all_within`` asks of it reads the list of that number only.
    """
    number = Cast(within, TextField())
    parts: list[str | Expression] = [fold, *(Cast(other, TextField()) for other in others)]
    # Written in the order of the alphabet, as a migration writes it: else the index is taken for another one.
    said = Func(*parts, arg_joiner=" || ' ' || ", output_field=TextField(), template="' ' || %(expressions)s")
    return Func(
        said,
        number,
        arg_joiner=", ' ', ' ' || ",
        output_field=SearchVectorField(),
        template="array_to_tsvector(array_remove(string_to_array(replace(%(expressions)s || '"
        + _WITHIN
        + "'), ' '), ''))",
    )


def all_within(number: int, whole: Collection[str], begun: Collection[str] = ()) -> str:
    """The text that ``has`` takes of ``words_within``: these words under this number."""
    return all_of([f"{number}{_WITHIN}{w}" for w in whole], [f"{number}{_WITHIN}{w}" for w in begun])


def all_of(whole: Collection[str], begun: Collection[str] = ()) -> str:
    """The text that ``has`` takes: these words whole, and words that begin so."""
    return " & ".join([*(f"'{_quoted(w)}'" for w in whole), *(f"'{_quoted(w)}':*" for w in begun)])


def from_its_end(number: str) -> Expression:
    """A number read from its last figure on, without dots and spaces: what it ends with is how this begins."""
    figures = Func(number, template="translate(%(expressions)s, ' .-/', '')", output_field=TextField())
    return Collate(Reverse(figures), "C")


def said(whole: Collection[str], begun: Collection[str] = (), *, in_front: bool = False) -> list[str]:
    """What ``has_said`` takes for a folded name to have these words, by reading it; ``in_front``: before its last word."""
    before = " _%" if in_front else ""
    return [*(f"% {_plain(w)}{before or ' %'}" for w in whole), *(f"% {_plain(w)}%{before}" for w in begun)]


def _plain(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _quoted(word: str) -> str:
    return word.replace("\\", "\\\\").replace("'", "''")


@SearchVectorField.register_lookup
class Has(Lookup):
    """Whether the column has the words that ``all_of`` names."""

    lookup_name = "has"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The condition in SQL."""
        column, given = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", (*given, self.rhs)


@CharField.register_lookup
class HasSaid(Lookup):
    """Whether a folded name fits all of the patterns that ``said`` gives: read row by row, no index is asked."""

    lookup_name = "has_said"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The condition in SQL."""
        column, given = self.process_lhs(compiler, connection)
        return f"(' ' || {column} || ' ') LIKE ALL (%s::text[])", (*given, list(self.rhs))
