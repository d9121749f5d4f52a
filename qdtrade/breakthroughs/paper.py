"""A practice case as a paper in the official form."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qdtrade import clock
from qdtrade.documents import Paper
from qdtrade.templatetags import days

from . import showing
from .models import Breakthrough, PracticeCase


def case_paper(case: PracticeCase) -> bytes:
    """The Word file: what was there before, what was done, what it brought, and where it can be copied.

    That the case is a sample, or that its recognition was revoked, stands on the paper as on the page.
    """
    row = case.breakthrough
    paper = Paper(case.title, _("Practice case · %(programme)s") % {"programme": row.programme.name})
    if row.status == Breakthrough.Status.REVOKED:
        words = _("The recognition was revoked on %(day)s: %(why)s")
        paper.note(words % {"day": days.iso(row.revoked_on), "why": row.reason})
    paper.facts(facts(case))
    for name, heading in headings():
        paper.heading(1, heading)
        paper.paragraph(getattr(case, name))
        if name == "effect":
            _effects(paper, row)
    if row.is_sample:
        paper.note(
            _(
                "Sample: text, figures and recognition are invented for the demo and are nobody's official wording."
            )
        )
    paper.signature(str(row.bureau), days.full(clock.day_of(case.written_at)))
    return paper.in_bytes()


def headings() -> list[tuple[str, str]]:
    """The parts of a case in their order."""
    return [
        ("background", _("Background")),
        ("practice", pgettext("practice case", "What was done")),
        ("effect", _("Effect")),
        ("replicable", _("Where it can be copied, and what it takes")),
    ]


def facts(case: PracticeCase) -> list[tuple[str, str]]:
    """What the paper and the page say of it in one line each."""
    row = case.breakthrough
    said = row.current.content if row.current else {}
    found = [
        (_("Task"), f"{row.task.code} {row.task.title}"),
        (_("Bureau"), str(row.bureau)),
        (_("Recognised"), f"{days.iso(row.recognised_on)} {row.get_level_display()}"),
    ]
    if said.get("since"):
        found.append((_("In force since"), f"{said['since']} {said.get('basis', '')}".strip()))
    return found


def _effects(paper: Paper, row: Breakthrough) -> None:
    """The measured effects of the claim as a table."""
    effects = showing.whole(row.current.content).effects if row.current else []
    if not effects:
        return
    lines = [[one.what, one.before, one.now, one.change or "—", one.basis] for one in effects]
    headings = [
        pgettext("effect", "Effect"),
        pgettext("effect", "Before"),
        pgettext("effect", "Now"),
        pgettext("effect", "Change"),
        _("How and when measured"),
    ]
    paper.table(headings, lines, [3, 2, 2, 2, 4], "lrrrl")
