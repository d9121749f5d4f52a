"""What has lights: each app registers its kind of object, and who judges it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Expression, F, QuerySet

from qdtrade.programmes.models import Membership

from .judging import Judged
from .models import LightDay, LightOverride, LightRule

Ids = Collection[int]


@dataclass(frozen=True)
class Kind:
    """One kind of object that has lights."""

    name: str
    """How the records name it, and the field of its lights and overrides that leads to it."""
    model: type[Any]
    lights: type[LightDay]
    overrides: type[LightOverride]
    judge: Callable[[Sequence[Any], Mapping[int, LightRule], Ids, datetime], Mapping[int, Judged]]
    """Given objects, the rule of each programme, which of them were red in this period, and the moment: the lights by
    id, in a fixed number of queries."""
    of_periods: Callable[[Ids], QuerySet[Any]]
    """The ids of those that owe something in these periods."""
    period_kind: Expression | F
    """In what kind of periods they are reported, asked of a period."""
    reads: frozenset[str]
    """What a light follows from, as the records name it: an act that touched nothing of these changes no light."""
    decides: Callable[[Any, Any], Membership]
    """Who may show another light of an object than the computed one; refuses the others."""


KINDS: dict[str, Kind] = {}
"""By the word that names the object in the records."""

_by_model: dict[type[Any], Kind] = {}


def register(kind: Kind) -> None:
    """Called when the program starts."""
    KINDS[kind.name] = kind
    _by_model[kind.model] = _by_model[kind.overrides] = kind


def kind_of(obj: Any) -> Kind:
    """The kind of an object that has lights, or of an override of one."""
    return _by_model[type(obj)]
