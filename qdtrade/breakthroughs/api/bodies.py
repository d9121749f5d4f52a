"""What requests may say of breakthroughs. A change refuses anything else by name."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from qdtrade.api import MoveBody

from ..models import ClaimFile, Level, PracticeCase
from ..serializers import ClaimContentSerializer


class FlagBody(MoveBody):
    """A task that is named a candidate."""

    task = serializers.IntegerField(min_value=1)
    expected_on = serializers.DateField(required=False, allow_null=True)


class ClaimBody(serializers.Serializer[Any]):
    """What is claimed; without a content, what the bureau has written so far."""

    content = ClaimContentSerializer(required=False)
    claimed_from = serializers.CharField(
        required=False, allow_blank=True, max_length=200,
        help_text=_("Where it comes from, when the pilot office claims for a bureau without an account."),
    )  # fmt: skip


class RecogniseBody(MoveBody):
    """At which level; the city's without it."""

    level = serializers.ChoiceField(Level.choices, required=False)


class RemarksBody(serializers.Serializer[Any]):
    """What is remarked beside each part of a claim."""

    novelty = serializers.CharField(required=False, allow_blank=True)
    compared = serializers.CharField(required=False, allow_blank=True)
    since = serializers.CharField(required=False, allow_blank=True)
    beneficiaries = serializers.CharField(required=False, allow_blank=True)
    effects = serializers.CharField(required=False, allow_blank=True)
    files = serializers.CharField(required=False, allow_blank=True)


class RefuseBody(MoveBody):
    """Why, and what is remarked beside the parts."""

    remarks = RemarksBody(required=False)


class PromoteBody(serializers.Serializer[Any]):
    """The texts of the practice case."""

    title = serializers.CharField(max_length=PracticeCase._meta.get_field("title").max_length)
    background = serializers.CharField(max_length=2000)
    practice = serializers.CharField(max_length=4000)
    effect = serializers.CharField(max_length=2000)
    replicable = serializers.CharField(max_length=2000)


class ProofBody(serializers.Serializer[Any]):
    """A file of proof, and what it proves."""

    file = serializers.FileField(allow_empty_file=True)
    proves = serializers.ChoiceField(ClaimFile.Proves.choices, required=False)
