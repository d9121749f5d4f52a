"""All evidence of a bureau's period as one file."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qdtrade.errors import WrongState
from qdtrade.evidence.zipped import stream
from qdtrade.programmes.actions import note_export
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.models import Export
from qdtrade.tables import safe_filename

from ..evidence_zip import entries, proofs
from ..filters import ExpectedReportFilter
from ..models import ExpectedReport


@require_GET
def evidence_zip(request: HttpRequest) -> StreamingHttpResponse:
    """The evidence of a `bureau` for a `period`, as submitted last; recorded before the first byte leaves."""
    programme = current_programme(request)
    scope = ExpectedReport.objects.visible_to(request.user).filter(period__programme=programme)
    filters = ExpectedReportFilter(request.GET, scope, request=request)
    filters.rows()
    period, bureau = (filters.form.cleaned_data.get(name) for name in ("period", "bureau"))
    if period is None or bureau is None or period.programme_id != programme.pk:
        raise ValidationError(_("Choose a period and a bureau of this programme."))
    found = proofs(request.user, period, bureau)
    if not found:
        words = _("%(bureau)s has submitted no evidence for %(period)s that you may read.")
        raise WrongState(words % {"bureau": bureau, "period": period})
    asked = {"period": str(period.pk), "bureau": bureau.code}
    note_export(programme, Export.What.EVIDENCE, rows=len(found), filters=asked, by=request.user)
    name = safe_filename(f"{programme.code}-evidence-{period.starts_on:%Y%m}-{bureau}.zip")
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingHttpResponse(
        stream(list(entries(found))), content_type="application/zip", headers=headers
    )
