"""Breakthroughs as the API shows them; what is invented is marked."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from qdtrade.accounts.serializers import BureauNameSerializer, PersonSerializer
from qdtrade.api import OfferSerializer, SampleFields, moves_of
from qdtrade.programmes.models import Programme
from tasks.serializers.register import TaskNameSerializer

from . import contents
from .models import Breakthrough, BreakthroughTarget, Claim, ClaimFile, PracticeCase
from .workflow import BREAKTHROUGH_MOVES


class BeneficiarySerializer(serializers.Serializer[Any]):
    """Who benefits, and how many of them."""

    who = serializers.CharField(max_length=contents.LONGEST_CELL, allow_blank=True)
    number = serializers.CharField(max_length=contents.LONGEST_CELL, allow_blank=True)


class EffectSerializer(serializers.Serializer[Any]):
    """A measured effect: what, before, now, and how and when it was measured."""

    what = serializers.CharField(max_length=contents.LONGEST_CELL, allow_blank=True)
    before = serializers.CharField(max_length=contents.LONGEST_CELL, allow_blank=True)
    now = serializers.CharField(max_length=contents.LONGEST_CELL, allow_blank=True)
    basis = serializers.CharField(max_length=contents.LONGEST_CELL, allow_blank=True, required=False)


class ClaimContentSerializer(serializers.Serializer[Any]):
    """What a claim says."""

    novelty = serializers.CharField(help_text=_("The new rule or practice, at most 200 characters."))
    before = serializers.CharField(help_text=_("How it was done before."))
    elsewhere = serializers.CharField(required=False, allow_blank=True, help_text=_("How others do it."))
    elsewhere_source = serializers.CharField(
        required=False, allow_blank=True, help_text=_("Where that is known from.")
    )
    since = serializers.CharField(help_text=_("In force since, such as 2021-03-26."))
    basis = serializers.CharField(help_text=_("By which document."))
    of_all = serializers.CharField(required=False, allow_blank=True, help_text=_("Of how many in the city."))
    beneficiaries = serializers.ListField(child=BeneficiarySerializer())
    effects = serializers.ListField(child=EffectSerializer())


class ClaimSerializer(serializers.ModelSerializer[Claim]):
    """A version of a claim as it was submitted, with its decision."""

    submitted_by = PersonSerializer()
    decided_by = PersonSerializer(allow_null=True)
    content = ClaimContentSerializer()

    class Meta:
        model = Claim
        fields = (
            "id", "number", "content", "submitted_at", "submitted_by", "claimed_from", "decision", "decided_at",
            "decided_by", "comment", "remarks",
        )  # fmt: skip


class PracticeCaseSerializer(serializers.ModelSerializer[PracticeCase]):
    """A practice case."""

    class Meta:
        model = PracticeCase
        fields = ("title", "background", "practice", "effect", "replicable", "written_at")


class BreakthroughSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A breakthrough of a task, how far it is, and what the person may do."""

    programme = serializers.SlugRelatedField[Programme]("code", source="task.programme", read_only=True)
    task = TaskNameSerializer()
    bureau = BureauNameSerializer()
    claim = ClaimSerializer(source="current", allow_null=True)
    case = serializers.SerializerMethodField(help_text=_("The practice case, once it was passed on."))
    counts = serializers.BooleanField(
        source="is_counted", help_text=_("Whether it counts to the target today.")
    )
    flagged_by = PersonSerializer()
    claimed_by = PersonSerializer(allow_null=True)
    decided_by = PersonSerializer(allow_null=True)
    revoked_by = PersonSerializer(allow_null=True)
    sample_fields = SampleFields()
    moves = serializers.SerializerMethodField()

    class Meta:
        model = Breakthrough
        fields = (
            "id", "programme", "task", "bureau", "status", "level", "counts", "expected_on", "flagged_at", "flagged_by",
            "claimed_at", "claimed_by", "review_due_on", "decided_at", "decided_by", "recognised_on", "revoked_at",
            "revoked_on", "revoked_by", "reason", "claim", "case", "version", "is_sample", "sample_fields", "source",
            "moves", "url",
        )  # fmt: skip
        extra_kwargs = {"url": {"view_name": "api:breakthrough-detail"}}

    @extend_schema_field(PracticeCaseSerializer(allow_null=True))
    def get_case(self, row: Breakthrough) -> Any:
        case = getattr(row, "case", None)
        return PracticeCaseSerializer(case).data if case is not None else None

    @extend_schema_field(OfferSerializer(many=True))
    def get_moves(self, row: Breakthrough) -> list[dict[str, Any]]:
        request = self.context["request"]
        url = self.fields["url"].to_representation(row)
        return moves_of(row, BREAKTHROUGH_MOVES, request.user, str(url))


class BreakthroughNameSerializer(serializers.ModelSerializer[Breakthrough]):
    """A breakthrough, wherever one is named."""

    class Meta:
        model = Breakthrough
        fields = ("id", "status", "is_sample")


class ClaimFileSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A file that proves a claim."""

    breakthrough = BreakthroughNameSerializer()
    size = serializers.IntegerField(source="blob.size")
    sha256 = serializers.CharField(source="blob.sha256")
    added_by = PersonSerializer()

    class Meta:
        model = ClaimFile
        fields = (
            "id", "breakthrough", "proves", "name", "media_type", "size", "sha256", "added_at", "added_by",
            "dropped_at", "url",
        )  # fmt: skip
        extra_kwargs = {"url": {"view_name": "api:claimfile-detail"}}


class BreakthroughTargetSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """The target of a year as a curve."""

    programme = serializers.SlugRelatedField[Programme]("code", read_only=True)
    total = serializers.IntegerField(help_text=_("What the whole year is to bring."))
    points = serializers.ListField(
        child=serializers.IntegerField(), help_text=_("How many are due by the end of each month, added up.")
    )
    sample_fields = SampleFields()

    class Meta:
        model = BreakthroughTarget
        fields = (
            "id", "programme", "year", "total", "points", "days_in_force", "version", "is_sample", "sample_fields",
            "source", "url",
        )  # fmt: skip
        extra_kwargs = {"url": {"view_name": "api:breakthroughtarget-detail"}}
