"""Who signed a cited document, and the letters that stand for that body after the stroke."""

import re
from functools import lru_cache
from typing import Any

from tochuc.documents.extract.grammar import either, words


def issuer_symbol(name: str) -> tuple[str, bool] | None:
    """Letters of an issuer and whether it is a state body; ``name`` in small letters without accents.

    Examples: ``bo chinh tri`` gives ``TW``, ``ban to chuc tinh uy`` gives ``BTCTU``, ``thu tuong chinh phu``
    gives ``TTg`` of the state. None if the grammar does not know the body.
    """
    for rule, pattern in _organs():
        if pattern.match(name):
            below = _committee(name[len(rule["begins"]) :]) or "" if rule["below"] else ""
            return rule["symbol"] + below, rule.get("state", False)
    symbol = _committee(name)
    return (symbol, False) if symbol else None


@lru_cache(maxsize=1)
def _organs() -> list[tuple[dict[str, Any], re.Pattern[str]]]:
    return [(rule, re.compile(rule["begins"] + r"\b")) for rule in words("documents")["issuers"]]


@lru_cache(maxsize=1)
def _committees() -> list[tuple[str, re.Pattern[str], re.Pattern[str] | None]]:
    rows = []
    for rule in words("documents")["committees"]:
        unless = re.compile(rf"\b{either(rule['not'])}\b") if "not" in rule else None
        rows.append((rule["symbol"], re.compile(rf"\b{either(rule['has'])}\b"), unless))
    return rows


def _committee(name: str) -> str | None:
    for symbol, has, unless in _committees():
        if has.search(name) and not (unless and unless.search(name)):
            return symbol
    return None
