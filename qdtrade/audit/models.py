"""The records. No foreign key leads from here to what the records describe, so they outlive it."""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

SYSTEM = 0
"""The scope of the chain for sign-ins, users, bureaus and programmes; every other scope is a programme's id."""


class Chain(models.Model):
    """The head of one chain of events: chain `system`, and one for each programme, made with it."""

    scope = models.BigIntegerField(unique=True)
    code = models.CharField(max_length=40, unique=True)
    length = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, default="0" * 64)
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code


class Event(models.Model):
    """One thing that happened. `line` is the canonical text that is hashed and exported, byte for byte.

    The other columns repeat parts of the line for searching; `state` holds the object's recorded fields after the
    event (null after a deletion), is not hashed, and is compared with the changes when records are verified.
    `root` is the object whose history the event belongs to: a report's events belong to its task.
    """

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="events")
    seq = models.BigIntegerField()
    at = models.DateTimeField(_("when"))
    action = models.CharField(_("action"), max_length=40)
    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.BigIntegerField()
    label = models.CharField(_("object"), max_length=200)
    root_kind = models.CharField(max_length=40)
    root_id = models.BigIntegerField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("who"), max_length=150)
    role = models.CharField(_("role"), max_length=20, blank=True)
    bureau_id = models.BigIntegerField(null=True)
    bureau_name = models.CharField(_("bureau"), max_length=100, blank=True)
    acting_for = models.CharField(_("acting for"), max_length=60, null=True)  # noqa: DJ001 - none but for deputies
    door = models.CharField(_("door"), max_length=20)
    comment = models.TextField(_("reason"), blank=True)
    changes = models.TextField()
    line = models.TextField()
    hash = models.CharField(max_length=64)
    state = models.TextField(null=True)  # noqa: DJ001 - none after a deletion

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="event_chain_seq")]
        indexes = [
            models.Index(fields=["chain", "actor_id", "seq"], name="event_actor"),
            models.Index(fields=["chain", "bureau_id", "seq"], name="event_bureau"),
            models.Index(fields=["chain", "kind", "action", "seq"], name="event_kind_action"),
            models.Index(fields=["chain", "action", "seq"], name="event_action"),
            models.Index(fields=["chain", "kind", "object_id", "seq"], name="event_object"),
            models.Index(fields=["chain", "root_kind", "root_id", "seq"], name="event_root"),
            models.Index(fields=["chain", "at"], name="event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id}/{self.seq} {self.action} {self.kind} {self.label}"


class RecordedObject(models.Model):
    """Every object that the records ever named: what drives a look at the past, deleted ones included."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "kind", "object_id"], name="recorded_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


def events_of_object() -> models.QuerySet[Event]:
    """For a query of recorded objects: the events of its row's object."""
    return Event.objects.filter(
        chain=models.OuterRef("chain"), kind=models.OuterRef("kind"), object_id=models.OuterRef("object_id")
    )


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    """Reads of checkpoints."""

    def newest(self) -> "Checkpoint | None":
        return self.order_by("-number").first()


class Checkpoint(models.Model):
    """The heads of all chains at one moment, signed with a key that is not in the database (audit.checkpoints)."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("when"))
    line = models.TextField()
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    objects = CheckpointQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.number)

    @property
    def content(self) -> dict[str, Any]:
        """What its line says; raises ValueError where that cannot be read."""
        found: dict[str, Any] = json.loads(self.line)
        return found
