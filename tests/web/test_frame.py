"""The frame around every page, and the pages for what goes wrong."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from tochuc.web.templatetags import gallery
from web.drawing import FRAME, page, text

pytestmark = pytest.mark.urls("web.drawing")


def test_the_frame_says_where_one_works_and_what_is_current() -> None:
    shown = page("base.html", page_title="Việc cần làm")
    assert shown.get("lang") == "vi"
    assert gallery.LONG_NAME in text(shown.xpath("//header")[0])
    assert len(shown.xpath("//nav[@class='nav']//a")) == 5
    assert text(shown.xpath("//nav[@class='nav']//a[@aria-current='page']")[0]) == "viec"
    assert text(shown.xpath("//h1")[0]) == "Việc cần làm"
    skip = shown.xpath("//body/a[1]")[0]
    assert shown.get_element_by_id(skip.get("href")[1:]).tag == "main"


def test_logging_out_and_changing_place_are_forms_with_a_token() -> None:
    shown = page("base.html")
    for action in ("/account_logout/", "/workplace/"):
        form = shown.xpath(f"//form[@action='{action}']")[0]
        assert form.get("method") == "post"
        assert form.xpath(".//input[@name='csrfmiddlewaretoken']")


@pytest.mark.parametrize("name", ["base.html", "errors/404.html", "errors/403.html"])
def test_a_visitor_gets_the_page_without_the_frames_entries(name: str) -> None:
    shown = page(name, viewer=None, workplace=None, workplaces=[], nav=[], may_search=False)
    assert not shown.xpath("//nav[@class='nav'] | //body/@data-user")
    assert not shown.xpath("//form")


def test_one_place_needs_no_switcher_and_a_member_no_search() -> None:
    shown = page("base.html", workplaces=FRAME["workplaces"][:1], may_search=False)
    assert not shown.xpath("//form[@action='/workplace/']")
    assert not shown.xpath("//form[@role='search']")


def test_not_there_and_not_yours_get_the_same_words() -> None:
    shown = page("errors/404.html")
    assert text(shown.xpath("//h1")[0]) == (
        "Không tìm thấy trang này, hoặc trang không thuộc phạm vi của đồng chí"
    )
    assert shown.xpath("//main//a[@href='/']")


def test_a_failure_shows_its_number_and_needs_nothing_to_be_drawn() -> None:
    assert "3f9a12bc" in render_to_string("errors/500.html", {"request_id": "3f9a12bc"})
    assert "<h1>" in render_to_string("errors/500.html")


@pytest.mark.parametrize(
    "name", ["errors/expired.html", "errors/csrf.html", "errors/500.html", "errors/resume.html"]
)
def test_what_was_typed_is_shown_when_sending_failed(name: str) -> None:
    typed = [("note", "Chi bộ đã họp <đủ>")]
    shown = page(name, fields=typed, shown=typed, path="/x/", held="h")
    assert "Chi bộ đã họp <đủ>" in text(shown.xpath("//main//li")[0])


def test_the_held_form_goes_on_after_log_in() -> None:
    expired = page("errors/expired.html", held="signed", fields=[])
    assert expired.xpath("//form[@action='/account_login/']//input[@name='held']/@value") == ["signed"]
    resumed = page("errors/resume.html", path="/nhiem-vu/1/", fields=[("note", "a"), ("note", "b")])
    assert resumed.xpath("//form[@action='/nhiem-vu/1/']//input[@name='note']/@value") == ["a", "b"]
