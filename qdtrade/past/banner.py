"""What a page says of the moment that it shows, and the ways to another one."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import clock
from qdtrade.audit import past
from qdtrade.audit.models import Chain
from qdtrade.lists import kept, query
from qdtrade.programmes.current import roles_in
from qdtrade.programmes.models import Programme, Role
from qdtrade.templatetags import days

from .moments import AsOf
from .pages import has_past


@dataclass(frozen=True)
class Banner:
    """Where in time the page stands: `words` is empty in the present, where a page only offers the past."""

    day: str
    """The chosen day, for the field of the form."""
    latest: str
    """The latest day that can be chosen."""
    path: str
    kept: list[tuple[str, str]]
    looks_back: bool
    """Whether histories lead to what was right after each act: for those who saw everything then, too."""
    words: str = ""
    more: str = ""
    now_url: str = ""
    compare_url: str = ""
    """To what has changed since; for those who read the records."""


def banner(request: HttpRequest, programme: Programme | None) -> Banner | None:
    """For a page that shows the past or could; None for every other."""
    asked: AsOf | None = getattr(request, "as_of", None)
    look = past.current()
    whole = bool(roles_in(request.user, programme) & {Role.MANAGER, Role.AUDITOR, Role.ADMIN})
    if asked is None or look is None:
        is_offered = programme is not None and request.method == "GET" and has_past(request.path_info)
        return _offer(request, whole) if is_offered else None
    with clock.at(look.now):
        latest = clock.today()
    return Banner(
        day=days.iso(asked.day),
        latest=days.iso(latest),
        path=request.path,
        kept=kept(request),
        words=_("You are looking at the register as it stood at %(moment)s") % {"moment": _moment(asked)},
        more=_later(look, programme),
        looks_back=whole,
        compare_url=_comparison(asked, programme) if whole and programme is not None else "",
        now_url=f"{request.path}{query(request, **dict.fromkeys(_of_the_past(request)))}".removesuffix("?"),
    )


def _of_the_past(request: HttpRequest) -> tuple[str, ...]:
    """What of the address led here and would lead here again: the page's view names it."""
    return getattr(request, "of_the_past", ())


def _offer(request: HttpRequest, looks_back: bool) -> Banner:
    today = days.iso(clock.today())
    return Banner(day="", latest=today, path=request.path, kept=kept(request), looks_back=looks_back)


def _comparison(asked: AsOf, programme: Programme) -> str:
    return f"{reverse('records_compare')}?{urlencode({'programme': programme.code, 'from': asked.text})}"


def _moment(asked: AsOf) -> str:
    """The end of a day is said as 24:00, as offices write it."""
    if asked.is_end_of_day:
        return f"{days.iso(asked.day)} 24:00"
    return days.iso_moment(asked.moment)


def _later(look: past.Past, programme: Programme | None) -> str:
    """How much has happened since."""
    words = _("What was changed or removed since is shown as it was then. Nothing can be done here.")
    length: Any = None
    if programme is not None:
        chain = Chain.objects.filter(scope=programme.pk).values_list("pk", "length").first()
        length = chain and chain[1] - look.bounds().get(chain[0], 0)
    if length is None:
        return words
    since = ngettext(
        "%(count)s later record is left out.", "%(count)s later records are left out.", length
    ) % {"count": f"{length:,}"}
    return f"{since} {words}"
