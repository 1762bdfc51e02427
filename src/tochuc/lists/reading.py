"""That someone read a list of what is closed in a record until it is opened stays in the trail, as the opening does."""

from __future__ import annotations

from tochuc.access.viewer import Viewer
from tochuc.audit.record import record
from tochuc.lists.wanted import Wanted


def note(wanted: Wanted, viewer: Viewer, people: int) -> None:
    """Note who looked at a list with residence, telephone, ethnicity or religion, of how many people."""
    place = wanted.organisation.code
    data = {"asked": wanted.query(), "people": people}
    record(viewer.actor, "list.opened", stream=place, kind="organisation", key=place, data=data)
