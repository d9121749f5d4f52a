"""Evidence in the administration: to be looked at alone."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from qdtrade.moderation import INSPECTION, TrailAdmin, column

from ..filters import EvidenceFilter
from ..models import ReportFile
from . import cells


@admin.register(ReportFile)
class ReportFileAdmin(TrailAdmin):
    """The files of reports, as far as the person may see them."""

    group = INSPECTION
    label = gettext_lazy("Evidence")
    place = 40
    sentence = gettext_lazy(
        "Read only: a file belongs to its report, and stays from the first submission on."
    )
    not_added = gettext_lazy("Files are added on the page of their report")
    of_programme = "report__expected__period__programme"
    filters = EvidenceFilter
    search_hint = gettext_lazy("Code, name, bureau")
    list_display = ("name", "report", "bureau", "node", "size", "added_by", "added_at", "checksum")
    facts = ("report", "bureau", "node", "size", "added_by", "added_at", "kept_at", "whole_checksum")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReportFile]:
        rows = ReportFile.objects.visible_to(request.user).select_related(
            "blob", "milestone", "added_by", "report__expected__task", "report__expected__period",
            "report__expected__bureau",
        )  # fmt: skip
        return rows.order_by("-added_at", "-pk")

    @column(gettext_lazy("Report"), css="name")
    def report(self, row: ReportFile) -> SafeString:
        return format_html("{} · {}", cells.coded(row.report.task), row.report.period)

    @column(gettext_lazy("Bureau"), css="nowrap")
    def bureau(self, row: ReportFile) -> str:
        return str(row.report.bureau)

    @column(gettext_lazy("Milestone"))
    def node(self, row: ReportFile) -> str:
        return str(row.milestone or "")

    @column(gettext_lazy("Size"), ordering="size", css="num")
    def size(self, row: ReportFile) -> str:
        return filesizeformat(row.blob.size)

    @column("SHA-256")
    def checksum(self, row: ReportFile) -> SafeString:
        return format_html('<span class="code">{}…</span>', row.blob.sha256[:8])

    @column("SHA-256")
    def whole_checksum(self, row: ReportFile) -> SafeString:
        return format_html('<span class="code hash">{}</span>', row.blob.sha256)

    def page_url(self, row: ReportFile) -> str:
        return reverse("report", args=[row.report_id])
