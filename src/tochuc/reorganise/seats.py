"""Posts: those of organisations that end, end with them; others go on, are renewed under a new name, or begin."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db.models import F

from tochuc.kernel.days import FOREVER
from tochuc.kernel.errors import Refused, raise_all
from tochuc.kernel.known_dates import day_vn
from tochuc.members.kinds import IN_PARTY
from tochuc.members.models import Holds, Membership
from tochuc.org.kinds import MEMBER_KINDS
from tochuc.org.models import Organisation, Post
from tochuc.reorganise.changes import Change, Unit
from tochuc.reorganise.models import POST
from tochuc.reorganise.plan import NewPost
from tochuc.reorganise.run import Run

_RENEWED_ON = re.compile(r"(-\d{8})+$")
_LONGEST_CODE = 80


def write(run: Run) -> None:
    """End, renew and open posts; note who leaves and takes them. Members' events are recorded by ``people``."""
    _end(run, [run.organisations[code] for code, change in run.changes.items() if change.posts_end])
    for change in run.changes.values():
        if (
            change.before
            and change.after
            and change.before.name != change.after.name
            and not change.posts_end
        ):
            _renew(run, change, change.before, change.after)
    _leave(run)
    for code, change in run.changes.items():
        for new in change.new_posts:
            _open(run, run.organisations[code], new)


def _end(run: Run, organisations: list[Organisation]) -> None:
    # One whose making was taken back has no day, so it is in nobody's way.
    there = Post.objects.filter(organisation__in=organisations, until__gt=run.day)
    posts = list(there.exclude(since=F("until")))
    _refuse_later(run, posts)
    for post in posts:
        _close(run, post)
    for held in Holds.objects.filter(post__in=posts, until__gt=run.day).order_by("person", "post"):
        run.happen(held.person_id, "left_post", held.post_id)


def _leave(run: Run) -> None:
    """Whoever goes to another cell leaves the posts of the cell that is divided and goes on without them."""
    divided = [
        run.organisations[code] for code, one in run.changes.items() if one.split and not one.posts_end
    ]
    held = Holds.objects.filter(post__organisation__in=divided, since__lt=run.day, until__gt=run.day)
    for one in held.select_related("post__organisation").order_by("person", "post"):
        goes = run.goes.get(one.person_id)
        if goes is not None and goes[0] == one.post.organisation.code:
            run.happen(one.person_id, "left_post", one.post_id)


def _close(run: Run, post: Post) -> None:
    run.touch(POST, post.pk, {"until": post.until.isoformat()}, {"until": run.day.isoformat()})
    post.until = run.day
    post.save(update_fields=["until"])


def _refuse_later(run: Run, posts: list[Post]) -> None:
    """A post that began, or was taken, on the plan's day or later belongs to an order the plan ends."""
    later = Holds.objects.filter(post__in=posts, since__gte=run.day).select_related("post", "person")
    raise_all(
        [
            Refused("changed_later", f"{post.title} lập ngày {day_vn(post.since)}, không trước ngày sắp xếp.")
            for post in posts
            if post.since >= run.day
        ]
        + [
            Refused(
                "changed_later",
                f"{held.person.full_name} nhận chức {held.post.title} ngày {day_vn(held.since)}, "
                "khi chức vụ không còn; hãy đính chính trước.",
            )
            for held in later
        ]
    )


def _renew(run: Run, change: Change, before: Unit, after: Unit) -> None:
    """Posts titled by the old name end and begin anew under the new one; their holders keep them."""
    for post in Post.objects.filter(organisation=run.organisations[change.code], until__gt=run.day):
        title = _retitled(post.title, before, after)
        if title == post.title or post.since >= run.day:
            continue
        held = list(Holds.objects.filter(post=post, since__lt=run.day, until__gt=run.day))
        code = _renewed_code(post.code, run.day)
        fresh = _opened(run, run.organisations[change.code], code, post.kind, title)
        _close(run, post)
        for one in held:
            run.happen(one.person_id, "left_post", post.pk)
            run.happen(one.person_id, "took_post", fresh.pk)


def _renewed_code(code: str, day: date) -> str:
    """The code of a post that begins anew: its own with the day, in the place of an earlier one.

    >>> _renewed_code("xa-a-bi-thu-20250701", date(2026, 1, 1))
    'xa-a-bi-thu-20260101'
    """
    ending = f"-{day:%Y%m%d}"
    return _RENEWED_ON.sub("", code)[: _LONGEST_CODE - len(ending)] + ending


def _retitled(title: str, before: Unit, after: Unit) -> str:
    """The title with the old name replaced, whichever way its first letter is written."""
    for old, new in ((before.name, after.name), (before.short_name, after.short_name)):
        for first in (str.upper, str.lower):
            written = first(old[0]) + old[1:]
            if written in title:
                return title.replace(written, first(new[0]) + new[1:])
    return title


def _open(run: Run, organisation: Organisation, new: NewPost) -> None:
    post = _opened(run, organisation, new.code, new.kind, new.title)
    holder = _holder(run, organisation, new)
    if holder is not None:
        run.happen(holder, "took_post", post.pk)


def _opened(run: Run, organisation: Organisation, code: str, kind: str, title: str) -> Post:
    """The row of a new post; one that was taken back before is used again."""
    post = Post.objects.filter(code=code).first() or Post(code=code)
    if post.pk and post.since < post.until:
        raise Refused("code_taken", f"Mã chức vụ «{code}» đã dùng; hãy chọn mã khác.", "operations")
    post.organisation, post.kind, post.title = organisation, kind, title
    post.since, post.until = run.day, FOREVER
    post.save()
    after: dict[str, Any] = {"until": FOREVER.isoformat()}
    run.touch(POST, post.pk, None, after)
    return post


def _holder(run: Run, organisation: Organisation, new: NewPost) -> int | None:
    """Who takes the post: the first of those named by an old post who stands in the right place."""
    for code in new.holder_of:
        held = Holds.objects.on(run.plan.eve).filter(post__code=code).order_by("since").first()
        if held is not None and _may_hold(run, held.person_id, organisation):
            return held.person_id
    return None


def _may_hold(run: Run, person: int, organisation: Organisation) -> bool:
    """A member; for a cell's post, one who stands in that cell after the plan."""
    stay = Membership.objects.on(run.day).filter(person=person, standing__in=IN_PARTY)
    here = stay.values_list("organisation__code", flat=True).first()
    if here is None:
        return False
    to = run.goes[person][1] if person in run.goes else here
    return organisation.kind not in MEMBER_KINDS or to == organisation.code
