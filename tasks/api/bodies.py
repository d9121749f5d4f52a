"""What requests may say. Anything else in a body is not looked at; a change refuses it by name."""

import re
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from qdtrade.api import MoveBody

from .. import content as contents
from ..models import Field, Task
from ..rules import LONGEST_SOURCE

LONGEST_DRAFT = 10 * contents.LONGEST_TEXT
"""A draft may be too long for now; whether it can be submitted is asked later."""

_NUMBER = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)


@extend_schema_field(OpenApiTypes.INT)
class FieldOfTask(serializers.PrimaryKeyRelatedField[Field]):
    """A field of work of the task's own programme, by its id."""

    def get_queryset(self) -> QuerySet[Field]:
        task: Any = self.root.instance
        return Field.objects.visible_to(self.context["request"].user).filter(programme=task.programme_id)


class TaskBody(serializers.ModelSerializer[Task]):
    """The plain fields of a task, and why they change."""

    field = FieldOfTask()
    comment = MoveBody().fields["comment"]
    extra = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(allow_blank=True), min_length=2, max_length=2)
    )

    class Meta:
        model = Task
        fields = (*Task.plain_fields, "comment")


class ContentBody(serializers.Serializer[Any]):
    """The fields of a report; `milestones` gives the day on which each claimed number was done."""

    done = serializers.CharField(allow_blank=True, max_length=LONGEST_DRAFT)
    progress = serializers.CharField(allow_blank=True, max_length=40)
    progress_reason = serializers.CharField(allow_blank=True, max_length=LONGEST_DRAFT)
    milestones = serializers.DictField(child=serializers.CharField(allow_blank=True, max_length=40))
    problems = serializers.CharField(allow_blank=True, max_length=LONGEST_DRAFT)
    forecast_on = serializers.CharField(allow_blank=True, max_length=40)
    self_light = serializers.CharField(allow_blank=True, max_length=40)
    answers = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=LONGEST_DRAFT),
        required=False,
        help_text=gettext_lazy("What is answered to the remarks on the version before, by the field's name."),
    )

    def validate_answers(self, answers: dict[str, str]) -> dict[str, str]:
        if answers.keys() - contents.LABELS.keys():
            raise serializers.ValidationError(_("Name each answer by the field that was remarked on."))
        return answers

    def validate_milestones(self, days: dict[str, str]) -> dict[str, str]:
        if not all(_NUMBER.fullmatch(number) for number in days):
            raise serializers.ValidationError(_("Name each milestone by its number in the task."))
        return days


@extend_schema_field(ContentBody)
class Content(serializers.DictField):
    """A content inside a body; its fields are read one by one, so that an unknown one is named."""


class SubmitBody(MoveBody):
    """What is handed in: a whole content, or nothing but that nothing changed, or (without either) the draft."""

    content = Content(required=False)
    no_change = serializers.BooleanField(default=False)
    filed_from = serializers.CharField(
        default="", allow_blank=True, max_length=LONGEST_SOURCE,
        help_text=gettext_lazy("Where it comes from, when the pilot office files for a bureau without an account."),
    )  # fmt: skip


class DecisionBody(MoveBody):
    """What a reviewer writes beside the fields."""

    remarks = serializers.DictField(child=serializers.CharField(allow_blank=True), default=dict)


class HandOverBody(MoveBody):
    """Who leads the task from now on, and why."""

    bureau = serializers.CharField(
        required=False, allow_blank=True, max_length=40, help_text=gettext_lazy("The code of the bureau.")
    )


class ExtensionBody(serializers.Serializer[Any]):
    """A wish for a later day: of a milestone by its id or, without one, of the task itself."""

    task = serializers.IntegerField(min_value=1)
    milestone = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    to_on = serializers.DateField(
        required=False, allow_null=True, help_text=gettext_lazy("The day asked for.")
    )
    cause = serializers.CharField(
        required=False, allow_blank=True, help_text=gettext_lazy("Why it takes longer.")
    )


class PartBody(serializers.Serializer[Any]):
    """A part of a task: of whom, what, until when, and below which part."""

    task = serializers.IntegerField(min_value=1)
    bureau = serializers.CharField(
        required=False, allow_blank=True, max_length=40, help_text=gettext_lazy("The code of the bureau.")
    )
    under = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    what = serializers.CharField(
        required=False, allow_blank=True, help_text=gettext_lazy("What is asked of the bureau.")
    )
    due_on = serializers.DateField(
        required=False, allow_null=True, help_text=gettext_lazy("By when it is to be done.")
    )


class GiveAgainBody(MoveBody):
    """Why it is given again, and what is asked instead, where that changes."""

    what = serializers.CharField(required=False, allow_blank=True)
    due_on = serializers.DateField(required=False, allow_null=True)


class FilingBody(MoveBody):
    """What is said of a part for a period, and whether the part is done with it."""

    text = serializers.CharField(
        required=False, allow_blank=True, help_text=gettext_lazy("What was done for this part.")
    )
    says_done = serializers.BooleanField(default=False)
    drop = serializers.ListField(
        child=serializers.IntegerField(min_value=1), required=False, max_length=100,
        help_text=gettext_lazy("The numbers of files to take off."),
    )  # fmt: skip


class EvidenceBody(serializers.Serializer[Any]):
    """A file for a report, perhaps for one of its task's milestones."""

    report = serializers.IntegerField(min_value=1)
    milestone = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    file = serializers.FileField(allow_empty_file=True)
