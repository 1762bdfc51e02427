"""Running cases as the preview of a plan counts them: they go on at the organisations that follow."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count as Counted

from tochuc.cases.models import Case
from tochuc.members.models import Membership
from tochuc.org.models import Organisation
from tochuc.reorganise.concerns import Concern, Count, register


def _count(organisations: Collection[Organisation], on: date) -> Iterable[Count]:
    """The cases opened by the day and not ended, by where their person stood then or what they are about."""
    opened = {"closed_on": None, "opened_on__lte": on}
    of_people = (
        Membership.objects.on(on)
        .filter(
            organisation__in=organisations, **{f"person__cases__{key}": said for key, said in opened.items()}
        )
        .values_list("organisation")
        .annotate(number=Counted("person__cases"))
    )
    about = Case.objects.filter(person=None, organisation__in=organisations, **opened)
    by_place = dict(of_people)
    for place, number in about.values_list("organisation").annotate(number=Counted("pk")):
        by_place[place] = by_place.get(place, 0) + number
    for organisation in organisations:
        if number := by_place.get(organisation.pk):
            yield Count(organisation, number)


RUNNING_CASES = Concern(
    "case",
    "Hồ sơ quy trình đang làm",
    "tiếp tục ở tổ chức kế tục, giữ các bước đã làm và thời hạn",
    _count,
)


def setup() -> None:
    """Count them in previews; called once when the application is ready."""
    register(RUNNING_CASES)
