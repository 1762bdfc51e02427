"""A plan stays within the branch of whoever carries it out: it names no organisation outside it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from tochuc.kernel.errors import DomainError, Refused, raise_all
from tochuc.org.models import Organisation, OrganisationSpan
from tochuc.reorganise.plan import Found, Operation, Plan, RoleGoes


def check_within(plan: Plan, mine: QuerySet[Organisation]) -> None:
    """Refuse a plan that names what isn't among ``mine``, or founds one above all of them.

    What is outside and what isn't there are told alike: a plan is no way to learn which codes exist. Only whoever
    works for a topmost organisation may found another topmost one in its stead.
    """
    founded = {one.code for one in plan.operations if isinstance(one, Found)}
    asked = plan.named() - founded
    known = set(mine.filter(code__in=asked).values_list("code", flat=True))
    errors = list(_outside(plan, asked - known))
    roots = [one for one in plan.operations if isinstance(one, Found) and one.under is None]
    if roots and not _holds_a_top(plan, mine):
        words = f"{plan.where(roots[0])}{roots[0].name} cần có cấp trên trực tiếp."
        errors.append(Refused("no_superior", words, "operations"))
    raise_all(errors)


def _outside(plan: Plan, unknown: frozenset[str]) -> Iterator[DomainError]:
    said: tuple[Operation | RoleGoes, ...] = (*plan.operations, *plan.roles)
    for code in sorted(unknown):
        first = next(one for one in said if code in plan.codes_of(one))
        words = f"{plan.where(first)}Không có tổ chức mã «{code}» trong phạm vi của đồng chí."
        yield Refused("unknown_code", words, "operations")


def _holds_a_top(plan: Plan, mine: QuerySet[Organisation]) -> bool:
    return OrganisationSpan.objects.on(plan.eve).filter(organisation__in=mine, parent=None).exists()
