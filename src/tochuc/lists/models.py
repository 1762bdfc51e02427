"""Lists that people saved: a name for what they ask for."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from tochuc.access.models import Account
from tochuc.org.models import Organisation


def new_ref() -> str:
    """The part of a saved list's address."""
    return secrets.token_hex(5)


class SavedList(models.Model):
    """A list of an organisation's members that someone named, by the query of its address.

    ``shared`` ones are offered to everyone who may see the organisation's members.
    """

    ref = models.SlugField(max_length=20, unique=True, default=new_ref)
    account = models.ForeignKey(Account, models.CASCADE, related_name="saved_lists")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="saved_lists")
    name = models.CharField("tên danh sách", max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "organisation", "name"], name="saved_list_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_list_named"),
        ]

    def __str__(self) -> str:
        return self.name
