"""Asking the regulations: always about a day."""

from bisect import bisect_right
from datetime import date
from difflib import get_close_matches

from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.rules.declare import Source
from tochuc.rules.load import rule_book
from tochuc.rules.ruled import Ruled


class UnknownRule(LookupError):
    """An id that no rule file has: a mistake in the program or on the command line, not in what a person did."""

    def __init__(self, rule_id: str) -> None:
        near = get_close_matches(rule_id, rule_book().parameters, n=3)
        hint = f" Có phải: {', '.join(near)}?" if near else ""
        super().__init__(f"Không có tham số quy định nào mã “{rule_id}”.{hint}")
        self.message = str(self)


def rule(rule_id: str, *, on: date) -> Ruled:
    """What the rule says on that day.

    Raises NotInForce where it says nothing that day, UnknownRule where there is no such rule.
    """
    answers = history(rule_id)
    at = bisect_right(answers, on, key=lambda answer: answer.since) - 1
    if at < 0 or on >= answers[at].until:
        raise NotInForce(
            "rule.not_in_force",
            f"Ngày {day_vn(on)} không có quy định nào đang có hiệu lực về: {answers[0].title}.",
        )
    return answers[at]


def history(rule_id: str) -> tuple[Ruled, ...]:
    """Everything the rule has said, oldest first."""
    try:
        return rule_book().parameters[rule_id]
    except KeyError:
        raise UnknownRule(rule_id) from None


def all_params() -> tuple[str, ...]:
    """The ids of all parameters, in order."""
    return tuple(sorted(rule_book().parameters))


def all_sources() -> tuple[Source, ...]:
    """All documents of the register, oldest first."""
    return tuple(sorted(rule_book().sources.values(), key=lambda source: (source.issued, source.id)))


def replacement(source: Source) -> Source | None:
    """The document that replaced this one, where the register names it."""
    return rule_book().sources.get(source.replaced_by or "")
