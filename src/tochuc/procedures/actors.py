"""Who acts in the procedures: the member, the cell, the committee at the base, the committee that decides."""

from __future__ import annotations

from tochuc.access.roles import CELL_SECRETARY, COMMUNE_SECRETARY, MEMBER, ORGANISATION_OFFICER
from tochuc.cases.declare import BASE, CELL, COMPETENT, SUBJECT, TO, TO_BASE, Actor, Role

SECRETARY = Role(CELL_SECRETARY)
COMMITTEE = Role(COMMUNE_SECRETARY)
BOARD = Role(ORGANISATION_OFFICER)

ONESELF = Actor(MEMBER, SUBJECT)
THE_CELL = SECRETARY @ CELL
THE_BASE = COMMITTEE @ BASE
THE_COMPETENT = BOARD @ COMPETENT
RECEIVING_CELL = SECRETARY @ TO
RECEIVING_BASE = COMMITTEE @ TO_BASE
