"""The API's papers: the OpenAPI document is the one that is kept, and every example of docs/api.md works."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pydantic import BaseModel

from access.scene import Scene
from access.sent import LIST
from api.programs import API, token_of
from tochuc.api import registry

DOCS = Path(__file__).parents[2] / "docs"


def test_the_document_that_is_kept_is_the_one_that_is_served(scene: Scene):
    assert (DOCS / "api.json").read_text(encoding="utf-8") == registry.written_out(), (
        "run: tochuc document_api docs/api.json"
    )
    client = Client()
    client.force_login(scene.cast.officer)
    assert client.get(f"{API}openapi.json").json() == json.loads(registry.written_out())


def test_every_operation_says_what_it_is_for_and_which_action_it_needs():
    for path, methods in registry.document()["paths"].items():
        for method, one in methods.items():
            assert one["summary"], (path, method)
            assert one["x-action"], (path, method)
            assert {"401", "403", "404", "422", "429"} <= {str(code) for code in one["responses"]}
            named = {p["name"] for p in one["parameters"]}
            assert method == "get" or "Idempotency-Key" in named or path.endswith("/rehearsal"), path


def test_no_two_schemas_share_a_name():
    """The document keeps one of two that do, and describes the other's answers wrongly."""
    kinds: dict[str, set[str]] = {}
    waiting: list[type[BaseModel]] = [BaseModel]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith(("tochuc.api", "tochuc.reorganise")):
            kinds.setdefault(kind.__name__, set()).add(kind.__module__)
    said = registry.document()["components"]["schemas"]
    assert {name: modules for name, modules in kinds.items() if name in said and len(modules) > 1} == {}


@dataclass
class Curl:
    """What a line of curl asks for."""

    method: str = "GET"
    url: str = ""
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    form: dict[str, Any] = field(default_factory=dict)

    def send(self) -> Any:
        """Ask it."""
        client = Client(raise_request_exception=False, headers=self.headers)
        path = self.url.removeprefix("http://tochuc.test")
        if self.form:
            return client.post(path, self.form)
        kind = self.headers.get("Content-Type", "")
        return client.generic(self.method, path, self.body, **({"content_type": kind} if kind else {}))


def read(line: str) -> Curl:
    """A line of curl with the few options that the page uses."""
    found = Curl()
    words = iter(shlex.split(line)[1:])
    for word in words:
        if word == "-X":
            found.method = next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            found.headers[name] = value
        elif word == "-d":
            found.body = next(words)
        elif word == "-F":
            name, _, value = next(words).partition("=")
            given = SimpleUploadedFile(value[1:], LIST.encode()) if value.startswith("@") else value
            found.form[name] = given
        else:
            assert word.startswith("http://tochuc.test/"), word
            found.url = word
    return found


def examples() -> list[str]:
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]


OF_THE_CELL = ("$ASSIGNMENT", "/dues", "/meetings", "/entrusted")
"""What only the cell itself reports, records and reads."""


def test_every_example_works_as_it_is_written(scene: Scene):
    cast, things = scene.cast, scene.things["a1"]
    secrets = {actor: token_of(scene, actor, may_write=True)[1] for actor in ("officer", "cell_a1")}
    person = cast.people["other_a1"]
    lines = examples()
    assert len(lines) > 15
    for line in lines:
        known = {
            "TOKEN": secrets["cell_a1" if any(one in line for one in OF_THE_CELL) else "officer"],
            "TOCHUC": "http://tochuc.test",
            "COMMUNE": cast.commune_a.code,
            "CELL": cast.a1.code,
            "PERSON": person.ref,
            "ENTRY": person.events.latest("pk").pk,
            "ASSIGNMENT": things.assignment.ref,
            "PLAN": things.plan.ref,
            "CHANGESET": things.changeset.ref,
        }
        if "$VERSION" in line:
            record = read(
                Template(
                    'curl -H "Authorization: Bearer $TOKEN" "$TOCHUC/api/v1/members/$PERSON"'
                ).substitute(known)
            )
            known["VERSION"] = record.send().json()["version"]
        answer = read(Template(line).substitute(known)).send()
        assert answer.status_code in {200, 201}, (line, answer.content.decode())
