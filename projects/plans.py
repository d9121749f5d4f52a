"""What a project's plan asks for by a day: its money in equal parts from the signing to its planned end.

The planned end is the day planned for full output, or for production where that alone is planned. A project without
either is asked for nothing. (Our choice: no model holds instalments.)
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import BigIntegerField, Case, DateField, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Round

from .models import Gate
from .models.days import Days

ENDS = (Gate.Step.PRODUCING, Gate.Step.FULL)


def asked_by(on: datetime.date, amounts: Sequence[str]) -> Coalesce:
    """The whole yuan, half up, that the plan asks for by a day of the first of these fields that holds an amount."""
    yuan = Coalesce(*map(OuterRef, amounts)) if len(amounts) > 1 else OuterRef(amounts[0])
    whole = Cast(Round(yuan), BigIntegerField())
    day = Value(on, output_field=DateField())
    gone, long = Days(day, OuterRef("signed_on")), Days(F("plan_on"), OuterRef("signed_on"))
    part: Any = (Value(2) * whole * gone + long) / (Value(2) * long)
    asked = Case(When(plan_on__lte=on, then=whole), default=part, output_field=BigIntegerField())
    ends = Gate.objects.filter(project=OuterRef("pk"), step__in=ENDS, plan_on__isnull=False)
    last = ends.order_by("-number").annotate(asked=asked).values("asked")[:1]
    return Coalesce(Subquery(last, output_field=BigIntegerField()), Value(0))
