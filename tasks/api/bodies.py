"""What requests may say. Anything else in a body is not looked at; a change refuses it by name."""

import re
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from .. import content as contents
from ..models import Field, Task

LONGEST_DRAFT = 10 * contents.LONGEST_TEXT
"""A draft may be too long for now; whether it can be submitted is asked later."""

_NUMBER = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)


class FieldOfTask(serializers.PrimaryKeyRelatedField[Field]):
    """A field of work of the task's own programme, by its id."""

    def get_queryset(self) -> QuerySet[Field]:
        task: Any = self.root.instance
        return Field.objects.visible_to(self.context["request"].user).filter(programme=task.programme_id)


class TaskBody(serializers.ModelSerializer[Task]):
    """The plain fields of a task."""

    field = FieldOfTask()
    extra = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(allow_blank=True), min_length=2, max_length=2)
    )

    class Meta:
        model = Task
        fields = Task.plain_fields


class ContentBody(serializers.Serializer[Any]):
    """The fields of a report; `milestones` gives the day on which each claimed number was done."""

    done = serializers.CharField(allow_blank=True, max_length=LONGEST_DRAFT)
    progress = serializers.CharField(allow_blank=True, max_length=40)
    progress_reason = serializers.CharField(allow_blank=True, max_length=LONGEST_DRAFT)
    milestones = serializers.DictField(child=serializers.CharField(allow_blank=True, max_length=40))
    problems = serializers.CharField(allow_blank=True, max_length=LONGEST_DRAFT)
    forecast_on = serializers.CharField(allow_blank=True, max_length=40)
    self_light = serializers.CharField(allow_blank=True, max_length=40)

    def validate_milestones(self, days: dict[str, str]) -> dict[str, str]:
        if not all(_NUMBER.fullmatch(number) for number in days):
            raise serializers.ValidationError(_("Name each milestone by its number in the task."))
        return days


class SubmitBody(serializers.Serializer[Any]):
    """What is handed in: a whole content, or nothing but that nothing changed, or (without either) the draft."""

    content = serializers.DictField(required=False)
    no_change = serializers.BooleanField(default=False)


class DecisionBody(serializers.Serializer[Any]):
    """What a reviewer writes beside the fields."""

    remarks = serializers.DictField(child=serializers.CharField(allow_blank=True), default=dict)


class EvidenceBody(serializers.Serializer[Any]):
    """A file for a report, perhaps for one of its task's milestones."""

    report = serializers.IntegerField(min_value=1)
    milestone = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    file = serializers.FileField(allow_empty_file=True)
