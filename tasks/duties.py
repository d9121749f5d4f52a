"""What tasks and their reports make people owe: to file, to file again, to sign for, to review."""

import datetime
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from qdtrade import clock
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.duties import NO, NOTHING, YES, Duty, asked_now, not_filed
from qdtrade.programmes.models import Programme

from .models import Draft, ExpectedPart, Extension, Part, Report, Task


def to_file(user: Any, programme: Programme) -> QuerySet[Any]:
    """First submissions that are owed and were not made, exempt ones left out."""
    return not_filed(first_submissions(user, programme), "expected__").annotate(owed_draft=_HAS_DRAFT)


def first_submissions(user: Any, programme: Programme) -> QuerySet[Any]:
    """Everything that is owed, filed or not; asked for are the running period and the one that closed last."""
    rows = Report.objects.visible_to(user).filter(
        expected__period__programme=programme, expected__exempt_reason=""
    )
    return _of_report(rows).annotate(owed_now=asked_now(programme, "expected__"))


def to_file_again(user: Any, programme: Programme) -> QuerySet[Any]:
    """Returned and reopened reports, by their own date."""
    rows = Report.objects.visible_to(user).filter(
        expected__period__programme=programme,
        status__in=[Report.Status.RETURNED, Report.Status.REOPENED],
        resubmit_due_on__isnull=False,
    )
    return _of_report(rows).annotate(
        owed_now=YES,
        owed_due_on=F("resubmit_due_on"),
        owed_draft=_HAS_DRAFT,
        owed_closed=NO,
        owed_holder=NOTHING,
    )


def to_review(user: Any, programme: Programme) -> QuerySet[Any]:
    """Submitted reports that wait for the reviewers, by the reviewers' own clock."""
    rows = Report.objects.visible_to(user).awaiting_review().filter(expected__period__programme=programme)
    return (
        _of_report(rows)
        .annotate(owed_due_on=F("review_due_on"), owed_draft=NO, owed_closed=NO, owed_holder=F("taken_by"))
        .annotate(owed_bureau=NOTHING, owed_now=YES)
    )


def to_accept(user: Any, programme: Programme) -> QuerySet[Any]:
    """Tasks that their lead bureau has neither signed for nor given back."""
    rows = Task.objects.visible_to(user).filter(programme=programme).not_accepted()
    return _of_task(rows, F("lead")).annotate(given_on=_GIVEN).annotate(owed_due_on=_accept_due(programme))


def to_verify(user: Any, programme: Programme) -> QuerySet[Any]:
    """Completion claims that wait for the reviewers."""
    rows = Task.objects.visible_to(user).filter(programme=programme).to_verify()
    return _of_task(rows, NOTHING).annotate(owed_due_on=F("verify_due_on"))


def to_decide(user: Any, programme: Programme) -> QuerySet[Any]:
    """Wishes for more time that a head has signed and that wait for the reviewers."""
    signed = Extension.Status.SIGNED
    rows = Extension.objects.visible_to(user).filter(task__programme=programme, status=signed)
    return _of_task(rows, NOTHING, "task__").annotate(owed_due_on=F("decide_due_on"))


def parts_to_file(user: Any, programme: Programme) -> QuerySet[Any]:
    """What is owed on parts and was not filed, exempt rows left out."""
    return not_filed(filings_of_parts(user, programme)).annotate(owed_draft=NO)


def filings_of_parts(user: Any, programme: Programme) -> QuerySet[Any]:
    """Everything that is owed on parts, filed or not, in the periods in which reports are asked for too."""
    rows = ExpectedPart.objects.visible_to(user).filter(period__programme=programme, exempt_reason="")
    samples = Q(part__is_sample=True) | Q(part__task__in=Task.sampled())
    return rows.annotate(
        owed_bureau=F("bureau"),
        owed_now=asked_now(programme),
        owed_period=F("period"),
        owed_field=F("part__task__field"),
        owed_code=F("part__task__code"),
        owed_title=F("part__what"),
        owed_sample=Case(When(samples, then=YES), default=NO),
    )


