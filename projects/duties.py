"""What the signings make people owe: to say how a project goes, to propose a gate again, to confirm one."""

from typing import Any

from django.db.models import Case, F, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from qdtrade.programmes.duties import NO, NOTHING, YES, Duty, Rows, asked_now, not_filed
from qdtrade.programmes.models import Programme

from .models import ExpectedUpdate, Gate, Project


def to_file(user: Any, programme: Programme) -> Rows:
    """Updates that are owed and were not filed, exempt ones left out."""
    return not_filed(first_filings(user, programme))


def first_filings(user: Any, programme: Programme) -> Rows:
    """Everything that is owed, filed or not; asked for are the running period and the one that closed last."""
    rows = ExpectedUpdate.objects.visible_to(user).filter(period__programme=programme).owed()
    return _of_project(rows, F("bureau"), F("period")).annotate(owed_now=asked_now(programme))


def to_propose_again(user: Any, programme: Programme) -> Rows:
    """Gates that came back, of projects that go on; they have no day of their own but the planned one."""
    gates = Gate.objects.visible_to(user).filter(project__programme=programme).returned()
    rows = _of_project(gates, F("project__carrier"), NOTHING)
    return rows.annotate(owed_now=YES, owed_due_on=F("plan_on"), owed_closed=NO)


def to_confirm(user: Any, programme: Programme) -> Rows:
    """Proposed gates that wait for the reviewers."""
    gates = Gate.objects.visible_to(user).filter(project__programme=programme).to_decide()
    rows = _of_project(gates, NOTHING, NOTHING)
    return rows.annotate(owed_now=YES, owed_due_on=F("review_due_on"), owed_closed=NO)


def _of_project(rows: Rows, bureau: Any, period: Any) -> Rows:
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
