"""Something in every table that travels, in the branch of commune A and elsewhere."""

from __future__ import annotations

from access.places import HELD
from access.scene import Scene
from cast import TODAY, Cast
from dues.month import live_a_month
from tochuc.access.clock import now
from tochuc.desk.models import Checked
from tochuc.exchange.models import KeptColumns
from tochuc.lists import saved
from tochuc.org.models import Organisation
from tochuc.regulations.actions import add_local
from tochuc.reorganise.actions import apply
from tochuc.reorganise.plan import Plan


def filled(scene: Scene) -> Cast:
    """The cast of the scene of the tests of access, with what it lacks."""
    cast = scene.cast
    live_a_month(cast)
    _reorganised(cast)
    saved.save(cast.commune_a, cast.viewer("officer"), name="Đảng viên trẻ", query="tuoi=30", shared=True)
    for organisation in (cast.commune_a, cast.district, cast.commune_b):
        _local_value(cast, organisation)
    person = cast.people["other_a1"]
    Checked.objects.create(
        person=person, code="phone", values="", reason="Chưa có máy", said_by=cast.officer, said_at=now()
    )
    KeptColumns.objects.create(
        organisation=cast.commune_a,
        fingerprint="a" * 32,
        columns={"B": "full_name"},
        file_name="ds.xlsx",
        kept_by=cast.officer,
        kept_at=now(),
    )
    return cast


def _reorganised(cast: Cast) -> None:
    plan = Plan.model_validate(
        {
            "title": "Đổi tên chi bộ",
            "decision": {"number": "9-QĐ/HU", "on": HELD, "by": "Huyện ủy"},
            "day": TODAY,
            "operations": [
                {"op": "rename", "of": cast.a2.code, "name": "Chi bộ thôn Đoài", "short_name": "Thôn Đoài"}
            ],
        }
    )
    apply(plan, by=cast.actor(), today=TODAY, organisation=cast.commune_a)


def _local_value(cast: Cast, organisation: Organisation) -> None:
    add_local(
        "admission.age_minimum",
        organisation=organisation,
        value=19,
        since=TODAY,
        number=f"5-QĐ/{organisation.code}",
        signed_on=HELD,
        issuer=organisation.name,
        title="Quy định riêng",
        article="Điều 1",
        by=cast.actor(),
    )
