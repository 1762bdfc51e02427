"""Recording what happened to a person: choose the kind, fill in its form, see what changes, write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.words import due_words, in_sentence
from tochuc.members import eligibility, queries, recording, temporary, transfers
from tochuc.members.kinds import EVENT_KINDS, OUTSIDE
from tochuc.members.queries import MemberEvent, Person
from tochuc.members.recordable import Offer, offered
from tochuc.web.door import page
from tochuc.web.members import by_case, steps
from tochuc.web.members.finder import place_finder
from tochuc.web.members.forms import KIND_OF_SLUG, LAYOUTS, EventForm, form_for
from tochuc.web.members.record_card import decision, title
from tochuc.web.organisations.place import person_head, record_of
from tochuc.web.reports.touched import reports_touched


@page("dang-vien/<person:person>/ghi/", name="member_record", needs="member.record", post="member.record")
def member_record(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """What may be recorded of this person now."""
    context = {
        **person_head(viewer, person, f"Ghi biến động: {person.full_name}", "Ghi biến động"),
        "standing": in_sentence(person.get_standing_display()),
        "choices": [
            (
                o.kind.label,
                o.about,
                by_case.way(viewer, person, o.kind.code)
                or reverse("member_record_kind", args=[person.ref, LAYOUTS[o.kind.code].slug]),
            )
            for o in _offered(viewer, person)
        ],
    }
    return render(request, "members/record.html", context)


@page(
    "dang-vien/<person:person>/ghi/<str:kind>/",
    name="member_record_kind",
    needs="member.record",
    post="member.record",
)
def member_record_kind(request: HttpRequest, viewer: Viewer, person: Person, kind: str) -> HttpResponse:
    """The form of one kind of event, then what it will change, then writing it."""
    offer = next((o for o in _offered(viewer, person) if o.kind.code == KIND_OF_SLUG.get(kind)), None)
    if offer is None:
        return _not_now(request, viewer, person, kind)
    if elsewhere := by_case.way(viewer, person, offer.kind.code):
        return redirect(elsewhere)
    return Recording(request, viewer, person, offer).answer()


def _offered(viewer: Viewer, person: Person) -> list[Offer]:
    """What is the viewer's to record; a move at once only where they keep the ledger of another cell too."""
    found = offered(viewer, person)
    if transfers.answers_for_another(viewer, person.home):
        return found
    return [one for one in found if one.kind.code != "transferred"]


def _not_now(request: HttpRequest, viewer: Viewer, person: Person, kind: str) -> HttpResponse:
    """A kind that doesn't fit the person's standing, as after someone else recorded it meanwhile."""
    code = KIND_OF_SLUG.get(kind)
    if code is None:
        raise Http404
    context = {
        **person_head(viewer, person, f"Ghi biến động: {person.full_name}", "Ghi biến động"),
        "what": EVENT_KINDS[code].label,
        "standing": in_sentence(person.get_standing_display()),
        "choose_url": reverse("member_record", args=[person.ref]),
    }
    return render(
        request, "members/record_not_now.html", context, status=422 if request.method == "POST" else 200
    )


