"""Tasks, reports and what belongs to them, as the API shows them: fields are listed, samples carry their mark."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from qdtrade import clock
from qdtrade.accounts.serializers import BureauNameSerializer, PersonSerializer
from qdtrade.api import OfferSerializer, SampleFields, moves_of
from qdtrade.programmes.models import Programme, Timeliness
from qdtrade.programmes.serializers import PeriodNameSerializer

from .models import (
    ExpectedReport,
    Extension,
    Field,
    Milestone,
    Report,
    ReportFile,
    ReportVersion,
    SignOff,
    Task,
)
from .workflow import EXTENSION_MOVES, REPORT_MOVES, TASK_MOVES


class ContentSerializer(serializers.Serializer[Any]):
    """What a report says; numbers and days are texts, as they were written."""

    done = serializers.CharField(help_text=_("What was done in the period."))
    progress = serializers.CharField(help_text=_("Overall progress in percent."))
    progress_reason = serializers.CharField(help_text=_("Why progress went back; empty where it did not."))
    milestones = serializers.DictField(
        child=serializers.CharField(),
        help_text=_("The day on which each claimed milestone was done, by its number."),
    )
    problems = serializers.CharField(help_text=_("Problems and help needed."))
    forecast_on = serializers.CharField(help_text=_("When it will be done."))
    self_light = serializers.CharField(help_text=_("How the bureau rates it: green, yellow, red or blue."))


class KeptFileSerializer(serializers.Serializer[Any]):
    """A file of a version, as it was when the version was submitted."""

    id = serializers.CharField()
    sha256 = serializers.CharField()
    name = serializers.CharField()
    size = serializers.CharField(help_text=_("Bytes, as text."))
    milestone = serializers.CharField(help_text=_("The number of the milestone that it proves, or empty."))


class KeptContentSerializer(ContentSerializer):
    """A content as it was submitted, with its files."""

    no_change = serializers.BooleanField(help_text=_("Whether it was handed in as “no change”."))
    files = KeptFileSerializer(many=True)


@extend_schema_field(KeptContentSerializer)
class KeptContent(serializers.JSONField):
    """Shown exactly as it was kept and hashed."""


@extend_schema_field(serializers.DictField(child=serializers.CharField()))
class Remarks(serializers.JSONField):
    """What the reviewer wrote, by the name of the field."""


@extend_schema_field(
    serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(), min_length=2, max_length=2)
    )
)
class OtherColumns(serializers.JSONField):
    """Heading and text of the register's other columns, in their order."""


class DraftSerializer(serializers.Serializer[Any]):
    """What a bureau is writing; shown to nobody else."""

    report = serializers.IntegerField()
    status = serializers.ChoiceField(Report.Status.choices)
    version = serializers.IntegerField(help_text=_("0 where nobody has begun to write."))
    saved_at = serializers.DateTimeField(allow_null=True)
    content = ContentSerializer()


class FieldNameSerializer(serializers.ModelSerializer[Field]):
    """A field of work, wherever one is named."""

    class Meta:
        model = Field
        fields = ("id", "number", "name")


class FieldSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A field of work."""

    programme = serializers.SlugRelatedField[Programme]("code", read_only=True)

    class Meta:
        model = Field
        fields = ("id", "programme", "number", "name", "url")
        extra_kwargs = {"url": {"view_name": "api:field-detail"}}


class TaskNameSerializer(serializers.ModelSerializer[Task]):
    """A task, wherever one is named; never without its sample mark."""

    sample_fields = SampleFields()

    class Meta:
        model = Task
        fields = ("id", "code", "title", "is_sample", "sample_fields")


class TaskSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A task as the register shows it."""

    programme = serializers.SlugRelatedField[Programme]("code", read_only=True)
    field = FieldNameSerializer()
    lead = BureauNameSerializer()
    supporting = BureauNameSerializer(many=True)
    sample_fields = SampleFields()
    extra = OtherColumns()
    declined_by = PersonSerializer(allow_null=True)
    declined_for = PersonSerializer(allow_null=True)
    claimed_by = PersonSerializer(allow_null=True)
    claimed_for = PersonSerializer(allow_null=True)
    decided_by = PersonSerializer(allow_null=True)
    decided_for = PersonSerializer(allow_null=True)
    slippage_days = serializers.IntegerField(
        source="slippage", help_text=_("By how many days the due date is later than its baseline.")
    )
    milestones_done = serializers.SerializerMethodField()
    milestones_waived = serializers.SerializerMethodField()
    milestones_total = serializers.SerializerMethodField()
    moves = serializers.SerializerMethodField()

    class Meta:
        model = Task
        fields = (
            "id",
            "programme",
            "code",
            "title",
            "status",
            "is_sample",
            "sample_fields",
            "source",
            "field",
            "lead",
            "supporting",
            "standard",
            "starts_on",
            "due_on",
            "due_words",
            "baseline_due_on",
            "slippage_days",
            "assigned_at",
            "declined_at",
            "declined_by",
            "declined_for",
            "declined_reason",
            "claimed_at",
            "claimed_by",
            "claimed_for",
            "claim",
            "verify_due_on",
            "decision",
            "decided_at",
            "decided_by",
            "decided_for",
            "decision_reason",
            "own_choice",
            "progress",
            "forecast_on",
            "self_light",
            "milestones_done",
            "milestones_waived",
            "milestones_total",
            "extra",
            "version",
            "moves",
            "url",
        )
        extra_kwargs = {"url": {"view_name": "api:task-detail"}}

    def get_milestones_done(self, task: Task) -> int:
        return sum(milestone.actual_on is not None for milestone in task.milestones.all())

    def get_milestones_waived(self, task: Task) -> int:
        return sum(one.is_settled and one.actual_on is None for one in task.milestones.all())

    def get_milestones_total(self, task: Task) -> int:
        return len(task.milestones.all())

    @extend_schema_field(OfferSerializer(many=True))
    def get_moves(self, task: Task) -> list[dict[str, Any]]:
        user = self.context["request"].user
        return moves_of(task, TASK_MOVES, user, self.fields["url"].to_representation(task))


class MilestoneSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """An interim target with its four dates and what they mean today."""

    programme = serializers.SlugRelatedField[Programme]("code", source="task.programme", read_only=True)
    task = TaskNameSerializer()
    state = serializers.SerializerMethodField()
    slippage_days = serializers.IntegerField(
        source="slippage",
        help_text=_("By how many days it is later than its baseline; less than 0 is earlier."),
    )
    waived_by = PersonSerializer(allow_null=True)
    waived_for = PersonSerializer(allow_null=True)
    is_sample = serializers.BooleanField(source="task.is_sample")

    class Meta:
        model = Milestone
        fields = (
            "id",
            "programme",
            "task",
            "number",
            "title",
            "state",
            "baseline_on",
            "plan_on",
            "forecast_on",
            "actual_on",
            "slippage_days",
            "waived_at",
            "waived_by",
            "waived_for",
            "waived_reason",
            "is_sample",
            "url",
        )
        extra_kwargs = {"url": {"view_name": "api:milestone-detail"}}

    @extend_schema_field(serializers.ChoiceField(Milestone.State.choices))
    def get_state(self, milestone: Milestone) -> str:
        return str(milestone.state(clock.today()))


class ExtensionSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A wish for a later day, and what became of it; without a milestone it is about the task's due date."""

    programme = serializers.SlugRelatedField[Programme]("code", source="task.programme", read_only=True)
    task = TaskNameSerializer()
    milestone = serializers.IntegerField(source="milestone_id", allow_null=True)
    milestone_number = serializers.IntegerField(source="milestone.number", default=None, allow_null=True)
    bureau = BureauNameSerializer()
    asked_by = PersonSerializer()
    asked_for = PersonSerializer(allow_null=True)
    signed_by = PersonSerializer(allow_null=True)
    signed_for = PersonSerializer(allow_null=True)
    decided_by = PersonSerializer(allow_null=True)
    decided_for = PersonSerializer(allow_null=True)
    is_sample = serializers.BooleanField(source="task.is_sample")
    moves = serializers.SerializerMethodField()

    class Meta:
        model = Extension
        fields = (
            "id",
            "programme",
            "task",
            "milestone",
            "milestone_number",
            "bureau",
            "status",
            "from_on",
            "to_on",
            "cause",
            "asked_at",
            "asked_by",
            "asked_for",
            "signed_at",
            "signed_by",
            "signed_for",
            "decide_due_on",
            "decided_at",
            "decided_by",
            "decided_for",
            "answer",
            "is_sample",
            "version",
            "moves",
            "url",
        )
        extra_kwargs = {"url": {"view_name": "api:extension-detail"}}

    @extend_schema_field(OfferSerializer(many=True))
    def get_moves(self, extension: Extension) -> list[dict[str, Any]]:
        user = self.context["request"].user
        return moves_of(extension, EXTENSION_MOVES, user, self.fields["url"].to_representation(extension))


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
        )


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
