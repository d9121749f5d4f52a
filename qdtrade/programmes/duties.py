"""What is owed by a clock, and to be reminded of: each app registers its duties, as it does its ledgers.

A duty gives one queryset of what is owed now, with the same names for every app, so that figures are counted in SQL
and reminders, pages and files know none of the rows' models:

    owed_bureau   id of the bureau that owes it, or nothing where the reviewers do
    owed_due_on   the day by whose end it is due, an exception's or a resubmission's own
    owed_period   id of its period, or nothing
    owed_now      it is asked for now; what an older period lacks is shown where that period is asked for
    owed_field    id of its field of work, or nothing
    owed_code, owed_title   what people call it
    owed_draft    somebody has begun
    owed_closed   it can no longer be done without an exception
    owed_holder   id of the person who has it in hand, or nothing
    owed_sample   anything of it is invented
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.errors import Words

from .models import Period, Programme
from .models.expected import closes_on, is_closed

Rows = QuerySet[Any]
NAMES = (
    "owed_bureau",
    "owed_due_on",
    "owed_code",
    "owed_title",
    "owed_draft",
    "owed_closed",
    "owed_sample",
)
NOTHING = Value(None, output_field=IntegerField())
NO, YES = Value(False), Value(True)


def not_filed(rows: Rows, at: str = "") -> Rows:
    """Without a first submission, by the day on which that is due; `at` leads to the row of the ledger."""
    return rows.filter(**{f"{at}first_submitted_at": None}).annotate(closes_on=closes_on(at)).annotate(
        owed_due_on=Coalesce(f"{at}exception_until", f"{at}period__due_on", output_field=DateField()),
        owed_closed=ExpressionWrapper(is_closed(clock.today(), at), output_field=BooleanField()),
        owed_holder=NOTHING,
    )  # fmt: skip


def asked_now(programme: Programme, at: str = "") -> Case:
    """Whether it is of the running period, of the one that closed last, or still has an exception."""
    chased = Period.objects.filter(programme=programme).chased().values("pk")
    asked = Q(**{f"{at}period__in": chased}) | Q(**{f"{at}exception_until__gte": clock.today()})
    return Case(When(asked, then=YES), default=NO)


@dataclass(frozen=True)
class Duty:
    """One kind of thing that is owed; `rows` gives what this person may see of it in a programme.

    `whole` gives what was owed at all, filed or not: the denominator. `page` shows one row by its id.
    """

    name: str
    label: Words
    counted: Callable[[int], str]
    rows: Callable[[Any, Programme], Rows]
    page: str
    whole: Callable[[Any, Programme], Rows] | None = None
    is_of_reviewers: bool = False


DUTIES: dict[str, Duty] = {}


def register(*duties: Duty) -> None:
    """Called once by an app when it is ready."""
    for duty in duties:
        DUTIES[duty.name] = duty


def of_bureaus() -> list[Duty]:
    """Those that bureaus owe, in the order in which they were registered."""
    return [duty for duty in DUTIES.values() if not duty.is_of_reviewers]


class State:
    """How far past its day a thing is, as the filters say it."""

    AHEAD, OVERDUE, CLOSED = "ahead", "overdue", "closed"
    CHOICES = ((AHEAD, _("not due yet")), (OVERDUE, _("overdue")), (CLOSED, _("closed, missing")))


@dataclass(frozen=True)
class Asked:
    """What a page or an act is about: everything that is owed, or a part of it."""

    duty: str = ""
    state: str = ""
    period: int | None = None
    field: int | None = None

    def duties(self) -> list[Duty]:
        """The duties of bureaus that are asked for."""
        return [duty for duty in of_bureaus() if self.duty in {"", duty.name}]

    def of(self, rows: Rows) -> Rows:
        """The rows that are asked for."""
        rows = self.within(rows)
        today = clock.today()
        states = {
            State.AHEAD: Q(owed_due_on__gte=today),
            State.OVERDUE: Q(owed_due_on__lt=today),
            State.CLOSED: Q(owed_closed=True),
        }
        return rows.filter(states[self.state]) if self.state in states else rows

    def within(self, rows: Rows) -> Rows:
        """The rows of the period and the field that are asked for, in whatever state."""
        of_time = {"owed_now": True} if self.period is None else {"owed_period": self.period}
        rows = rows.filter(**of_time)
        return rows.filter(owed_field=self.field) if self.field is not None else rows


EVERYTHING = Asked()


@dataclass(frozen=True)
class Figures:
    """How much of one duty a bureau owes."""

    count: int = 0
    overdue: int = 0
    closed: int = 0
    drafts: int = 0
    whole: int | None = None


@dataclass(frozen=True)
class Thing:
    """One thing that is owed, whatever its model."""

    duty: Duty
    pk: int
    bureau: int | None
    due_on: datetime.date | None
    code: str
    title: str
    has_draft: bool
    is_closed: bool
    is_sample: bool
    period: Period | None

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today()


def counts(user: Any, programme: Programme, asked: Asked) -> dict[int, dict[str, Figures]]:
    """What each bureau owes, by duty: one query for each duty, and one for what it owed at all."""
    found: dict[int, dict[str, Figures]] = {}
    overdue = Count("pk", filter=Q(owed_due_on__lt=clock.today()))
    closed, drafts = Count("pk", filter=Q(owed_closed=True)), Count("pk", filter=Q(owed_draft=True))
    for duty in asked.duties():
        wholes = _wholes(duty, user, programme, asked)
        rows = asked.of(duty.rows(user, programme)).order_by().values("owed_bureau")
        for line in rows.annotate(n=Count("pk"), overdue=overdue, closed=closed, drafts=drafts):
            bureau = line["owed_bureau"]
            figures = Figures(line["n"], line["overdue"], line["closed"], line["drafts"], wholes.get(bureau))
            found.setdefault(bureau, {})[duty.name] = figures
    return found


def amount(duty: Duty, user: Any, programme: Programme) -> tuple[int, int]:
    """How much of one duty there is, and how much of it is overdue."""
    overdue = Count("pk", filter=Q(owed_due_on__lt=clock.today()))
    found = duty.rows(user, programme).aggregate(n=Count("pk"), overdue=overdue)
    return found["n"], found["overdue"]


def _wholes(duty: Duty, user: Any, programme: Programme, asked: Asked) -> dict[int, int]:
    if duty.whole is None:
        return {}
    rows = asked.within(duty.whole(user, programme)).order_by().values("owed_bureau").annotate(n=Count("pk"))
    return {line["owed_bureau"]: line["n"] for line in rows}


def things(user: Any, programme: Programme, asked: Asked, bureaus: Sequence[int], most: int) -> list[Thing]:
    """At most so many things of each duty of each of these bureaus, the longest due first."""
    found = []
    for duty in asked.duties():
        rows = asked.of(duty.rows(user, programme)).filter(owed_bureau__in=bureaus)
        number = Window(
            RowNumber(), partition_by=F("owed_bureau"), order_by=[F("owed_due_on"), F("owed_code"), F("pk")]
        )
        first = rows.annotate(owed_number=number).filter(owed_number__lte=most).values("pk")
        first = duty.rows(user, programme).filter(pk__in=first)
        found += as_things(duty, first.order_by("owed_bureau", "owed_due_on", "owed_code", "pk"))
    return found


def as_things(duty: Duty, rows: Rows) -> list[Thing]:
    """The rows as they are spoken of."""
    found = list(rows.values_list("pk", *NAMES, "owed_period"))
    periods = Period.objects.in_bulk({values[-1] for values in found if values[-1] is not None})
    return [
        Thing(duty, pk, bureau, due_on, code, title, has_draft, is_closed, is_sample, periods.get(period))
        for pk, bureau, due_on, code, title, has_draft, is_closed, is_sample, period in found
    ]


def still_owed(user: Any, programme: Programme, owed: dict[str, list[int]]) -> list[Thing]:
    """Of these rows by duty, those that are owed at this moment, as far as the person sees them."""
    found = []
    for name, ids in owed.items():
        duty = DUTIES.get(name)
        if duty is not None and ids:
            rows = duty.rows(user, programme).filter(pk__in=ids)
            found += as_things(duty, rows.order_by("owed_due_on", "owed_code", "pk"))
    return found
