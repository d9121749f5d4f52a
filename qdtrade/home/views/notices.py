"""A person's inbox."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from qdtrade.errors import Words
from qdtrade.lists import page_of
from qdtrade.notices.actions import mark_read
from qdtrade.notices.models import Notice
from qdtrade.programmes import current
from qdtrade.web import done

SAID: dict[tuple[str, str], Words] = {
    ("report", "return"): gettext_lazy("%(by)s returned the report %(label)s"),
    ("report", "approve"): gettext_lazy("%(by)s approved the report %(label)s"),
    ("report", "reopen"): gettext_lazy("%(by)s reopened the report %(label)s"),
    ("report", "put_back"): gettext_lazy("%(by)s put the report %(label)s back, which you had taken"),
    ("membership", "appoint_deputy"): gettext_lazy("%(by)s made you a deputy: %(label)s"),
    ("membership", "be_deputised"): gettext_lazy("%(by)s appointed somebody to act for you: %(label)s"),
    ("membership", "end_deputy"): gettext_lazy("%(by)s ended a deputy: %(label)s"),
    ("task", "accept"): gettext_lazy("%(by)s accepted the task %(label)s"),
}
"""What happened, by kind and move; anything else is named by its move."""

PAGES = {"report": "report", "task": "task"}
LISTS = {"membership": "deputies"}
"""Where a thing is shown: on a page of its own, or in a list."""


@dataclass(frozen=True)
class Entry:
    """A notice in the reader's words, with the way to what it is about."""

    notice: Notice
    words: str
    comment: str
    url: str


@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """The notices, newest first; a POST marks one, or all, as read."""
    if request.method == "POST":
        chosen = [int(pk) for pk in request.POST.getlist("notice") if pk.isdecimal() and len(pk) < 19]
        count = mark_read(request.user, chosen or None)
        words = ngettext("%(count)d notice marked as read.", "%(count)d notices marked as read.", count)
        return done(request, words % {"count": count}, "notices")
    rows = Notice.objects.visible_to(request.user).order_by("-created_at", "-pk")
    codes = {programme.pk: programme.code for programme in current.programmes_of(request.user)}
    page = page_of(request, rows)
    context = {
        "page": page,
        "entries": [_entry(notice, codes.get(notice.scope, "")) for notice in page],
        "unread": Notice.objects.visible_to(request.user).unread().count(),
    }
    return render(request, "home/notices.html", context)


def _entry(notice: Notice, code: str) -> Entry:
    params: dict[str, Any] = {"by": "", "label": "", "comment": ""} | notice.params
    words = SAID.get((notice.kind, notice.move), _("%(by)s: %(move)s %(label)s"))
    url = f"{_address(notice)}?programme={code}" if code and notice.kind in {*PAGES, *LISTS} else ""
    return Entry(notice, str(words) % {**params, "move": notice.move}, params["comment"], url)


def _address(notice: Notice) -> str:
    if notice.kind in LISTS:
        return reverse(LISTS[notice.kind])
    return reverse(PAGES[notice.kind], args=[notice.object_id])
