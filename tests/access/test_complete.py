"""Every address has its rule in the policy; one that is added without a rule fails here."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.urls import get_resolver, path

from access.addresses import addresses, faults
from access.scene import PLAIN, SAMPLES
from tochuc.access.policy import INTERNAL, POLICY, PUBLIC
from tochuc.api import registry as api
from tochuc.api.door import address
from tochuc.web import door, registry


def test_every_address_is_declared_at_a_door_with_actions_of_the_policy():
    assert faults() == []


def test_an_address_without_a_rule_fails():
    rogue = path("bi-mat/", lambda _request: HttpResponse("…"), name="secret")
    assert faults([*get_resolver().url_patterns, rogue]) == ["'bi-mat/' (secret) is not declared by the door"]


def test_an_address_that_borrows_the_name_of_a_declared_one_fails():
    rogue = path("bi-mat/", lambda _request: HttpResponse("…"), name="home")
    assert faults([rogue]) == ["'bi-mat/' (home) is not declared by the door"]


def test_a_page_can_not_be_declared_with_an_action_that_the_policy_does_not_have():
    with pytest.raises(LookupError, match=r"gossip\.read"):
        door.page("don-dai/", name="gossip", needs="gossip.read")
    assert "gossip" not in registry.PAGES


def test_few_addresses_answer_without_a_log_in():
    assert len(PUBLIC) <= 8
    assert {a.name for a in addresses() if a.public} == PUBLIC


def test_a_public_address_must_be_on_the_list():
    with pytest.raises(LookupError, match="not on the list"):
        door.public("mo-cua/", name="open_door")


def test_every_action_is_used_by_a_door_or_listed_as_internal_with_its_reason():
    used = {action for a in addresses() for action in a.actions.values() if action}
    assert set(POLICY) - used == set(INTERNAL)
    assert all(len(reason.split()) > 3 for reason in INTERNAL.values())


def test_every_kind_of_object_and_every_other_part_of_a_route_has_a_sample():
    kinds = {kind for a in addresses() for kind, _ in a.objects}
    assert kinds == set(SAMPLES)
    plain = {p for a in addresses() for p in set(a.parameters) - {name for _, name in a.objects}}
    assert plain == set(PLAIN)


def test_the_openapi_document_has_every_operation_and_no_other():
    described = {
        (method.upper(), route.removeprefix(f"/{api.PREFIX}"))
        for route, methods in api.document()["paths"].items()
        for method in methods
    }
    declared = {(one.method, api_route(one.route)) for one in api.ENDPOINTS.values() if one.described}
    assert described == declared


def api_route(route: str) -> str:
    """A route as the OpenAPI document writes it."""
    return re.sub(r"{\w+:", "{", address(route))
