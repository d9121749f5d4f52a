"""What is owed and what was filed, as the API shows it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from qdtrade.accounts.serializers import BureauNameSerializer, PersonSerializer
from qdtrade.api import OfferSerializer, SampleFields, moves_of
from qdtrade.programmes.models import Programme, Timeliness
from qdtrade.programmes.serializers import PeriodNameSerializer

from .. import content as contents
from ..models import ExpectedReport, Report, ReportFile, ReportVersion, SignOff
from ..workflow import REPORT_MOVES
from .contents import KeptContent, Remarks
from .register import TaskNameSerializer


class ExpectedReportSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """What a bureau owes for a period, and whether it came in time."""

    programme = serializers.SlugRelatedField[Programme]("code", source="task.programme", read_only=True)
    task = TaskNameSerializer()
    period = PeriodNameSerializer()
    bureau = BureauNameSerializer()
    timeliness = serializers.ChoiceField(Timeliness.choices)
    due_on = serializers.DateField(source="period.due_on")
    grace_on = serializers.DateField(source="period.grace_on")
    report = serializers.IntegerField(source="report.pk")
    report_status = serializers.ChoiceField(Report.Status.choices, source="report.status")
    is_sample = serializers.BooleanField(source="task.is_sample")

    class Meta:
        model = ExpectedReport
        fields = (
            "id",
            "programme",
            "task",
            "period",
            "bureau",
            "timeliness",
            "due_on",
            "grace_on",
            "first_submitted_at",
            "exempt_reason",
            "exception_until",
            "exception_reason",
            "report",
            "report_status",
            "is_sample",
            "url",
        )
        extra_kwargs = {"url": {"view_name": "api:expectedreport-detail"}}


class VersionSerializer(serializers.ModelSerializer[ReportVersion]):
    """A submitted version whole, with its decision: everybody who sees the report sees it."""

    content = KeptContent()
    remarks = Remarks()
    answers = serializers.SerializerMethodField(
        help_text=_("What the bureau answers to the remarks on the version before.")
    )
    submitted_by = PersonSerializer()
    submitted_for = PersonSerializer(allow_null=True)
    decided_by = PersonSerializer(allow_null=True)
    decided_for = PersonSerializer(allow_null=True)

    class Meta:
        model = ReportVersion
        fields = (
            "id",
            "number",
            "content",
            "submitted_at",
            "submitted_by",
            "submitted_for",
            "filed_from",
            "decision",
            "decided_at",
            "decided_by",
            "decided_for",
            "comment",
            "remarks",
            "answers",
        )

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_answers(self, row: ReportVersion) -> dict[str, str]:
        return contents.answers_in(row.content)


class SignOffSerializer(serializers.ModelSerializer[SignOff]):
    """What the head of the bureau was asked last; its text is its bureau's own."""

    asked_by = PersonSerializer()
    asked_for = PersonSerializer(allow_null=True)

    class Meta:
        model = SignOff
        fields = ("number", "asked_at", "asked_by", "asked_for", "decision", "decided_at")


class ReportSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A report: `current` was submitted last, `in_force` approved last. That a draft exists is shown, its text not."""

    programme = serializers.SlugRelatedField[Programme]("code", source="task.programme", read_only=True)
    task = TaskNameSerializer()
    period = PeriodNameSerializer()
    bureau = BureauNameSerializer()
    author = PersonSerializer(allow_null=True)
    taken_by = PersonSerializer(allow_null=True)
    taken_for = PersonSerializer(allow_null=True)
    timeliness = serializers.ChoiceField(Timeliness.choices)
    first_submitted_at = serializers.DateTimeField(source="expected.first_submitted_at", allow_null=True)
    has_draft = serializers.BooleanField()
    sign_off = SignOffSerializer(allow_null=True)
    current = VersionSerializer(allow_null=True)
    in_force = VersionSerializer(allow_null=True)
    is_sample = serializers.BooleanField(source="task.is_sample")
    sample_fields = SampleFields(source="task.sample_fields")
    moves = serializers.SerializerMethodField()

    class Meta:
        model = Report
        fields = (
            "id",
            "programme",
            "task",
            "period",
            "bureau",
            "status",
            "author",
            "timeliness",
            "first_submitted_at",
            "submitted_at",
            "review_due_on",
            "resubmit_due_on",
            "taken_by",
            "taken_for",
            "taken_at",
            "has_draft",
            "sign_off",
            "current",
            "in_force",
            "is_sample",
            "sample_fields",
            "version",
            "moves",
            "url",
        )
        extra_kwargs = {"url": {"view_name": "api:report-detail"}}

    @extend_schema_field(OfferSerializer(many=True))
    def get_moves(self, report: Report) -> list[dict[str, Any]]:
        user = self.context["request"].user
        return moves_of(report, REPORT_MOVES, user, self.fields["url"].to_representation(report))


class EvidenceSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A file of a report, perhaps the proof of one milestone; `kept_at` tells since when it stays."""

    programme = serializers.SlugRelatedField[Programme](
        "code", source="report.task.programme", read_only=True
    )
    task = TaskNameSerializer(source="report.task")
    report = serializers.IntegerField(source="report_id")
    milestone = serializers.IntegerField(source="milestone_id", allow_null=True)
    added_by = PersonSerializer()
    sha256 = serializers.CharField(source="blob.sha256")
    size = serializers.IntegerField(source="blob.size")
    is_sample = serializers.BooleanField(source="report.task.is_sample")
    download = serializers.HyperlinkedIdentityField(view_name="api:evidence-download")

    class Meta:
        model = ReportFile
        fields = (
            "id",
            "programme",
            "task",
            "report",
            "milestone",
            "name",
            "media_type",
            "size",
            "sha256",
            "added_at",
            "added_by",
            "kept_at",
            "dropped_at",
            "is_sample",
            "download",
            "url",
        )
        extra_kwargs = {"url": {"view_name": "api:evidence-detail"}}
