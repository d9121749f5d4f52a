"""The figures of a bulletin: the page of a period, its print view, its Word file, and putting figures right."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qdtrade.audit import past
from qdtrade.documents import FONTS, MEDIA_TYPE
from qdtrade.errors import NotAllowed
from qdtrade.programmes import actions, freezing
from qdtrade.programmes.current import current_programme, roles_in
from qdtrade.programmes.exports import file_name
from qdtrade.programmes.models import Export, Period, Programme, Role
from qdtrade.web import done

from ..bulletin.reading import Bulletin, bulletin_of
from ..bulletin.writing import written
from ..records import reads_whole


@require_GET
def bulletin(request: HttpRequest) -> HttpResponse:
    """The figures of the period that closed last, or of the one that runs where none has closed."""
    programme = current_programme(request)
    _refuse_part(request, programme)
    opened = list(_opened(programme, request.user))
    settled = [period for period in opened if not period.is_running]
    latest = next(iter([*settled, *opened]), None)
    if latest is None:
        return render(request, "home/bulletin_none.html", {"programme": programme})
    return _page(request, latest, opened)


@require_GET
def bulletin_period(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of one period."""
    period = _period(request, pk)
    return _page(request, period, list(_opened(period.programme, request.user)))


@require_GET
def bulletin_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures as a paper of A4, for the browser to print or to keep as PDF."""
    period = _period(request, pk)
    return render(
        request,
        "home/bulletin_print.html",
        {"bulletin": bulletin_of(period, by=request.user), "period": period},
    )


@require_GET
def bulletin_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures as a Word file; that it left is recorded."""
    period = _period(request, pk)
    made = bulletin_of(period, by=request.user)
    content = written(made)
    filters = {"period": str(period), "format": "docx"}
    actions.note_export(
        period.programme, Export.What.BULLETIN, rows=made.figures, filters=filters, by=request.user
    )
    name = file_name(period.programme, f"{Export.What.BULLETIN}-{period.starts_on:%Y%m}", "docx")
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)


@require_POST
def bulletin_restate(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the figures of a frozen period right; the old ones stay beside the new."""
    period = _period(request, pk)
    made = actions.restate(period, by=request.user, reason=request.POST.get("reason", ""))
    words = _("%(count)d figures of %(period)s were put right; what they were stands beside them.")
    return done(request, words % {"count": made.figures, "period": period}, "bulletin_period", period.pk)


def _page(request: HttpRequest, period: Period, opened: list[Period]) -> HttpResponse:
    programme = period.programme
    restates = Role.MANAGER in roles_in(request.user, programme) and past.current() is None
    made = bulletin_of(period, by=request.user)
    context = {
        "programme": programme,
        "period": period,
        "bulletin": made,
        "periods": [one for one in reversed(opened) if one.starts_on.year == period.starts_on.year],
        "years": _years(opened, period),
        "differing": _differing(made) if restates else [],
        "may_restate": restates and made.is_kept,
        "fonts": FONTS,
        "period_url": f"{reverse('period', args=[period.pk])}?programme={programme.code}",
    }
    return render(request, "home/bulletin.html", context)


def _differing(made: Bulletin) -> list[Any]:
    """The figures of a frozen period that would be others today."""
    return freezing.differing(made.period, made.made_at) if made.is_kept else []


def _years(opened: list[Period], shown: Period) -> list[tuple[int, int]]:
    """Each other year with its last period."""
    last = {one.starts_on.year: one.pk for one in reversed(opened)}
    return [(year, pk) for year, pk in last.items() if year != shown.starts_on.year]


def _opened(programme: Programme, user: Any) -> Any:
    """The periods in which tasks were reported, the last one first."""
    rows = Period.objects.visible_to(user).filter(programme=programme).of_reports()
    return rows.that_opened().for_move().in_order()


def _period(request: HttpRequest, pk: int) -> Period:
    """A period of a programme that the person reads whole, once it has opened."""
    period = get_object_or_404(Period.objects.visible_to(request.user).for_move(), pk=pk)
    _refuse_part(request, period.programme)
    if period.status == Period.Status.PLANNED:
        raise Http404
    return period


def _refuse_part(request: HttpRequest, programme: Programme) -> None:
    if not reads_whole(request.user, programme.pk):
        words = _(
            "A bulletin quotes the figures of the whole programme. They are for its reviewers, auditors and"
            " administrators; the pages of the periods show yours."
        )
        raise NotAllowed(words)
