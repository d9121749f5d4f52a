"""What breakthroughs ask of people: to claim candidates and what came back, and to decide what is claimed."""

from typing import Any

from django.utils.translation import gettext as _

from qdtrade.breakthroughs import workflow
from qdtrade.breakthroughs.models import Breakthrough
from qdtrade.programmes.models import Programme
from qdtrade.templatetags import days
from qdtrade.workflow import why_not

from .. import reviews
from ..reviews.kind import address as at_desk
from .parts import Link, Row, Section, Work, address
from .periods import Periods

SHOWN = 10
"""Rows of one kind on this page; the list has them all."""


def claiming(user: Any, programme: Programme, periods: Periods) -> Work:
    """Claims that came back, then candidates that can be claimed."""
    rows = Breakthrough.objects.visible_to(user).of_programme(programme).to_claim(user)
    found = rows.for_move().order_by("-status", "expected_on", "pk")[:SHOWN]
    return _work([_to_claim(row, programme) for row in found], _("claims that came back, candidates"))


def deciding(user: Any, programme: Programme, periods: Periods) -> Work:
    """Claims that wait for the pilot office, by their clock."""
    rows = Breakthrough.objects.visible_to(user).of_programme(programme).to_decide()
    found = rows.for_list().order_by("review_due_on", "pk")[:SHOWN]
    return _work([_claimed(row, user, programme, periods) for row in found], _("claims to decide"))


def _work(rows: list[Row], hint: str) -> Work:
    return Work(sections=[Section("breakthroughs", _("Breakthroughs"), hint, rows)] if rows else [])


def _to_claim(row: Breakthrough, programme: Programme) -> Row:
    is_back = row.status == Breakthrough.Status.RETURNED
    why = (row.reason, True) if is_back else (_("named a candidate; its lead bureau claims it"), False)
    label = _("Complete the claim") if is_back else _("Write the claim")
    return Row(
        state=row.status,
        state_label=row.get_status_display(),
        task=row.task,
        name=row.task.title,
        url=address("breakthrough", programme, row.pk),
        reasons=[(row.task.code, False), why],
        due=days.short(row.expected_on) if row.expected_on else "",
        links=[Link(label, address("claim_form", programme, row.pk), "main" if is_back else "plain")],
    )


def _claimed(row: Breakthrough, user: Any, programme: Programme, periods: Periods) -> Row:
    refusal = why_not(workflow.RECOGNISE, row, user)
    desk = f"{at_desk(reviews.breakthroughs.KIND.name, row.pk)}?programme={programme.code}"
    words = _("%(bureau)s claims a breakthrough") % {"bureau": row.bureau}
    reasons = [(row.task.code, False), (words, False), *([(refusal, False)] if refusal else [])]
    return Row(
        state=row.status,
        state_label=row.get_status_display(),
        task=row.task,
        name=row.task.title,
        url=address("breakthrough", programme, row.pk),
        reasons=reasons,
        **periods.clock(row.review_due_on),
        links=[Link(_("Look"), desk) if refusal else Link(_("Decide"), desk, "main")],
    )
