"""What the signings make people owe: to say how a project goes, to propose a gate again, to confirm one."""

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from qdtrade import clock
from qdtrade.programmes.duties import Duty
from qdtrade.programmes.models import Period, Programme

from .models import ExpectedUpdate, Gate, Project

NOTHING = Value(None, output_field=IntegerField())
NO, YES = Value(False), Value(True)


def to_file(user: Any, programme: Programme) -> QuerySet[Any]:
    """Updates that are owed and were not filed, exempt ones left out."""
    rows = first_filings(user, programme).filter(first_submitted_at=None)
    closes_on = Coalesce("exception_until", "period__grace_on", output_field=DateField())
    closed = ~Q(period__status__in=Period.RUNNING) & Q(exception_until=None)
    is_closed = Q(closes_on__lt=clock.today()) | closed
    return rows.annotate(closes_on=closes_on).annotate(
        owed_due_on=Coalesce("exception_until", "period__due_on", output_field=DateField()),
        owed_closed=ExpressionWrapper(is_closed, output_field=BooleanField()),
    )


def first_filings(user: Any, programme: Programme) -> QuerySet[Any]:
    """Everything that is owed, filed or not; asked for is what a running period or an exception takes."""
    rows = ExpectedUpdate.objects.visible_to(user).filter(period__programme=programme, exempt_reason="")
    asked = Q(period__status__in=Period.RUNNING) | Q(exception_until__gte=clock.today())
    return _of_project(rows, F("bureau"), F("period")).annotate(
        owed_now=Case(When(asked, then=YES), default=NO)
    )


def to_propose_again(user: Any, programme: Programme) -> QuerySet[Any]:
    """Gates that came back, of projects that go on; they have no day of their own but the planned one."""
    rows = Gate.objects.visible_to(user).filter(project__programme=programme).returned()
    rows = _of_project(rows, F("project__carrier"), NOTHING)
    return rows.annotate(owed_now=YES, owed_due_on=F("plan_on"), owed_closed=NO)


def to_confirm(user: Any, programme: Programme) -> QuerySet[Any]:
    """Proposed gates that wait for the reviewers."""
    rows = Gate.objects.visible_to(user).filter(project__programme=programme).to_decide()
    rows = _of_project(rows, NOTHING, NOTHING)
    return rows.annotate(owed_now=YES, owed_due_on=F("review_due_on"), owed_closed=NO)


def _of_project(rows: QuerySet[Any], bureau: Any, period: Any) -> QuerySet[Any]:
    """The names that every duty gives, for rows that belong to a project."""
    return rows.annotate(
        owed_bureau=bureau,
        owed_period=period,
        owed_field=NOTHING,
        owed_code=F("project__code"),
        owed_title=F("project__name"),
        owed_draft=NO,
        owed_holder=NOTHING,
        owed_sample=Case(When(project__in=Project.sampled(), then=YES), default=NO),
    )


DUTIES = (
    Duty(
        "update",
        _("Updates to file"),
        lambda n: ngettext("%(n)d update to file", "%(n)d updates to file", n) % {"n": n},
        to_file,
        "project_update",
        whole=first_filings,
    ),
    Duty(
        "propose_again",
        _("Gates to propose again"),
        lambda n: ngettext("%(n)d gate to propose again", "%(n)d gates to propose again", n) % {"n": n},
        to_propose_again,
        "gate",
    ),
    Duty(
        "confirm",
        _("Gates to confirm"),
        lambda n: ngettext("%(n)d gate to confirm", "%(n)d gates to confirm", n) % {"n": n},
        to_confirm,
        "gate",
        is_of_reviewers=True,
    ),
)
