"""The work that the signings bring: updates and returned gates for carriers, gates to confirm for the pilot office."""

from typing import Any

from django.utils.translation import gettext as _

from projects import workflow
from projects.models import ExpectedUpdate, Gate, Project
from qdtrade.programmes.models import Programme
from qdtrade.templatetags import days
from qdtrade.workflow import why_not

from .. import reviews
from ..reviews.kind import address as at_desk
from .parts import Link, Row, Section, Work, address
from .periods import Periods

SHOWN = 10
"""Rows of one kind on this page; the lists have them all."""


def carrying(user: Any, programme: Programme, periods: Periods) -> Work:
    """Gates that came back, then updates that are owed now."""
    gates = Gate.objects.visible_to(user).filter(
        Project.carried(user, "project__"), project__programme=programme
    )
    updates = ExpectedUpdate.objects.visible_to(user).filter(period__programme=programme).to_file(user)
    found = [
        *(_returned(row, programme) for row in gates.returned().for_move().order_by("plan_on", "pk")[:SHOWN]),
        *(
            _update(row, programme, periods)
            for row in updates.for_list().order_by("period__due_on", "pk")[:SHOWN]
        ),
    ]
    return _work(found, _("gates that came back, updates that are owed"))


def confirming(user: Any, programme: Programme, periods: Periods) -> Work:
    """Gates that wait for the pilot office, by their clock."""
    rows = Gate.objects.visible_to(user).filter(project__programme=programme).to_decide()
    found = rows.for_list().order_by("review_due_on", "pk")[:SHOWN]
    return _work([_proposed(row, user, programme, periods) for row in found], _("gates to confirm"))


def _work(rows: list[Row], hint: str) -> Work:
    return Work(sections=[Section("signings", _("Signings"), hint, rows)] if rows else [])


def _returned(row: Gate, programme: Programme) -> Row:
    url = address("project", programme, row.project_id, anchor="gates")
    propose = address("gate_propose", programme, row.pk)
    return Row(
        state=row.status,
        state_label=row.get_status_display(),
        task=row.project,
        name=row.project.name,
        url=url,
        reasons=[(f"{row.project.code} · {row.get_step_display()}", False), (row.remarks, True)],
        due=days.short(row.plan_on),
        links=[Link(_("Propose again"), propose, "main")],
    )


def _update(row: ExpectedUpdate, programme: Programme, periods: Periods) -> Row:
    due = row.exception_until or row.period.due_on
    url = address("project_update", programme, row.pk)
    return Row(
        state=row.status,
        state_label=row.get_status_display(),
        task=row.project,
        name=row.project.name,
        url=address("project", programme, row.project_id),
        reasons=[(row.project.code, False), (_("update %(period)s") % {"period": row.period}, False)],
        **periods.clock(due),
        links=[Link(_("Say how it goes"), url)],
    )


def _proposed(row: Gate, user: Any, programme: Programme, periods: Periods) -> Row:
    due, refusal = row.review_due_on, why_not(workflow.CONFIRM, row, user)
    desk = f"{at_desk(reviews.gates.KIND.name, row.pk)}?programme={programme.code}"
    words = _("%(bureau)s proposed “%(gate)s”") % {
        "bureau": row.project.carrier,
        "gate": row.get_step_display(),
    }
    reasons = [(row.project.code, False), (words, False), *([(refusal, False)] if refusal else [])]
    return Row(
        state=row.status,
        state_label=row.get_status_display(),
        task=row.project,
        name=row.project.name,
        url=address("project", programme, row.project_id, anchor="gates"),
        reasons=reasons,
        **periods.clock(due),
        links=[Link(_("Look"), desk) if refusal else Link(_("Decide"), desk, "main")],
    )
