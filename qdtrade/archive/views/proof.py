"""Checking the records, and packing them: asking for it, seeing how far it is, taking packages away."""

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from qdtrade.evidence.downloads import HEADERS
from qdtrade.lists import page_of
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.models import Programme
from qdtrade.web import done

from .. import actions, background, rules, shown
from ..forms import PackageForm
from ..models import Package

FRAGMENTS = {"checking": "archive/_checking.html", "packing": "archive/_packing.html"}


@require_safe
def records_proof(request: HttpRequest) -> HttpResponse:
    """How far a check or a package is, for a page that asks again and again; without scripts, the page itself."""
    programme = current_programme(request)
    rules.reads_proof(programme, request.user)
    name = request.GET.get("of", "")
    if not request.htmx or name not in FRAGMENTS:  # type: ignore[attr-defined]
        return redirect(f"{reverse('records')}?programme={programme.code}")
    context = {"programme": programme} | shown.proof(programme, request.user)
    if context[name] is None:
        return HttpResponseClientRefresh()
    return render(request, FRAGMENTS[name], context)


@require_POST
def records_check(request: HttpRequest) -> HttpResponse:
    """Have the whole chain walked in the background."""
    programme = current_programme(request)
    actions.ask_check(programme, by=request.user, start=background.check.enqueue)
    return done(request, _("The records are being checked."), "records")


@require_http_methods(["GET", "HEAD", "POST"])
def package_list(request: HttpRequest) -> HttpResponse:
    """The packages that were made, newest first; a POST has another made."""
    programme = current_programme(request)
    rules.reads_proof(programme, request.user)
    if request.method == "POST":
        return _ask(request, programme)
    return _list(request, programme, PackageForm(auto_id="package-%s"))


def _ask(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = PackageForm(request.POST, auto_id="package-%s")
    if form.is_valid():
        try:
            actions.ask_package(
                programme, by=request.user, start=background.pack.enqueue, **form.cleaned_data
            )
        except ValidationError as fault:
            form.add_error("to_on", fault.messages)
        else:
            return done(request, _("The package is being made."), "records")
    return _list(request, programme, form, status=400)


def _list(request: HttpRequest, programme: Programme, form: PackageForm, status: int = 200) -> HttpResponse:
    page = page_of(request, shown.packages_of(programme, request.user))
    context = {"programme": programme, "page": page, "package_form": form}
    return render(request, "archive/packages.html", context, status=status)


@require_GET
def package_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file, as a download that is recorded first."""
    row = get_object_or_404(Package.objects.visible_to(request.user).for_list(), pk=pk)
    if not row.is_there:
        raise Http404
    actions.note_download(row, by=request.user)
    return FileResponse(
        row.path.open("rb"),
        as_attachment=True,
        filename=row.name,
        content_type="application/zip",
        headers=HEADERS,
    )
