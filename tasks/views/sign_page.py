"""The page on which the head of a bureau signs a report, or sends it back to its author."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from qdtrade.web import done, make_move, offers

from .. import content as contents
from .. import forms, rules, showing, workflow
from ..actions import reports as actions
from ..models import Report
from . import report_page


def sign_page(
    request: HttpRequest, report: Report, typed: Mapping[str, Any] | None = None, faults: Sequence[str] = ()
) -> HttpResponse:
    """What is to be signed against what was approved before, with a place for a remark beside each field.

    Everybody who writes for the bureau reads it; the moves say who may do what.
    """
    content = actions.starting_content(report)
    files = report_page.files_of(report, request.user)
    old = report.current or rules.earlier_version(report)
    before = old.content if report.current else contents.carried(old.content) if old else None
    lines = showing.compared(
        before, content | {"files": showing.file_lines(files)}, showing.titles_of(report)
    )
    written = {name: (typed or {}).get(f"remark-{name}", "") for name in showing.SHOWN}
    context = report_page.around(request, report, content) | {
        "asked": report.sign_off,
        "lines": [(line, written[line.name]) for line in lines],
        "changed": sum(line.changed for line in lines),
        "old": old,
        "files": files,
        "answers": contents.answers_in(content),
        "moves": offers(report, workflow.REPORT_MOVES, request.user, "report_move"),
        "comment": (typed or {}).get("comment", ""),
        "faults": faults,
    }
    return render(request, "tasks/report_sign.html", context, status=400 if faults else 200)


def send_to_author(request: HttpRequest, report: Report) -> HttpResponse:
    """Give the report back with a reason and remarks; where that is refused, nothing typed is lost."""
    try:
        sent = make_move(request, workflow.SEND_TO_AUTHOR, report, remarks=forms.remarks(request.POST))
    except ValidationError as fault:
        return sign_page(request, report, request.POST, fault.messages)
    words = _("Sent back: %(report)s\n%(person)s has been told.")
    asker = sent.sign_off.asker
    return done(request, words % {"report": sent, "person": asker}, report_page.address("my_work", sent))
