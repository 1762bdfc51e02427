"""All pages of the system. A page gets its address only by the door, and the door keeps it here."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, path

# Each module declares its pages on import; a page of a module that isn't listed has no address.
MODULES = (
    "tochuc.web.entrance",
    "tochuc.web.organisations.sheet_pages",
    "tochuc.web.account.token_pages",
    "tochuc.web.account.factor_pages",
    "tochuc.web.home",
    "tochuc.web.guide_pages",
    "tochuc.web.duties.unit_pages",
    "tochuc.web.duties.board_pages",
    "tochuc.web.duties.coming_pages",
    "tochuc.web.organisations.tree_pages",
    "tochuc.web.organisations.pages",
    "tochuc.web.organisations.work_pages",
    "tochuc.web.organisations.sympathiser_pages",
    "tochuc.web.organisations.post_pages",
    "tochuc.web.work_sheets",
    "tochuc.web.organisations.congress_pages",
    "tochuc.web.reorganise.pages",
    "tochuc.web.reorganise.operation_pages",
    "tochuc.web.reorganise.preview_pages",
    "tochuc.web.reorganise.done_pages",
    "tochuc.web.members.pages",
    "tochuc.web.members.identity_pages",
    "tochuc.web.members.member_pages",
    "tochuc.web.members.section_pages",
    "tochuc.web.members.table_pages",
    "tochuc.web.members.paper_pages",
    "tochuc.web.members.draft_pages",
    "tochuc.web.members.supplement_pages",
    "tochuc.web.members.check_pages",
    "tochuc.web.members.approve_pages",
    "tochuc.web.members.record_pages",
    "tochuc.web.members.correct_pages",
    "tochuc.web.cases.pages",
    "tochuc.web.cases.begin_pages",
    "tochuc.web.cases.arrival_pages",
    "tochuc.web.cases.story_pages",
    "tochuc.web.cases.paper_pages",
    "tochuc.web.cases.lead_pages",
    "tochuc.web.account.reminder_pages",
    "tochuc.web.badges.pages",
    "tochuc.web.badges.card_pages",
    "tochuc.web.cases.organisation_pages",
    "tochuc.web.regulations.pages",
    "tochuc.web.members.list_pages",
    "tochuc.web.members.list_sheets",
    "tochuc.web.members.saved_pages",
    "tochuc.web.members.bulk_pages",
    "tochuc.web.members.register_pages",
    "tochuc.web.members.ledger_pages",
    "tochuc.web.members.ledger_sheets",
    "tochuc.web.members.condition_pages",
    "tochuc.web.members.transfer_pages",
    "tochuc.web.dues.pages",
    "tochuc.web.dues.sheets",
    "tochuc.web.dues.member_pages",
    "tochuc.web.meetings.pages",
    "tochuc.web.lapses.pages",
    "tochuc.web.entrusting.pages",
    "tochuc.web.reports.pages",
    "tochuc.web.members.report_pages",
    "tochuc.web.jobs.pages",
    "tochuc.web.imports.pages",
    "tochuc.web.imports.table_pages",
    "tochuc.web.imports.column_pages",
    "tochuc.web.imports.export_pages",
    "tochuc.web.changes.pages",
    "tochuc.web.desk.clean_pages",
    "tochuc.web.desk.duplicate_pages",
    "tochuc.web.desk.merged_pages",
    "tochuc.web.reconcile.pages",
    "tochuc.web.reconcile.cell_pages",
    "tochuc.web.documents.pages",
    "tochuc.web.programme.pages",
    "tochuc.web.programme.edit_pages",
    "tochuc.web.programme.assign_pages",
    "tochuc.web.programme.issue_pages",
    "tochuc.web.programme.task_pages",
)


@dataclass(frozen=True)
class Page:
    """An address: its route, the action it needs (and to post), the kinds of object it hands in."""

    name: str
    route: str
    needs: str
    post: str
    objects: tuple[tuple[str, str], ...]
    view: Callable[..., Any]


PAGES: dict[str, Page] = {}


def add(page: Page) -> None:
    """Keep a page; two with one name are a mistake."""
    if page.name in PAGES:
        raise ValueError(f"two pages named {page.name!r}")
    PAGES[page.name] = page


def load() -> dict[str, Page]:
    """Import every module of pages and give all pages by name, in the order of the modules whoever came first."""
    for module in MODULES:
        importlib.import_module(module)
    place = {module: number for number, module in enumerate(MODULES)}
    return dict(sorted(PAGES.items(), key=lambda each: place[each[1].view.__module__]))


def urlpatterns() -> list[URLPattern | URLResolver]:
    """Django's patterns for every page."""
    return [path(p.route, p.view, name=p.name) for p in load().values()]
