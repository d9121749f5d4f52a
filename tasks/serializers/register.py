"""Fields of work, tasks, milestones and wishes for more time, as the API shows them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from qdtrade import clock
from qdtrade.accounts.serializers import BureauNameSerializer, PersonSerializer
from qdtrade.api import OfferSerializer, SampleFields, moves_of
from qdtrade.lights.serializers import COMPUTED, LightDayField, LightField, ReasonsField
from qdtrade.programmes.models import Programme

from ..models import Extension, Field, Milestone, Task
from ..workflow import EXTENSION_MOVES, TASK_MOVES


@extend_schema_field(
    serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(), min_length=2, max_length=2)
    )
)
class OtherColumns(serializers.JSONField):
    """Heading and text of the register's other columns, in their order."""


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
    light = LightField()
    light_on = LightDayField()
    light_computed = LightField(help_text=COMPUTED)
    light_reasons = ReasonsField()
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
            "light",
            "light_on",
            "light_computed",
            "light_reasons",
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