@dataclass
class Recording(steps.TwoSteps[EventForm]):
    """One request about one kind of event of one person."""

    request: HttpRequest
    viewer: Viewer
    person: Person
    offer: Offer

    def whose(self) -> Person:
        """The person spoken of."""
        return self.person

    def form_made(self) -> type[EventForm]:
        """The form of the kind."""
        return form_for(self.offer.kind.code, self.viewer.today)

    def write(self, form: EventForm) -> MemberEvent:
        """Record it, of a cell that the viewer answers for."""
        if self.offer.kind.place:
            transfers.check_answers_for(self.viewer, form.wish.organisation)
        return recording.write(self.person, form.wish, by=self.viewer.actor, today=self.viewer.today)

    def proposed(self) -> dict[str, Any]:
        """The day on which probation ends, of a recognition; else nothing."""
        if self.offer.kind.code != "recognised":
            return {}
        end = self._probation()
        return {"on": end.ends} if end is not None and end.ends <= self.viewer.today else {}

    def _probation(self) -> eligibility.ProbationEnd | None:
        return eligibility.probation_end(recording.events_in_force(self.person))

    def _head(self) -> dict[str, Any]:
        kind = self.offer.kind
        person = self.person
        return {
            **person_head(self.viewer, person, f"{kind.label}: {person.full_name}", kind.label),
            "offer": self.offer,
            "layout": LAYOUTS[kind.code],
            "rules": self._rules(),
            "cancel": reverse("member_record", args=[person.ref]),
        }

    def _rules(self) -> list[dict[str, Any]]:
        """What the rules say here, each with its why."""
        if self.offer.kind.code in {"admitted", "readmitted"}:
            return [
                {
                    "words": f"Hôm nay {found.words}. {found.rule.title}: {found.rule.words}.",
                    "why": found.rule.why,
                    "met": found.met,
                }
                for found in eligibility.ages(self.person.birth, self.viewer.today)
            ]
        if self.offer.kind.code == "recognised" and (end := self._probation()) is not None:
            words = (
                f"Lễ kết nạp ngày {day_vn(end.began)}, hết {end.length.words} dự bị ngày {day_vn(end.ends)}."
            )
            if end.ends > self.viewer.today:
                words = f"Chưa tới ngày công nhận ({due_words(end.ends, self.viewer.today)}). {words}"
            why = "; ".join(ruled.why for ruled in (end.length, end.exactly) if ruled is not None)
            return [{"words": words, "why": why, "met": end.ends <= self.viewer.today}]
        if self.offer.kind.code == "sent_temporarily":
            return [
                {"words": f"{limit.title}: {limit.words}.", "why": limit.why, "met": True}
                for limit in temporary.limits(self.viewer.today)
            ]
        return []

    def form_page(self, form: EventForm, status: int = 200) -> HttpResponse:
        """The form, with what the rules say of it."""
        context = self._head() | {"form": form, "finder": place_finder(self.request, form, self.viewer)}
        return render(self.request, "members/record_kind.html", context, status=status)

    def confirm_page(self, form: EventForm, effect: recording.Effect) -> HttpResponse:
        """What will change, and what becomes of the posts."""
        context = {
            **self._head(),
            "filled": steps.filled(form),
            "changes": steps.changes(effect),
            "carried": steps.carried(self.request),
            "posts": self._posts(),
            "touched": reports_touched(self.viewer, effect),
            "keep_drafts": True,
        }
        return render(self.request, "members/record_confirm.html", context)

    def _posts(self) -> str:
        """What becomes of the posts the person holds, where the event takes them elsewhere."""
        rule = self.offer.kind
        held = [h.post.title for h in queries.posts_of(self.person, self.viewer.today)]
        if not held or (rule.code not in {"transferred"} and rule.to != OUTSIDE):
            return ""
        titles = "; ".join(held)
        if rule.to == OUTSIDE:
            return f"Đồng chí đang giữ chức vụ: {titles}. Các chức vụ này kết thúc cùng ngày."
        return f"Đồng chí đang giữ chức vụ: {titles}. Chuyển sinh hoạt không tự kết thúc chức vụ."

    def done(self, event: MemberEvent) -> HttpResponse:
        """Back to the record, where it may still be read."""
        messages.success(self.request, said(event, self.person))
        still = gate.may(self.viewer, "member.read", "person", self.person)
        return redirect(record_of(self.person.ref) if still else reverse("members"))


def said(event: MemberEvent, person: Person) -> str:
    """What was recorded, of whom, and what next."""
    who = f"đồng chí {person.full_name}" if recording.in_party(person) else person.full_name
    words = f"Đã ghi nhận: {who}, {in_sentence(title(event))}, ngày {day_vn(event.happened_on)}."
    paper = decision(event)
    if paper:
        words += f" {paper}."
    if event.kind == "transferred" and event.organisation is not None:
        words += f" {event.organisation.name} tiếp nhận và bổ sung hồ sơ."
    return words
