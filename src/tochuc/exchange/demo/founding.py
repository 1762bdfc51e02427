"""Cells that begin while the records are kept: until then their people are in the cells they come from."""

from __future__ import annotations

from datetime import date
from random import Random

from tochuc.exchange.demo.lives import FAR, Fact, Life
from tochuc.exchange.demo.structure import CellPlan, Plan


def settle(plan: Plan, rng: Random, lives: list[Life]) -> None:
    """Let every fact name the cell that was there on its day, and move people when a new cell begins."""
    later = {cell.code: cell for cell in plan.cells if cell.before}
    for life in lives:
        if any(fact.cell in later for fact in life.facts):
            life.facts = _settled(life.facts, later, rng)


def _settled(facts: list[Fact], later: dict[str, CellPlan], rng: Random) -> list[Fact]:
    told: list[Fact] = []
    # The day on which the person moves with the others, and whereto.
    moving, target = FAR, ""
    for fact in facts:
        if fact.on >= moving:
            told.append(_founding_move(moving, target))
            moving = FAR
        if fact.ends or fact.kind == "sympathiser_closed":
            moving = FAR
        if fact.cell is not None:
            moving = FAR
            cell = later.get(fact.cell)
            if cell is not None and fact.on < cell.since:
                moving, target = cell.since, cell.code
                fact.cell = _earlier_cell(told, cell, rng)
        told.append(fact)
    if moving != FAR:
        told.append(_founding_move(moving, target))
    return told


def _earlier_cell(told: list[Fact], cell: CellPlan, rng: Random) -> str:
    """One of the cells it comes from; a sympathiser is admitted where they were listed."""
    listed = next((fact.cell for fact in reversed(told) if fact.cell in cell.before), None)
    return listed or rng.choice(cell.before)


def _founding_move(on: date, cell: str) -> Fact:
    return Fact(on, "transferred", cell, {"reason": "Thành lập chi bộ mới"})
