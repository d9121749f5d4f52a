"""Proof of claims: handing it out."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qdtrade.evidence.actions import LARGE, SMALL
from qdtrade.evidence.downloads import download, preview_of
from qdtrade.web import refused_page

from ..models import ClaimFile


def _shown(request: HttpRequest, pk: int) -> ClaimFile:
    return get_object_or_404(ClaimFile.objects.visible_to(request.user).select_related("blob"), pk=pk)


@require_GET
def claim_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes, always as a download: no browser ever opens evidence as a page of ours."""
    return download(_shown(request, pk))


@require_GET
def claim_file_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture at reading size, made by us; where none can be made, a page that says so."""
    shown = _shown(request, pk)
    words = _("No picture can be shown of %(file)s. Download the file to look at it.") % {"file": shown.name}
    return preview_of(request, shown, LARGE) or refused_page(request, 404, _("No preview"), [words])


@require_GET
def claim_file_thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture for a list."""
    picture = preview_of(request, _shown(request, pk), SMALL)
    return picture or HttpResponseNotFound(_("No preview"), content_type="text/plain; charset=utf-8")
