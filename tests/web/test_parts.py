"""Every part of the interface as its gallery shows it: structure and words."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.test.signals import template_rendered
from hypothesis import given
from hypothesis import strategies as st
from lxml import html  # type: ignore[import-untyped]

from tochuc.web.templatetags import controls, gallery
from tochuc.web.templatetags import tochuc as tags
from tochuc.web.templatetags.marked import marked
from web.drawing import NAV_ICONS, OWN, STATIC, TEMPLATES, WEB, page, piece, text

pytestmark = pytest.mark.urls("web.drawing")


@pytest.fixture
def shown() -> html.HtmlElement:
    return page("gallery.html")


# The gallery as a whole


def test_the_gallery_shows_every_part() -> None:
    seen: set[str] = set()

    def note(template: Template, **_: Any) -> None:
        seen.add(str(template.name))

    template_rendered.connect(note)
    try:
        page("gallery.html")
        for name in ("login.html", "errors/500.html", "errors/expired.html"):
            page(name, fields=[("note", "Đã họp")])
    finally:
        template_rendered.disconnect(note)
    parts = {f"parts/{p.name}" for p in (WEB / "templates" / "parts").glob("*.html")}
    assert parts - seen == set()


def test_every_part_is_listed_for_page_writers() -> None:
    listed = (WEB.parents[2] / "docs" / "interface-parts.md").read_text()
    parts = {p.stem for p in (WEB / "templates" / "parts").glob("*.html")}
    assert {p for p in parts if not re.search(rf"\b{p}\b", listed)} == set()
    known = {*tags.register.tags, *tags.register.filters}
    assert {t for t in known if not re.search(rf"\b{t}\b", listed)} == set()


def test_ids_are_unique(shown: html.HtmlElement) -> None:
    ids = [e.get("id") for e in shown.xpath("//*[@id]")]
    assert sorted(ids) == sorted(set(ids))


def test_every_control_has_a_name_that_is_read_out(shown: html.HtmlElement) -> None:
    labelled = {e.get("for") for e in shown.xpath("//label[@for]")}
    controls_shown = shown.xpath("//input[not(@type='hidden')] | //select | //textarea")
    assert len(controls_shown) > 30
    assert [
        c.get("name") for c in controls_shown if c.get("id") not in labelled and not c.get("aria-label")
    ] == []


def test_what_describes_a_control_exists(shown: html.HtmlElement) -> None:
    ids = {e.get("id") for e in shown.xpath("//*[@id]")}
    described = " ".join(shown.xpath("//@aria-describedby")).split()
    assert described
    assert set(described) <= ids


def test_icons_used_are_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    used = {name for t in TEMPLATES for name in re.findall(r'{% icon "([^"]+)"', t.read_text())}
    assert (used | set(NAV_ICONS)) - drawn == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: str(t.relative_to(WEB / "templates")))
def test_the_content_security_policy_finds_nothing_to_refuse(template: Path) -> None:
    source = template.read_text()
    assert not re.search(r"\sstyle\s*=", source)
    assert not re.search(r"<style\b|\son[a-z]+\s*=\s*[\"']|javascript:", source)
    assert all("src=" in tag for tag in re.findall(r"<script\b[^>]*>", source))


def test_nothing_is_fetched_from_elsewhere() -> None:
    for file in (*OWN, STATIC / "tochuc.css", STATIC / "tochuc.js"):
        found = re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", file.read_text())
        assert found == [], file.name


# Forms


def test_the_summary_links_to_each_wrong_field(shown: html.HtmlElement) -> None:
    links = shown.xpath("//*[contains(@class,'summary-errors')]//a")
    assert [a.get("href") for a in links] == ["#id_title", "#id_when", "#id_kind_0"]
    for link in links:
        target = shown.get_element_by_id(link.get("href")[1:])
        assert target.tag == "input"
    assert text(links[1]).startswith("Ngày diễn ra: Không có ngày 31/02/2023")
    assert shown.xpath("//*[contains(@class,'summary-errors')][@tabindex='-1']//*[@role='alert']")


def test_a_wrong_field_keeps_what_was_typed_and_says_why_beside_it(shown: html.HtmlElement) -> None:
    field = shown.get_element_by_id("id_when")
    assert field.get("value") == "31/2/2023"
    assert field.get("aria-invalid") == "true"
    assert field.get("aria-describedby") == "id_when-hint id_when-error"
    assert "chỉ có 28 ngày" in text(shown.get_element_by_id("id_when-error"))
    assert shown.get_element_by_id("id_note").text.strip() == "Chưa rõ"


def test_a_form_without_errors_has_no_summary() -> None:
    assert piece("{% errors form %}", form=gallery.ExampleForm()).xpath(".//*") == []


def test_optional_is_marked_and_required_is_not() -> None:
    form = gallery.ExampleForm()
    assert "không bắt buộc" in text(piece("{% field form.paper %}", form=form))
    assert "không bắt buộc" not in text(piece("{% field form.title %}", form=form))


def test_fewer_than_ten_choices_are_radio_buttons() -> None:
    form = gallery.ExampleForm()
    few = piece("{% field form.kind %}", form=form)
    assert few.xpath(".//input/@type") == ["radio", "radio"]
    assert text(few.xpath(".//legend")[0]) == "Lý do chuyển"
    many = piece("{% field form.unit %}", form=form)
    assert len(many.xpath(".//select/option")) == 15
    assert piece('{% field form.kind kind="select" %}', form=form).xpath(".//select")


def test_several_choices_are_check_boxes_and_keep_what_was_chosen() -> None:
    form = gallery.ExampleForm({"parts": ["0", "2"]})
    boxes = piece("{% field form.parts %}", form=form).xpath(".//input")
    assert [(b.get("type"), b.get("checked") is not None) for b in boxes] == [
        ("checkbox", True),
        ("checkbox", False),
        ("checkbox", True),
    ]


def test_a_day_is_shown_as_people_write_it() -> None:
    form = gallery.ExampleForm(initial={"when": gallery.TODAY})
    box = piece("{% field form.when %}", form=form).xpath(".//input")[0]
    assert (box.get("type"), box.get("value")) == ("text", "11/04/2023")
    assert text(piece("{{ day|day }}", day=gallery.TODAY)) == "11/04/2023"
    # Recorded at six in the morning of the 12th in Vietnam, which the database keeps as the 11th.
    assert text(piece("{{ at|day }}", at=datetime(2023, 4, 11, 23, tzinfo=UTC))) == "12/04/2023"


def test_numbers_are_written_as_the_forms_write_them() -> None:
    assert [tags.number(n) for n in (0, 4200, 5_600_000, 12.5, None)] == [
        "0",
        "4.200",
        "5.600.000",
        "12,5",
        "",
    ]


def test_typed_text_is_escaped_everywhere() -> None:
    bad = "<script>x</script>\"'"
    for kind in ("text", "textarea", "date", "hidden"):
        shown = Template(
            "{% load tochuc %}{% entry kind 'n' label=bad value=bad hint=bad errors=bad %}"
        ).render(Context({"kind": kind, "bad": bad}))
        assert "<script" not in shown, kind
    assert controls.entry("text", "n", value=bad)["value"] == bad


def test_a_password_is_never_sent_back() -> None:
    box = piece('{% entry "password" "p" label="Mật khẩu" value="bi mat" %}')
    assert "bi mat" not in html.tostring(box, encoding="unicode")


def test_a_posting_form_carries_its_tokens() -> None:
    carried = piece("{% marks form %}", form=gallery.ExampleForm(), csrf_token="abc")
    values = dict(zip(carried.xpath(".//@name"), carried.xpath(".//@value"), strict=True))
    assert values["csrfmiddlewaretoken"] == "abc"
    assert re.fullmatch(r"[0-9a-f-]{36}", values["once"])


def test_a_person_can_be_found_and_chosen_without_javascript(shown: html.HtmlElement) -> None:
    finder = shown.get_element_by_id("id_who").xpath("ancestor::*[@data-finder]")[0]
    assert finder.xpath(".//button/@name") == ["find"]
    assert finder.xpath(".//button/@value") == ["who"]
    assert set(finder.xpath(".//input[@type='radio']/@name")) == {"who"}
    assert "sinh 1963" in text(finder)


# Lists


def list_of(count: int) -> html.HtmlElement:
    return piece(
        '{% table columns rows caption="Đảng viên" what="đảng viên" empty_why="Chưa kết nạp ai." %}',
        columns=gallery.COLUMNS,
        rows=gallery.rows(count),
    )


@pytest.mark.parametrize("count", [1, 15, 300])
def test_a_list_names_its_rows_by_links_and_says_how_many(count: int) -> None:
    shown = list_of(count)
    names = shown.xpath(".//tbody/tr/th[@scope='row']/a")
    assert [a.get("href") for a in names] == [f"/dang-vien/{i}/" for i in range(count)]
    assert f"{count} đảng viên" in text(shown.xpath(".//caption")[0])
    for row in shown.xpath(".//tbody/tr"):
        assert len(row.xpath("td[@class='fact']")) == 1
        assert all(row.xpath("td[contains(@class,'rest')]/@data-label"))


def test_figures_stand_in_columns_of_figures() -> None:
    row = list_of(15).xpath(".//tbody/tr")[14]
    assert [text(c) for c in row.xpath("td[contains(@class,'num')]")] == ["4", "17.276"]


def test_the_sorted_column_says_so() -> None:
    heads = list_of(1).xpath(".//thead//th")
    assert [h.get("aria-sort") for h in heads][:3] == ["ascending", None, None]


def test_an_empty_list_says_why() -> None:
    shown = list_of(0)
    assert not shown.xpath(".//table")
    assert "Chưa kết nạp ai." in text(shown)


def test_a_row_must_have_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="zip"):
        piece(
            '{% table columns rows caption="x" %}',
            columns=gallery.COLUMNS,
            rows=[{"name": "A", "cells": [1]}],
        )


def test_pages_keep_the_filter_and_the_sort() -> None:
    request = RequestFactory().get("/dang-vien/?q=lan&xep=ten&trang=2")
    shown = piece(
        '{% pagination page what="đảng viên" %}', page=Paginator(range(100), 15).page(2), request=request
    )
    assert shown.xpath(".//a[@rel='next']/@href") == ["?q=lan&xep=ten&trang=3"]
    assert text(shown.xpath(".//*[@aria-current='page']")[0]) == "Trang 2"
    assert "16–30 trong 100" in text(shown)


def test_a_figure_of_the_statement_opens_its_people_and_nil_opens_nothing(shown: html.HtmlElement) -> None:
    statement = shown.xpath("//table[caption='Biến động đảng viên năm 2022']")[0]
    cells = statement.xpath(".//tbody//td")
    assert all((c.xpath("a") != []) == (text(c) != "0") for c in cells)
    box = statement.getparent()
    assert (box.get("role"), box.get("tabindex"), bool(box.get("aria-label"))) == ("region", "0", True)


# Pieces


def test_a_task_says_what_whom_until_when_and_why(shown: html.HtmlElement) -> None:
    task = shown.xpath("//li[contains(@class,'task')]")[0]
    said = text(task)
    for words in (gallery.TASKS[0]["what"], gallery.TASKS[0]["whom"], "quá hạn 3 ngày", "Vì sao?", "Căn cứ:"):
        assert words in said
    assert len(task.xpath(".//a[contains(@class,'button')]")) == 1


def test_a_corrected_event_is_struck_through_and_explained(shown: html.HtmlElement) -> None:
    corrected = shown.xpath("//ol[@class='timeline']/li[@class='corrected']")[0]
    assert "Huy hiệu" in text(corrected.xpath(".//s")[0])
    assert "Ghi nhầm người" in text(corrected)


def test_state_is_said_in_words_not_by_colour_alone(shown: html.HtmlElement) -> None:
    assert all(text(s) for s in shown.xpath("//*[contains(@class,'status')]"))
    assert all(text(n.xpath(".//strong")[0]) for n in shown.xpath("//*[contains(@class,'notice ')]"))


def test_only_an_error_interrupts(shown: html.HtmlElement) -> None:
    roles = {n.get("class"): n.get("role") for n in shown.xpath("//*[starts-with(@class,'notice ')]")}
    assert roles["notice error"] == "alert"
    assert roles["notice success"] == roles["notice warning"] == "status"


SPAN = st.tuples(st.integers(0, 60), st.integers(0, 60))


@given(
    st.text(
        alphabet=st.characters(exclude_characters="\r\x00", exclude_categories=("Cc", "Cs")), max_size=50
    ),
    st.lists(SPAN, max_size=6),
)
def test_marking_a_source_loses_no_letter_and_gives_every_item_a_place(
    source: str, places: list[tuple[int, int]]
) -> None:
    spans = [{"start": min(p), "end": max(p), "id": i, "label": ""} for i, p in enumerate(places)]
    shown = html.fragment_fromstring(marked(source, spans), create_parent="div")
    assert shown.text_content() == source
    assert sorted(shown.xpath(".//@id")) == sorted(f"nguon-{i}" for i in range(len(places)))
