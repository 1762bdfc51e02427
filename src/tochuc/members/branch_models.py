"""What is kept of large branches beside the ledger, never written by hand: what their movements come to
(``totalling``), and who is found in them by name (``branch_names``).
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Expression

from tochuc.org.models import Organisation
from tochuc.org.words import words_within


class BranchDay(models.Model):
    """How many movements of one kind a branch had on a day: for a reason, from one standing in it to another.

    An empty standing is anywhere outside the branch or the Party's lists. The rows of the same kind add up: whoever
    records meanwhile adds a row of their own instead of waiting.
    """

    above = models.ForeignKey(Organisation, models.CASCADE, db_index=False, related_name="+")
    on = models.DateField()
    reason = models.CharField(max_length=16, blank=True)
    from_standing = models.CharField(max_length=16, blank=True)
    to_standing = models.CharField(max_length=16, blank=True)
    n = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["above", "on"],
                include=["reason", "from_standing", "to_standing", "n"],
                name="branch_day",
            )
        ]


class BranchMonth(models.Model):
    """By how many people of one standing a branch grew in a month, named by its first day; rows add up likewise."""

    above = models.ForeignKey(Organisation, models.CASCADE, db_index=False, related_name="+")
    month = models.DateField()
    standing = models.CharField(max_length=16)
    n = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["above", "month"], include=["standing", "n"], name="branch_month")]


def branch_words() -> Expression:
    """The words by which a search within one branch finds a person: of the name, and the birth year."""
    return words_within("branch", "fold", "born")


class BranchName(models.Model):
    """A person who stands, or stood last, in what is or ever was under a large branch that has a superior.

    A search in the branch reads these rows alone; whether the viewer may see the person is asked of the person. The
    database writes them with each person; ``branch_names`` does when organisations move.
    """

    pk = models.CompositePrimaryKey("person_id", "branch_id")
    # The rows are derived and written by the million; ``tochuc check`` holds them against people and tree.
    person = models.ForeignKey(
        "Person", models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    branch = models.ForeignKey(
        Organisation, models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    sort_key = models.CharField(max_length=240, db_collation="C")
    fold = models.CharField(max_length=120)
    born = models.SmallIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["branch", "sort_key", "person"], include=["fold", "born"], name="branch_name_in_order"
            ),
            GinIndex(branch_words(), name="branch_name_by_words"),
        ]
