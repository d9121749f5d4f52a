"""A bureau becomes a part of another one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from qdtrade import clock
from qdtrade.accounts import rules as accounts_rules
from qdtrade.accounts.actions import unmerge_bureau
from qdtrade.accounts.models import Bureau
from qdtrade.audit import trail
from qdtrade.errors import refusal_of
from qdtrade.posted import ids_of
from qdtrade.programmes.models import Membership
from qdtrade.web import done

from .. import rules
from ..actions.merging import hand_over, merge
from ..forms import MergingForm
from ..open_work import OF_BUREAUS, BureauWork

FIRST = 20
MOST = 100
LOOKED_AT = ("name", "short_name")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def merging(request: HttpRequest, pk: int) -> HttpResponse:
    """Who goes along and what is left to hand over; then the act itself."""
    bureau = _found(request, pk)
    keeps = not refusal_of(lambda: accounts_rules.keeps_bureaus(bureau.root_id, request.user))
    if request.method == "POST":
        accounts_rules.keeps_bureaus(bureau.root_id, request.user)
    today = clock.today()
    others = Bureau.objects.visible_to(request.user).filter(region=bureau.region_id, merged_into=None)
    people = _people(request, bureau)
    data = request.POST if request.method == "POST" else None
    form = MergingForm(data, into=others.exclude(pk=bureau.pk).in_order(), people=people, today=today)
    if request.method == "POST" and form.is_valid() and (answer := _merge(request, bureau, form)):
        return answer
    context = {
        "bureau": bureau,
        "keeps": keeps,
        "form": form,
        "people": people,
        "work": _work(request, bureau),
        "seen": trail.seen_as(bureau, LOOKED_AT),
        "programme": request.GET.get("programme", ""),
        "list": reverse("admin:accounts_bureau_changelist"),
    }
    return render(request, "people/merging.html", context, status=400 if form.errors else 200)


@require_POST
def unmerging(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a merger that was a mistake."""
    bureau = _found(request, pk)
    accounts_rules.keeps_bureaus(bureau.root_id, request.user)
    unmerge_bureau(bureau, by=request.user, comment=request.POST.get("comment", ""))
    words = _("%(bureau)s is a bureau of its own again.")
    return done(request, words % {"bureau": bureau}, "bureau_merging", bureau.pk)


@require_POST
def handing_over(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hand the ticked rows over to the bureau that this one is a part of now; each by itself, with its own result."""
    bureau, work = _found(request, pk), OF_BUREAUS.get(kind)
    if work is None or work.passes is None or bureau.merged_into is None:
        raise Http404
    ticked = ids_of(request.POST, "row")
    if not ticked:
        raise ValidationError(_("Tick what is to be handed over."))
    comment = request.POST.get("comment", "").strip()
    if not comment:
        raise ValidationError({"comment": _("Please give a reason.")})
    rows = _seen(request, work.rows(bureau)).filter(pk__in=ticked[:MOST])
    results = hand_over(work, rows, bureau.merged_into, by=request.user, comment=comment)
    for row, reason in results:
        if reason:
            messages.error(request, f"{row}\n{reason}")
    count = sum(not reason for _row, reason in results)
    if not count:
        messages.warning(request, _("Nothing was handed over."))
        return redirect("bureau_merging", bureau.pk)
    words = ngettext("%(count)d handed over to %(into)s.", "%(count)d handed over to %(into)s.", count)
    return done(request, words % {"count": count, "into": bureau.merged_into}, "bureau_merging", bureau.pk)


def _found(request: HttpRequest, pk: int) -> Bureau:
    rows = Bureau.objects.visible_to(request.user).select_related("parent", "merged_into")
    bureau = get_object_or_404(rows.filter(region__isnull=False), pk=pk)
    rules.sees_mergers(bureau, request.user)
    return bureau


def _people(request: HttpRequest, bureau: Bureau) -> Any:
    """Whose role in the bureau goes on, in the programmes that the administrator keeps; nobody moves themselves."""
    rows = Membership.objects.visible_to(request.user).filter(bureau=bureau, deputy_of=None)
    rows = rows.exclude(ends_on__lt=clock.today()).exclude(user=request.user.pk)
    if not request.user.is_superuser:
        rows = rows.filter(programme__in=request.user.administers)  # type: ignore[union-attr]
    return rows.with_people().order_by("programme", "user__name", "pk")


def _work(request: HttpRequest, bureau: Bureau) -> list[dict[str, Any]]:
    """What the bureau still owes, by kind: how much the reader sees, the first of it, and whether it is handed over."""
    return [part for one in OF_BUREAUS.values() if (part := _part(request, bureau, one))["count"]]


def _part(request: HttpRequest, bureau: Bureau, one: BureauWork) -> dict[str, Any]:
    rows = _seen(request, one.rows(bureau))
    first = list(rows[: MOST if one.passes else FIRST])
    may_pass = one.may_pass if bureau.merged_into is not None else None
    return {
        "work": one,
        "count": rows.count(),
        "first": [(row.pk, str(row), one.address(row)) for row in first],
        "passable": may_pass is not None and any(may_pass(row, request.user) for row in first),
    }


def _seen(request: HttpRequest, rows: Any) -> Any:
    return rows.filter(pk__in=rows.model._default_manager.visible_to(request.user).values("pk"))


def _merge(request: HttpRequest, bureau: Bureau, form: MergingForm) -> HttpResponse | None:
    given = form.cleaned_data
    try:
        merge(
            bureau,
            given["into"],
            by=request.user,
            merged_on=given["merged_on"],
            comment=given["comment"],
            people=given["people"],
            seen=request.POST.get("seen", ""),
        )
    except ValidationError as fault:
        form.mark(fault)
        return None
    words = _("%(bureau)s is a part of %(into)s.\nWhat it still owes stands below.")
    return done(request, words % {"bureau": bureau, "into": given["into"]}, "bureau_merging", bureau.pk)
