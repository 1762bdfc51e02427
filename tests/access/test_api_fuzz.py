"""Whatever is sent to the API, nothing breaks and each answer is what the OpenAPI document says."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from access.scene import Scene, undone
from access.scene_cases import NEXT
from tochuc.access import tokens
from tochuc.access.clock import now
from tochuc.api import registry

CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
DOCUMENT = schemathesis.openapi.from_dict(registry.document())
REPORT = "POST /api/v1/assignments/{assignment}/reports"
RECORD = "POST /api/v1/members/{person}/movements"
REHEARSE = f"{RECORD}/rehearsal"
CORRECT = f"{RECORD}/{{event}}/correction"
IMPORT = "POST /api/v1/organisations/{organisation}/imports"
LIST_SYMPATHISER = "POST /api/v1/organisations/{organisation}/sympathisers"
BEGIN_PLAN = "POST /api/v1/organisations/{organisation}/plans"
APPLY_PLAN = "POST /api/v1/plans/{plan}/apply"
UNDO_REORGANISATION = "POST /api/v1/reorganisations/{reorganisation}/undo"
UNDO = "POST /api/v1/changesets/{changeset}/undo"
CASES = ("POST /api/v1/cases/{case}/steps/{step}", "POST /api/v1/closed-cases/{case}/steps/{step}")
"""Steps of cases, to be taken and rehearsed."""
MONTHLY = {
    f"POST /api/v1/{path}"
    for path in (
        "organisations/{organisation}/dues",
        "organisations/{organisation}/meetings",
        "organisations/{organisation}/entrusted",
        "organisations/{organisation}/entrusted/reviews",
        "members/{person}/dues/reliefs",
        "meetings/{meeting}/corrections",
        "meetings/{meeting}/withdrawal",
    )
}
"""What a cell records of members by name."""
CELLS = {
    *MONTHLY,
    "POST /api/v1/members/{person}/dues/bases",
    "POST /api/v1/members/{person}/dues/months/{month}",
    "GET /api/v1/organisations/{organisation}/dues/sheet",
    "GET /api/v1/organisations/{organisation}/meetings/roll",
    "GET /api/v1/members/{person}/dues",
}
"""What only a cell and its commune record and read of a person."""
OWN_HEADERS = ("Idempotency-Key", "If-Match")
OPERATIONS = {one.ok().label: one.ok() for one in DOCUMENT.get_all_operations()}


def ask(client: Client, case: schemathesis.Case) -> Response:
    """Send a case with the browser of an actor, in the transaction of the test."""
    sent = requests.Request(**case.as_transport_kwargs(base_url="http://testserver")).prepare()
    answer = client.generic(
        sent.method,
        sent.path_url,
        data=sent.body or b"",
        content_type=sent.headers.get("Content-Type", "application/json"),
        headers={name: sent.headers[name] for name in OWN_HEADERS if name in sent.headers},
    )
    headers = {name: [value] for name, value in answer.items()}
    return Response(answer.status_code, headers, answer.content, sent, elapsed=0.0, verify=False)


def _known(scene: Scene, case: schemathesis.Case, place: str) -> None:
    """Now and then an object that exists: nobody guesses a ref."""
    things = scene.things[place]
    closed = "closed-cases" in case.operation.label
    known = {
        "case": str((things.closed_case if closed else things.case).ref),
        "step": NEXT["closed_case" if closed else "case"],
        "organisation": things.place.code,
        "person": things.person.ref,
        "assignment": str(things.assignment.ref),
        "changeset": things.changeset.ref,
        "plan": things.plan.ref,
        "reorganisation": things.reorganisation.ref,
        "meeting": str(things.meeting.ref),
        "month": "2023-03",
        "event": things.person.events.order_by("pk").first().pk,
    }
    case.path_parameters.update({k: known[k] for k in case.path_parameters if k in known})


# Operations that are kept from an actor; those that succeed only with luck, since what is sent must fit a record.
KEPT_FROM = {
    "officer": {"GET /api/v1/assignments", REPORT, *CELLS},
    "secretary_a": {"GET /api/v1/tasks", CORRECT},
    "member_a1": set(OPERATIONS) - {"GET /api/v1/duties", "GET /api/v1/cases", "GET /api/v1/closed-cases"},
}
BY_LUCK = {
    RECORD,
    REHEARSE,
    CORRECT,
    IMPORT,
    f"{IMPORT}/rehearsal",
    LIST_SYMPATHISER,
    UNDO,
    BEGIN_PLAN,
    APPLY_PLAN,
    UNDO_REORGANISATION,
    *CASES,
    *(f"{step}/rehearsal" for step in CASES),
    "GET /api/v1/closed-cases/{case}",
    "POST /api/v1/members/{person}/cases",
    "POST /api/v1/members/{person}/record",
    "POST /api/v1/members/{person}/identity",
    *MONTHLY,
    "POST /api/v1/members/{person}/dues/bases",
    "POST /api/v1/members/{person}/dues/months/{month}",
    "GET /api/v1/meetings/{meeting}",
}
LONGEST, LEAST = 10.0, 10
"""Seconds after which an operation is sent nothing more, once so many cases were: a loaded machine isn't a reason to wait."""
OFTEN, SELDOM = 15, 4
"""Cases of an operation that an actor may ask, and of one that is kept from them."""


@pytest.mark.parametrize("actor", sorted(KEPT_FROM))
def test_answers_fit_the_document(actor: str, scene: Scene):
    account = scene.cast.accounts[actor]
    # By token, that may write: the pages' way in is the same door, and the matrix walks it.
    made = tokens.make(account, name="Thử", may_write=True, days=1, at=now(), by=scene.cast.actor())
    client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {made[1]}"})
    kept = KEPT_FROM[actor]
    done = {
        label
        for label, one in OPERATIONS.items()
        if {200, 201} & _fuzz(scene, client, one, SELDOM if label in kept else OFTEN)
    }
    assert set(OPERATIONS) - kept - BY_LUCK <= done <= set(OPERATIONS) - kept


def _fuzz(scene: Scene, client: Client, operation: Any, cases: int) -> set[int]:
    """Send so many cases of one operation; give the codes of the answers, each checked."""
    codes: list[int] = []
    began = time.monotonic()

    @settings(
        max_examples=cases,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def fuzz(case: schemathesis.Case) -> None:
        if len(codes) >= LEAST and time.monotonic() - began > LONGEST:
            return
        if len(codes) % 4:
            _known(scene, case, "commune_a" if operation.label == REPORT else "a1")
        with undone():
            heard = ask(client, case)
        codes.append(heard.status_code)
        case.validate_response(heard, checks=CHECKS)

    fuzz()
    return set(codes)
