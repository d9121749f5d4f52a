"""Events as the API shows them."""

import json
from typing import Any

from rest_framework import serializers

from qdtrade.audit.models import Event


class EventSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """One event: who, in which role, through which door, did what to which object, from what to what, and why."""

    chain = serializers.CharField(source="chain.code")
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
            "door",
            "comment",
            "changes",
            "hash",
            "is_sample",
            "url",
        )
        extra_kwargs = {"url": {"view_name": "api:event-detail"}}

    def get_actor(self, event: Event) -> dict[str, Any]:
        bureau = {"id": event.bureau_id, "name": event.bureau_name} if event.bureau_id else None
        return {"id": event.actor_id, "name": event.actor_name, "role": event.role, "bureau": bureau}

    def get_object(self, event: Event) -> dict[str, Any]:
        return {"kind": event.kind, "id": event.object_id, "label": event.label}

    def get_history_of(self, event: Event) -> dict[str, Any]:
        """The object whose history it belongs to: a report's events belong to its task."""
        return {"kind": event.root_kind, "id": event.root_id}

    def get_changes(self, event: Event) -> Any:
        """`{field: [old, new]}`, texts as they were hashed."""
        return json.loads(event.changes)
