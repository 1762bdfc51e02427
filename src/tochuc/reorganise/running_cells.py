"""What runs on in cells, as the preview of a plan counts it: dues that are missing, work entrusted for the year."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date

from django.db.models import Count as Counted
from django.db.models import QuerySet

from tochuc.dues.models import Arrear
from tochuc.entrusting.models import Entrusted
from tochuc.org.models import Organisation
from tochuc.reorganise.concerns import Concern, Count, register


def _by_place(
    rows: Callable[[date], QuerySet[Arrear] | QuerySet[Entrusted]],
) -> Callable[[Collection[Organisation], date], Iterable[Count]]:
    def count(organisations: Collection[Organisation], on: date) -> Iterable[Count]:
        found = rows(on).filter(organisation__in=organisations).order_by().values_list("organisation")
        numbers = dict(found.annotate(number=Counted("pk")))
        for organisation in organisations:
            if number := numbers.get(organisation.pk):
                yield Count(organisation, number)

    return count


def _missing(on: date) -> QuerySet[Arrear]:
    return Arrear.objects.filter(month__lt=on.replace(day=1))


def _entrusted(on: date) -> QuerySet[Entrusted]:
    return Entrusted.objects.filter(year=on.year, replaced_by=None).exclude(content="")


MISSING_DUES = Concern(
    "dues",
    "Lượt đảng phí còn thiếu",
    "theo đảng viên sang chi bộ mới; số đã thu tính cho tổ chức kế tục",
    _by_place(_missing),
)
ENTRUSTED_WORK = Concern(
    "entrusted",
    "Công tác đang phân công cho đảng viên",
    "giữ nguyên nội dung, chi bộ kế tục theo dõi và đánh giá",
    _by_place(_entrusted),
)


def setup() -> None:
    """Count them in previews; called once when the application is ready."""
    register(MISSING_DUES)
    register(ENTRUSTED_WORK)
