"""Events as the API shows them."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from qdtrade.audit.models import Event


class ActorBureauSerializer(serializers.Serializer[Any]):
    """The bureau for which somebody acted, as it was called then."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class ActorSerializer(serializers.Serializer[Any]):
    """Who acted, and in which role."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    role = serializers.CharField(help_text=_("Empty where it needed none."))
    bureau = ActorBureauSerializer(allow_null=True)


class RecordedObjectSerializer(serializers.Serializer[Any]):
    """What an event is about."""

    kind = serializers.CharField()
    id = serializers.IntegerField()
    label = serializers.CharField(  # type: ignore[assignment]
        help_text=_("As it was called then.")
    )


class RootSerializer(serializers.Serializer[Any]):
    """In whose history an event stands."""

    kind = serializers.CharField()
    id = serializers.IntegerField()


CHANGES = {
    "type": "object",
    "additionalProperties": {
        "type": "array", "items": {"type": ["string", "null"]}, "minItems": 2, "maxItems": 2,
    },
}  # fmt: skip


class EventSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """One event: who, in which role, through which door, did what to which object, from what to what, and why."""

    chain = serializers.CharField(source="chain.code")
    acting_for = serializers.CharField(
        allow_null=True, help_text=_("Whom a deputy acted for; null for everybody else.")
    )
    actor = serializers.SerializerMethodField()
    object = serializers.SerializerMethodField()
    history_of = serializers.SerializerMethodField()
    changes = serializers.SerializerMethodField()
    is_sample = serializers.BooleanField()

    class Meta:
        model = Event
        fields = (
            "id",
            "chain",
            "seq",
            "at",
            "action",
            "object",
            "history_of",
            "actor",
            "acting_for",
            "door",
            "comment",
            "changes",
            "hash",
            "is_sample",
            "url",
        )
        extra_kwargs = {"url": {"view_name": "api:event-detail"}}

    @extend_schema_field(ActorSerializer)
    def get_actor(self, event: Event) -> dict[str, Any]:
        bureau = {"id": event.bureau_id, "name": event.bureau_name} if event.bureau_id else None
        return {"id": event.actor_id, "name": event.actor_name, "role": event.role, "bureau": bureau}

    @extend_schema_field(RecordedObjectSerializer)
    def get_object(self, event: Event) -> dict[str, Any]:
        return {"kind": event.kind, "id": event.object_id, "label": event.label}

    @extend_schema_field(RootSerializer)
    def get_history_of(self, event: Event) -> dict[str, Any]:
        """The object whose history it belongs to: a report's events belong to its task."""
        return {"kind": event.root_kind, "id": event.root_id}

    @extend_schema_field(CHANGES)
    def get_changes(self, event: Event) -> Any:
        """`{field: [old, new]}`, texts as they were hashed."""
        return json.loads(event.changes)
