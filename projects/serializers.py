"""Projects and what belongs to them, as the API shows them: amounts are decimal strings of yuan, samples are marked."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from qdtrade import clock
from qdtrade.accounts.serializers import BureauNameSerializer, PersonSerializer
from qdtrade.api import OfferSerializer, SampleFields, moves_of
from qdtrade.lights.serializers import COMPUTED, LightDayField, LightField, ReasonsField
from qdtrade.programmes.models import Programme, Timeliness
from qdtrade.programmes.serializers import PeriodNameSerializer
from tasks.serializers.register import OtherColumns, TaskNameSerializer

from . import lagging, rules
from .models import (
    ExpectedUpdate,
    Gate,
    GateFile,
    MoneyEvent,
    Partner,
    Project,
    Rate,
    Sector,
    SigningEvent,
)
from .models.rate import Exclusion, Measure
from .workflow import GATE_MOVES, PROJECT_MOVES, UPDATE_MOVES

YUAN: dict[str, Any] = {"max_digits": 18, "decimal_places": 2, "read_only": True}


class SectorNameSerializer(serializers.ModelSerializer[Sector]):
    """A sector, wherever one is named."""

    class Meta:
        model = Sector
        fields = ("id", "number", "name")


class SectorSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A sector that projects are grouped under."""

    programme = serializers.SlugRelatedField[Programme]("code", read_only=True)

    class Meta:
        model = Sector
        fields = ("id", "programme", "number", "name", "url")
        extra_kwargs = {"url": {"view_name": "api:sector-detail"}}


class EventNameSerializer(serializers.ModelSerializer[SigningEvent]):
    """A signing event, wherever one is named."""

    class Meta:
        model = SigningEvent
        fields = ("id", "code", "fair", "occasion")


class SigningEventSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A fair at which projects were signed."""

    programme = serializers.SlugRelatedField[Programme]("code", read_only=True)
    sample_fields = SampleFields()

    class Meta:
        model = SigningEvent
        fields = (
            "id", "programme", "code", "fair", "occasion", "place", "starts_on", "ends_on", "is_sample",
            "sample_fields", "source", "url",
        )  # fmt: skip
        extra_kwargs = {"url": {"view_name": "api:signingevent-detail"}}


class PartnerNameSerializer(serializers.ModelSerializer[Partner]):
    """A partner, wherever one is named; never without its sample mark."""

    class Meta:
        model = Partner
        fields = ("id", "name", "country", "uscc", "is_sample")


class PartnerSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A firm that signs."""

    programme = serializers.SlugRelatedField[Programme]("code", read_only=True)
    sample_fields = SampleFields()

    class Meta:
        model = Partner
        fields = ("id", "programme", "name", "country", "uscc", "is_sample", "sample_fields", "source", "url")
        extra_kwargs = {"url": {"view_name": "api:partner-detail"}}


class ProjectNameSerializer(serializers.ModelSerializer[Project]):
    """A project, wherever one is named; never without its sample mark."""

    sample_fields = SampleFields()

    class Meta:
        model = Project
        fields = ("id", "code", "name", "is_sample", "sample_fields")


class GateOfProjectSerializer(serializers.ModelSerializer[Gate]):
    """A gate in its project's row: its state and its four days."""

    confirmed_at = serializers.DateTimeField(source="confirmed_on", allow_null=True)

    class Meta:
        model = Gate
        fields = ("id", "step", "status", "plan_on", "forecast_on", "fact_on", "confirmed_at")


class LagSerializer(serializers.Serializer[Any]):
    """That a project is behind or stalled, and why."""

    state = serializers.ChoiceField([lagging.BEHIND, lagging.STALLED])
    reason = serializers.CharField(help_text=_("Why it is behind or stalled, in words."))


class ProjectSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A signed project. `status` is its last confirmed gate, or how it ended; totals are sums of its money events."""

    programme = serializers.SlugRelatedField[Programme]("code", read_only=True)
    sector = SectorNameSerializer()
    event = EventNameSerializer(allow_null=True)
    carrier = BureauNameSerializer()
    partners = PartnerNameSerializer(many=True)
    tasks = TaskNameSerializer(source="served", many=True)
    came_in = serializers.DecimalField(help_text=_("Money in so far, in yuan."), **YUAN)
    paid = serializers.DecimalField(help_text=_("Money paid so far, in yuan."), **YUAN)
    invested = serializers.DecimalField(help_text=_("Investment completed so far, in yuan."), **YUAN)
    gates = GateOfProjectSerializer(many=True)
    ended_by = PersonSerializer(allow_null=True)
    ended_for = PersonSerializer(allow_null=True)
    extra = OtherColumns()
    sample_fields = SampleFields()
    light = LightField()
    light_on = LightDayField()
    light_computed = LightField(help_text=COMPUTED)
    light_reasons = ReasonsField()
    lags = serializers.SerializerMethodField(
        help_text=_("That it is behind or stalled today, each with the reason; empty where it is neither.")
    )
    warnings = serializers.SerializerMethodField()
    moves = serializers.SerializerMethodField()

    class Meta:
        model = Project
        fields = (
            "id", "programme", "code", "name", "kind", "sector", "event", "carrier", "officers", "status",
            "signed_on", "planned_investment", "contracted_inflow", "currency", "original_amount", "rate", "rate_on",
            "came_in", "paid", "invested", "countable", "uncountable_reason", "partners", "tasks", "gates",
            "registered_at", "ended_on", "ended_at", "ended_by", "ended_for", "ended_reason", "extra", "is_sample",
            "sample_fields", "source", "light", "light_on", "light_computed", "light_reasons", "lags", "warnings",
            "version", "moves", "url",
        )  # fmt: skip
        extra_kwargs = {"url": {"view_name": "api:project-detail"}}

    @extend_schema_field(LagSerializer(many=True))
    def get_lags(self, project: Project) -> Any:
        return LagSerializer(lagging.lags(project, clock.today()), many=True).data

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_warnings(self, project: Project) -> dict[str, str]:
        return rules.warnings(project)

    @extend_schema_field(OfferSerializer(many=True))
    def get_moves(self, project: Project) -> list[dict[str, Any]]:
        user = self.context["request"].user
        return moves_of(project, PROJECT_MOVES, user, self.fields["url"].to_representation(project))


class ReadingSerializer(serializers.Serializer[Any]):
    """One reading of a rate: projects, or yuan. `value` is null where there is nothing to divide by."""

    value = serializers.DecimalField(
        max_digits=24, decimal_places=2, allow_null=True,
        help_text=_("In percent, or in points for a difference; rounded once, half up."),
    )  # fmt: skip
    numerator = serializers.DecimalField(
        source="over", max_digits=24, decimal_places=2,
        help_text=_("What is divided: a number of projects, or yuan."),
    )  # fmt: skip
    denominator = serializers.DecimalField(
        source="under", max_digits=24, decimal_places=2,
        help_text=_("What it is divided by: a number of projects, or yuan."),
    )  # fmt: skip
    less = serializers.DecimalField(
        max_digits=24, decimal_places=2, allow_null=True,
        help_text=_("Of a difference: what the plan asked for by the day."),
    )  # fmt: skip


@extend_schema_field(serializers.ChoiceField(Measure.choices), component_name="Measure")
class MeasureField(serializers.ChoiceField):
    """What a rate counts; numerator and denominator choose among the same."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Measure.choices, **kwargs)


class RateSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A version of a rate with what it comes to over the cohort that was asked for, by the day `as_of`."""

    programme = serializers.SlugRelatedField[Programme]("code", read_only=True)
    numerator = MeasureField(help_text=_("What it counts of the cohort."))
    denominator = MeasureField(help_text=_("By what it divides."))
    exclusions = serializers.ListField(
        child=serializers.ChoiceField(Exclusion.choices), help_text=_("What it leaves out of the cohort.")
    )
    formula = serializers.CharField(source="read.formula", help_text=_("What it divides by what, in words."))
    as_of = serializers.DateField(source="read.found.on", help_text=_("The day by which it is counted."))
    count = ReadingSerializer(
        source="read.found.count", allow_null=True,
        help_text=_("By number of projects; null for a rate by amount alone."),
    )  # fmt: skip
    amount = ReadingSerializer(source="read.found.amount", help_text=_("By amount, in yuan."))
    why_none = serializers.CharField(
        source="read.why_none",
        help_text=_("Why there is no value by count or by amount; empty where there is."),
    )

    class Meta:
        model = Rate
        fields = (
            "id", "programme", "code", "version", "number", "name", "name_en", "numerator", "denominator", "less",
            "by", "cohort", "cut_off", "exclusions", "at_foot", "valid_from", "reason", "made_at", "formula", "as_of",
            "count", "amount", "why_none", "url",
        )  # fmt: skip
        extra_kwargs = {
            "url": {"view_name": "api:rate-detail"},
            "version": {"help_text": _("Which version of the rate it is; a version is never changed.")},
            "number": {"help_text": _("Its place in the list.")},
            "name_en": {"help_text": _("What it is called in English; empty where it has no English name.")},
            "less": {"help_text": _("What is taken off, so that it is a difference in points; else empty.")},
            "by": {"help_text": _("Whether it is read by count and by amount, or by amount alone.")},
            "cohort": {"help_text": _("Which signings it is asked of.")},
            "cut_off": {"help_text": _("Whether the day of the fact or that of its confirmation counts.")},
            "at_foot": {"help_text": _("Whether it stands at the foot of lists.")},
            "valid_from": {"help_text": _("The day from which this version holds.")},
            "reason": {"help_text": _("Why this version was made; empty for the first one.")},
            "made_at": {"help_text": _("When this version was made.")},
        }


class GateSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """One gate of a project: what was planned, what is forecast, what is a fact, and who said and decided it."""

    programme = serializers.SlugRelatedField[Programme]("code", source="project.programme", read_only=True)
    project = ProjectNameSerializer()
    proposed_by = PersonSerializer(allow_null=True)
    proposed_for = PersonSerializer(allow_null=True)
    decided_by = PersonSerializer(allow_null=True)
    decided_for = PersonSerializer(allow_null=True)
    is_sample = serializers.BooleanField(source="project.is_sample")
    moves = serializers.SerializerMethodField()

    class Meta:
        model = Gate
        fields = (
            "id", "programme", "project", "number", "step", "status", "plan_on", "forecast_on", "fact_on", "words",
            "proposed_at", "proposed_by", "proposed_for", "proposed_from", "review_due_on", "decided_at",
            "decided_by", "decided_for", "remarks", "is_sample", "version", "moves", "url",
        )  # fmt: skip
        extra_kwargs = {"url": {"view_name": "api:gate-detail"}}

    @extend_schema_field(OfferSerializer(many=True))
    def get_moves(self, gate: Gate) -> list[dict[str, Any]]:
        user = self.context["request"].user
        return moves_of(gate, GATE_MOVES, user, self.fields["url"].to_representation(gate))


class GateFileSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A file that proves a gate; `dropped_at` tells since when it stands no more."""

    programme = serializers.SlugRelatedField[Programme](
        "code", source="gate.project.programme", read_only=True
    )
    project = ProjectNameSerializer(source="gate.project")
    gate = serializers.IntegerField(source="gate_id")
    step = serializers.ChoiceField(Gate.Step.choices, source="gate.step")
    added_by = PersonSerializer()
    sha256 = serializers.CharField(source="blob.sha256")
    size = serializers.IntegerField(source="blob.size")
    is_sample = serializers.BooleanField(source="gate.project.is_sample")
    download = serializers.HyperlinkedIdentityField(view_name="api:gatefile-download")

    class Meta:
        model = GateFile
        fields = (
            "id", "programme", "project", "gate", "step", "name", "media_type", "size", "sha256", "added_at",
            "added_by", "dropped_at", "is_sample", "download", "url",
        )  # fmt: skip
        extra_kwargs = {"url": {"view_name": "api:gatefile-detail"}}


class MoneyEventSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A dated sum in yuan; a counter-entry is negative and names what it `corrects`."""

    programme = serializers.SlugRelatedField[Programme]("code", source="project.programme", read_only=True)
    project = ProjectNameSerializer()
    corrects = serializers.IntegerField(source="corrects_id", allow_null=True)
    added_by = PersonSerializer()
    added_for = PersonSerializer(allow_null=True)
    is_sample = serializers.BooleanField(source="project.is_sample")

    class Meta:
        model = MoneyEvent
        fields = (
            "id", "programme", "project", "kind", "on", "amount", "currency", "original_amount", "rate", "rate_on",
            "note", "corrects", "added_at", "added_by", "added_for", "is_sample", "url",
        )  # fmt: skip
        extra_kwargs = {"url": {"view_name": "api:moneyevent-detail"}}


class ExpectedUpdateSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """What a carrier owes on a project for a period, and what it filed."""

    programme = serializers.SlugRelatedField[Programme]("code", source="project.programme", read_only=True)
    project = ProjectNameSerializer()
    period = PeriodNameSerializer()
    bureau = BureauNameSerializer()
    timeliness = serializers.ChoiceField(Timeliness.choices)
    due_on = serializers.DateField(source="period.due_on")
    grace_on = serializers.DateField(source="period.grace_on")
    exempt_reason = serializers.CharField(source="exempt_words")
    filed_by = PersonSerializer(allow_null=True)
    filed_for = PersonSerializer(allow_null=True)
    is_sample = serializers.BooleanField(source="project.is_sample")
    moves = serializers.SerializerMethodField()

    class Meta:
        model = ExpectedUpdate
        fields = (
            "id", "programme", "project", "period", "bureau", "timeliness", "due_on", "grace_on",
            "first_submitted_at", "exempt_reason", "exception_until", "exception_reason", "status", "no_change",
            "text", "next_on", "filed_at", "filed_by", "filed_for", "is_sample", "version", "moves", "url",
        )  # fmt: skip
        extra_kwargs = {"url": {"view_name": "api:expectedupdate-detail"}}

    @extend_schema_field(OfferSerializer(many=True))
    def get_moves(self, row: ExpectedUpdate) -> list[dict[str, Any]]:
        user = self.context["request"].user
        return moves_of(row, UPDATE_MOVES, user, self.fields["url"].to_representation(row))