def parts_to_accept(user: Any, programme: Programme) -> QuerySet[Any]:
    """Parts that their bureau has neither signed for nor sent back."""
    rows = Part.objects.visible_to(user).filter(task__programme=programme).to_accept()
    return _of_task(rows, F("bureau"), "task__").annotate(owed_due_on=F("accept_due_on"))


_HAS_DRAFT = Exists(Draft.objects.filter(report=OuterRef("pk")))


_GIVEN = TruncDate(Coalesce("assigned_at", "registered_at"), tzinfo=clock.BEIJING)
"""The day on which the bureau that leads a task now was given it."""


def _accept_due(programme: Programme) -> Case:
    """The day by which a task is to be signed for. Tasks are given in batches: a day is counted once for each."""
    waiting = Task.objects.filter(programme=programme).not_accepted()
    days = waiting.annotate(day=_GIVEN).order_by("day").values_list("day", flat=True).distinct()
    calendar = Calendar()

    def due(day: datetime.date) -> Value:
        return Value(calendar.after(day, programme.accept_days), output_field=DateField())

    cases = [When(given_on=day, then=due(day)) for day in days]
    return Case(*cases, default=Value(None), output_field=DateField())


def _of_task(rows: QuerySet[Any], bureau: Any, task: str = "") -> QuerySet[Any]:
    """The names that every duty gives, for rows that are a task or belong to one."""
    samples = Q(**{"task__in" if task else "pk__in": Task.sampled()})
    return rows.annotate(
        owed_bureau=bureau,
        owed_now=YES,
        owed_period=NOTHING,
        owed_field=F(f"{task}field"),
        owed_code=F(f"{task}code"),
        owed_title=F(f"{task}title"),
        owed_draft=NO,
        owed_closed=NO,
        owed_holder=NOTHING,
        owed_sample=Case(When(samples, then=YES), default=NO),
    )


def _of_report(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.annotate(
        owed_bureau=F("expected__bureau"),
        owed_period=F("expected__period"),
        owed_field=F("expected__task__field"),
        owed_code=F("expected__task__code"),
        owed_title=F("expected__task__title"),
        owed_sample=Case(When(expected__task__in=Task.sampled(), then=YES), default=NO),
    )


DUTIES = (
    Duty(
        "report",
        pgettext_lazy("duty", "To file"),
        lambda n: ngettext("%(n)d report to file", "%(n)d reports to file", n) % {"n": n},
        to_file,
        "report",
        whole=first_submissions,
    ),
    Duty(
        "resubmit",
        _("To file again"),
        lambda n: ngettext("%(n)d report to file again", "%(n)d reports to file again", n) % {"n": n},
        to_file_again,
        "report",
    ),
    Duty(
        "accept",
        _("To accept"),
        lambda n: ngettext("%(n)d task to accept", "%(n)d tasks to accept", n) % {"n": n},
        to_accept,
        "task",
    ),
    Duty(
        "part",
        _("Parts to file"),
        lambda n: ngettext("%(n)d part to file", "%(n)d parts to file", n) % {"n": n},
        parts_to_file,
        "part_report",
        whole=filings_of_parts,
    ),
    Duty(
        "accept_part",
        _("Parts to accept"),
        lambda n: ngettext("%(n)d part to accept", "%(n)d parts to accept", n) % {"n": n},
        parts_to_accept,
        "part",
    ),
    Duty(
        "review",
        _("To review"),
        lambda n: ngettext("%(n)d report to review", "%(n)d reports to review", n) % {"n": n},
        to_review,
        "desk_report",
        is_of_reviewers=True,
    ),
    Duty(
        "verify",
        _("To verify"),
        lambda n: ngettext("%(n)d completion to verify", "%(n)d completions to verify", n) % {"n": n},
        to_verify,
        "task",
        is_of_reviewers=True,
    ),
    Duty(
        "decide",
        _("Extensions to decide"),
        lambda n: ngettext("%(n)d extension to decide", "%(n)d extensions to decide", n) % {"n": n},
        to_decide,
        "extension",
        is_of_reviewers=True,
    ),
)
