"""The user guide as pages of the program: the texts of ``docs/huong-dan``, with their pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_INDEX = "README"
_TOPIC = re.compile(r"[a-z][a-z0-9-]{0,60}")
_LINK = re.compile(r"\[([^]]+)\]\(([a-z][a-z0-9-]*)\.md[^)]*\)")
_PICTURES = "../images/"

OF_PROCEDURE = {
    "admission": "ket-nap",
    "readmission": "ket-nap-lai",
    "recognition": "cong-nhan",
    "transfer": "chuyen-sinh-hoat",
    "arrival": "tiep-nhan-dang-vien",
    "temporary_transfer": "sinh-hoat-tam-thoi",
    "abroad": "sinh-hoat-ngoai-nuoc",
    "exemption": "mien-cong-tac",
    "removal": "xoa-ten",
    "departure": "xin-ra",
    "discipline": "ky-luat",
    "discipline_appeal": "khieu-nai",
    "removal_appeal": "khieu-nai-xoa-ten",
    "complaint": "kien-nghi",
    "organisation_discipline": "ky-luat-to-chuc",
    "organisation_appeal": "khieu-nai-to-chuc",
    "badge": "huy-hieu-dang",
    "badge_reissue": "cap-lai-huy-hieu",
    "card_issue": "the-dang-vien",
    "card_replacement": "doi-the",
    "card_withdrawal": "thu-hoi-the",
    "appointment": "kien-toan",
    "leaving_post": "thoi-giu-chuc-vu",
    "cell_election": "dai-hoi-chi-bo",
    "committee_election": "dai-hoi-dang-bo",
}
"""Which page of the guide is about which procedure."""


@dataclass(frozen=True)
class Topic:
    """One page of the guide: its title, and its text as HTML."""

    title: str
    html: str


@dataclass(frozen=True)
class Shelf:
    """A row of the guide's index: what the pages are about, and each page's name and address."""

    about: str
    pages: tuple[tuple[str, str], ...]


def help_for(procedure: str) -> str:
    """Where the guide tells of a procedure."""
    return reverse("guide", args=[OF_PROCEDURE[procedure]])


def topic(name: str) -> Topic | None:
    """A page of the guide by its name; none of that name where there is none."""
    return _read(name) if _TOPIC.fullmatch(name) and _file(name).is_file() else None


@cache
def _read(name: str) -> Topic:
    head, _, body = _text(name).partition("\n")
    return Topic(head.removeprefix("# "), _renderer().render(body))


@cache
def shelves() -> tuple[Shelf, ...]:
    """The index of the guide: the table of its tasks, row by row."""
    _, _, tasks = _text(_INDEX).partition("| Việc | Trang |")
    rows = (line.split("|") for line in tasks.splitlines() if line.startswith("| ") and "](" in line)
    return tuple(
        Shelf(
            cells[1].strip(),
            tuple((label, reverse("guide", args=[name])) for label, name in _LINK.findall(cells[2])),
        )
        for cells in rows
    )


def _file(name: str) -> Path:
    return Path(settings.TOCHUC_DOCS) / "huong-dan" / f"{name}.md"


def _text(name: str) -> str:
    return _file(name).read_text(encoding="utf-8") if _file(name).is_file() else ""


@cache
def _renderer() -> MarkdownIt:
    """Markdown with tables and without HTML of its own; wide tables scroll in a box, links stay in the program."""
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.add_render_rule("table_open", _table_open)
    made.add_render_rule("table_close", _table_close)
    made.add_render_rule("fence", _fence)
    made.add_render_rule("image", _image)
    made.add_render_rule("link_open", _link_open)
    made.add_render_rule("link_close", _link_close)
    made.add_render_rule("bullet_list_open", _list_open)
    return made


def _table_open(_: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    return '<div class="scrollbox" tabindex="0" role="group" aria-label="Bảng"><table class="statement">'


def _table_close(
    _: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    return "</table></div>"


def _list_open(_: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    return '<ul class="bullets">'


def _fence(_: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    code = escapeHtml(tokens[at].content)
    return f'<div class="scrollbox" tabindex="0" role="group" aria-label="Lệnh"><pre>{code}</pre></div>'


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[at]
    token.attrSet("src", static("huong-dan/" + str(token.attrGet("src")).removeprefix(_PICTURES)))
    token.attrSet("alt", renderer.renderInlineAsText(token.children, options, env))
    token.attrSet("class", "shot")
    return renderer.renderToken(tokens, at, options, env)


def _link_open(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[at]
    name = str(token.attrGet("href")).partition("#")[0].removesuffix(".md")
    if not _TOPIC.fullmatch(name):
        return "<span>"
    token.attrSet("href", reverse("guide", args=[name]))
    return renderer.renderToken(tokens, at, options, env)


def _link_close(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    opened = next(token for token in reversed(tokens[:at]) if token.type == "link_open")
    return "</a>" if str(opened.attrGet("href")).startswith("/") else "</span>"
