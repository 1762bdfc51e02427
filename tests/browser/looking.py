"""Looking at a page as a careful person does: axe finds nothing, nothing sticks out, a picture is kept."""

from __future__ import annotations

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SHOTS = Path(os.environ["TOCHUC_SHOTS"]) if os.environ.get("TOCHUC_SHOTS") else None
_AXE = Axe()


def look(page: Page, name: str) -> None:
    """Refuse a page that axe objects to or that scrolls sideways; keep its picture where one is asked for."""
    # A click that navigates returns before the new page is whole; axe needs the whole of it. Nothing is fetched later.
    page.wait_for_load_state("load")
    found = _AXE.run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} scrolls sideways"
    if SHOTS is not None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}-{width}.png")
