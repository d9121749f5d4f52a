"""What a report says, as the API shows it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ..models import Report


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


class DraftSerializer(serializers.Serializer[Any]):
    """What a bureau is writing; shown to nobody else."""

    report = serializers.IntegerField()
    status = serializers.ChoiceField(Report.Status.choices)
    version = serializers.IntegerField(help_text=_("0 where nobody has begun to write."))
    saved_at = serializers.DateTimeField(allow_null=True)
    content = ContentSerializer()
    answers = serializers.DictField(
        child=serializers.CharField(),
        help_text=_("What is answered so far to the remarks on the version before, by the field's name."),
    )
