"""The forms that pages show, as a browser finds them, and what stands in them when they come back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponseBase
from django.urls import Resolver404, resolve
from lxml import html

_NOT_SENT = {"submit", "button", "image", "reset"}
# What a person neither types nor chooses.
_MARKS = {"csrfmiddlewaretoken", "once"}
# A browser shows a zero byte as a mark of its own.
_UNSEEN = re.compile("[\x00\ufffd]")


@dataclass(frozen=True)
class Shown:
    """A form of a page: who sees it where, where it is sent, what it would send as it stands, and its fields.

    ``choices`` are those of a group of radios, of a list, of boxes to tick; ``files`` are asked for by their ending.
    """

    actor: str
    path: str
    values: dict[str, list[str]]
    texts: tuple[str, ...]
    files: dict[str, str]
    choices: dict[str, tuple[str, ...]]

    @property
    def address(self) -> str:
        """The name of the address that takes it in."""
        return resolve(urlsplit(self.path).path).view_name


def forms_of(page: str, answer: HttpResponseBase, actor: str) -> Iterator[Shown]:
    """The forms of a page that change something."""
    for form in _tree(answer).xpath("//form[@method='post']"):
        path = urljoin(page, form.get("action") or page)
        try:
            resolve(urlsplit(path).path)
        except Resolver404:
            continue
        yield _shown(form, path, actor)


def _shown(form: Any, path: str, actor: str) -> Shown:
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        if name not in _MARKS:
            values.setdefault(name, []).append(value)
    values |= _pressed(form)
    texts: list[str] = []
    files: dict[str, str] = {}
    choices: dict[str, tuple[str, ...]] = {}
    for field in form.inputs:
        name, kind = field.name, field.get("type", "text").lower()
        if not name or name in _MARKS or (field.tag == "input" and kind in {*_NOT_SENT, "hidden"}):
            continue
        if field.tag == "select":
            choices[name] = tuple(field.value_options)
        elif kind in {"radio", "checkbox"}:
            choices[name] = (*choices.get(name, ()), field.get("value", "on"))
        elif kind == "file":
            files[name] = (field.get("accept") or ".docx").split(",")[0].strip()
        else:
            texts.append(name)
    return Shown(actor, path, values, tuple(texts), files, choices)


def _pressed(form: Any) -> dict[str, list[str]]:
    """What the button says that sends the form, where each of its buttons says something."""
    buttons = [one for one in form.xpath(".//button") if one.get("type", "submit") == "submit"]
    named = [one for one in buttons if one.get("name") and one.get("name") != "find"]
    return {named[0].get("name"): [named[0].get("value", "")]} if named and named == buttons else {}


def standing(answer: HttpResponseBase) -> dict[str, list[str]]:
    """What the fields of a page's forms hold, by name: texts as they stand, and what is chosen."""
    found: dict[str, list[str]] = {}
    for form in _tree(answer).xpath("//form[@method='post']"):
        for name, value in form.form_values():
            found.setdefault(name, []).append(plain(value))
    return found


def plain(text: str) -> str:
    """A text as it may stand in the page again: composed, in single spaces, without what nobody can see."""
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text)).split())


def links_of(answer: HttpResponseBase) -> list[str]:
    """Where a page leads."""
    return [str(href) for href in _tree(answer).xpath("//main//a/@href")]


def errors_of(answer: HttpResponseBase) -> list[str]:
    """What the page says is wrong, in its summary and at its fields."""
    told = _tree(answer).xpath("//*[@id='loi']//li | //*[contains(@id, '-error')]")
    return [" ".join(one.text_content().split()) for one in told]


def _tree(answer: HttpResponseBase) -> Any:
    return html.fromstring(b"".join(answer) or b"<html></html>")
