"""The stylesheet's promises: contrast, one use of red, steps of four, weight."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.template.loader import render_to_string

from web.drawing import FRAME, STATIC

pytestmark = pytest.mark.urls("web.drawing")


def rules(css: str) -> Iterator[tuple[str, str]]:
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", css, flags=re.S)):
        yield selector.strip(), body


CSS = (STATIC / "tochuc.css").read_text()


def tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{3,6})\b", css))


LIGHT = tokens(CSS[: CSS.index("/* Ground */")])
DARK = LIGHT | tokens(CSS[CSS.index("/* Dark */") : CSS.index("/* Print */")])


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("over", "under", "least"),
    [
        *(
            (word, ground, 4.5)
            for word in ("ink", "quiet", "amber")
            for ground in ("ground", "wash", "amber-wash")
        ),
        *((word, "green-wash", 4.5) for word in ("ink", "green")),
        ("ink", "mark", 4.5),
        ("on-red", "red", 4.5),
        ("on-red", "red-deep", 4.5),
        *((edge, "ground", 3.0) for edge in ("edge", "amber-edge", "green-edge", "ring")),
    ],
)
def test_contrast_is_enough_in_light_and_dark(
    colours: dict[str, str], over: str, under: str, least: float
) -> None:
    assert contrast(colours[over], colours[under]) >= least


def test_colours_are_named_once_and_red_is_for_the_masthead_and_the_primary_button() -> None:
    for selector, body in rules(CSS):
        if "var(--red" in body:
            assert selector.split(":")[0] in {".masthead", ".button.primary"}, selector
        if "box-shadow" in body or "gradient" in body or "animation" in body or "transition" in body:
            assert re.search(r"box-shadow:\s*none", body), selector


def test_space_goes_in_steps_of_four() -> None:
    steps = re.findall(r"--s\d+:\s*(\d+)px", CSS)
    assert len(steps) >= 8
    assert all(int(step) % 4 == 0 for step in steps)


def test_a_first_visit_weighs_less_than_a_hundred_kilobytes() -> None:
    css, script, icons = ((STATIC / f).stat().st_size for f in ("tochuc.css", "tochuc.js", "icons.svg"))
    assert script < 6_000
    assert css < 39_000
    home = render_to_string("base.html", {**FRAME, "page_title": "Việc cần làm"})
    assert css + script + icons + len(home.encode()) < 60_000
