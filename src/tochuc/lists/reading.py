"""That someone read a list of what is closed in a record until it is opened stays in the trail, as the opening does."""

from __future__ import annotations

from tochuc.access.viewer import Viewer
from tochuc.audit.record import record
from tochuc.lists.wanted import Wanted
from tochuc.org.models import Organisation


def note(wanted: Wanted, viewer: Viewer, people: int) -> None:
    """Note who looked at a list with residence, telephone, ethnicity or religion, of how many people."""
    place = wanted.organisation.code
    data = {"asked": wanted.query(), "people": people}
    record(viewer.actor, "list.opened", stream=place, kind="organisation", key=place, data=data)


def note_register(organisation: Organisation, viewer: Viewer, title: str, asked: str, people: int) -> None:
    """Note who looked at an official list: it shows ethnicity and religion, as its form asks."""
    place = organisation.code
    data = {"list": title, "asked": asked, "people": people}
    record(viewer.actor, "list.opened", stream=place, kind="organisation", key=place, data=data)
