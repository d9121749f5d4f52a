"""Writing a claim: the form, its draft and proof, and making it.

Every button of the form sends the whole form, so whichever is pressed, what was typed is kept first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qdtrade import clock
from qdtrade.errors import Refusal
from qdtrade.evidence.kinds import IN_WORDS, accepted
from qdtrade.web import done
from qdtrade.workflow import perform, why_not

from .. import contents, forms, rules, showing, workflow
from ..actions import drafts
from ..models import Breakthrough, Claim, ClaimDraft, ClaimFile
from .register import shown

SPARE = {"beneficiaries": 3, "effects": 3}
"""How many rows the form shows at least."""


@dataclass(frozen=True)
class Row:
    """A row of a list in the form: its number and its cells as (name, label, value)."""

    number: int
    cells: list[tuple[str, str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
def claim_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; posting keeps what was typed, by itself every few seconds or by the button."""
    row = shown(request, pk)
    rules.claims(row, request.user)
    if request.method != "POST":
        return _page(request, row)
    try:
        draft, refused = _keep(request, row)
    except drafts.ClaimConflict as conflict:
        return _conflict(request, row, conflict)
    if getattr(request, "htmx", False):
        return _saved(request, row, draft)
    if refused:
        return _page(request, shown(request, pk), refused_files=refused)
    words = _("The draft was saved at %(time)s.") % {"time": _time(draft)}
    return done(request, words, address(row))


@require_POST
def claim_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed, then claim; where that is refused, nothing typed is lost."""
    row = shown(request, pk)
    rules.claims(row, request.user)
    try:
        draft, refused = _keep(request, row)
    except drafts.ClaimConflict as conflict:
        return _conflict(request, row, conflict)
    if refused:
        return _page(request, shown(request, pk), refused_files=refused)
    try:
        moved = perform(
            workflow.CLAIM, row, by=request.user, content=draft.content, claimed_from=draft.claimed_from
        )
    except ValidationError as fault:
        return _page(request, shown(request, pk), errors=fault.message_dict)
    words = _("Claimed: %(row)s\nThe pilot office decides by %(day)s. Until then it does not count.")
    return done(request, words % {"row": moved, "day": moved.review_due_on}, "breakthrough", row.pk)


@require_POST
def claim_file_add(request: HttpRequest, pk: int) -> JsonResponse:
    """Add one file out of several that a page sends one by one; the text in the page is not touched."""
    row = shown(request, pk)
    upload = request.FILES.get("file")
    if upload is None:
        return JsonResponse({"said": _("No file was chosen.")}, status=400)
    try:
        file = drafts.attach_file(row, upload, by=request.user, proves=request.POST.get("proves", ""))
    except ValidationError as fault:
        return JsonResponse({"said": " ".join(fault.messages)}, status=400)
    except Refusal as refusal:
        return JsonResponse({"said": str(refusal)}, status=refusal.status)
    around = {"files": _files(row, request.user), "row": row, "within": _within(row)}
    said = {
        "said": _("%(file)s was added.") % {"file": file.name},
        "list": render_to_string("breakthroughs/_claim_files.html", around, request),
    }
    return JsonResponse(said | _open(row, drafts.starting_content(row), around["files"]))


@require_POST
def claim_file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off, after keeping what was typed."""
    files = ClaimFile.objects.visible_to(request.user).select_related("blob")
    file = get_object_or_404(files, pk=pk)
    row = shown(request, file.breakthrough_id)
    file.breakthrough = row
    if request.POST.get("draft_version"):
        try:
            _keep(request, row)
        except drafts.ClaimConflict as conflict:
            return _conflict(request, row, conflict)
    drafts.remove_file(file, by=request.user)
    return done(request, _("%(file)s was taken off.") % {"file": file.name}, address(row))


def address(row: Breakthrough) -> str:
    return f"{reverse('claim_form', args=[row.pk])}{_within(row)}"


def _within(row: Breakthrough) -> str:
    return f"?programme={row.programme.code}"


def _time(draft: ClaimDraft) -> str:
    return str(draft.saved_at.astimezone(clock.BEIJING).strftime("%H:%M:%S"))


def _keep(request: HttpRequest, row: Breakthrough) -> tuple[ClaimDraft, list[str]]:
    """Save what a page sent as the draft, and add its files: a bad one keeps none of the others out."""
    seen, source = forms.draft_seen(request.POST), request.POST.get("claimed_from")
    draft = drafts.save_draft(row, forms.typed(request.POST), by=request.user, seen=seen, claimed_from=source)
    refused: list[str] = []
    for upload in request.FILES.getlist("files"):
        try:
            drafts.attach_file(row, upload, by=request.user, proves=request.POST.get("proves", ""))
        except ValidationError as fault:
            refused += fault.messages
    return draft, refused


def _saved(request: HttpRequest, row: Breakthrough, draft: ClaimDraft) -> JsonResponse:
    """What the page should say now."""
    said = {
        "version": draft.version,
        "said": _("Draft saved at %(time)s") % {"time": _time(draft)},
        "content": contents.flat(draft.content),
    }
    return JsonResponse(said | _open(row, draft.content, _files(row, request.user)))


def _open(row: Breakthrough, content: contents.Content, files: list[ClaimFile]) -> dict[str, Any]:
    """What is missing, in words, and which remarks are answered."""
    names = showing.missing(row, content, files)
    whole = showing.whole(content | {"files": _lines(files)}, before=_returned(row))
    answered = [part.name for part in whole.parts.values() if part.remark and part.answered]
    return {"missing": showing.missing_words(names), "whole": not names, "answered": answered}


def _files(row: Breakthrough, user: Any) -> list[ClaimFile]:
    return list(ClaimFile.objects.visible_to(user).filter(breakthrough=row).in_use())


def _lines(files: list[ClaimFile]) -> list[dict[str, str]]:
    return [{"sha256": file.blob.sha256} for file in files]


def _returned(row: Breakthrough) -> Claim | None:
    """The version that came back, with its remarks, while it waits for the bureau."""
    return row.current if row.current and row.current.decision == Claim.Decision.RETURNED else None


def _rows(name: str, content: contents.Content, spare: int) -> list[Row]:
    cells, given = contents.ROWS[name], content.get(name, [])
    count = min(max(spare, len(given) + 1 if len(given) >= spare else spare), contents.MOST_ROWS)
    empty = dict.fromkeys(cells, "")
    return [
        Row(number, [(f"{name}-{number}-{cell}", cell, row.get(cell, "")) for cell in cells])
        for number, row in enumerate([*given, *[empty] * (count - len(given))])
    ]


def _page(
    request: HttpRequest,
    row: Breakthrough,
    errors: Mapping[str, list[str]] | None = None,
    refused_files: list[str] | None = None,
) -> HttpResponse:
    """The form with what is written so far; 400 where something in it was refused."""
    content, files = drafts.starting_content(row), _files(row, request.user)
    returned, draft = _returned(row), getattr(row, "draft", None)
    whole = showing.whole(content | {"files": _lines(files)}, before=returned, errors=errors)
    context = {
        "row": row,
        "programme": row.programme,
        "task": row.task,
        "within": _within(row),
        "content": content,
        "claim": whole,
        "returned": returned,
        "beneficiaries": _rows("beneficiaries", content, SPARE["beneficiaries"]),
        "effects": _rows("effects", content, SPARE["effects"]),
        "files": files,
        "kinds_of_proof": ClaimFile.Proves.choices,
        "refused_files": refused_files or [],
        "errors": errors or {},
        "closed": why_not(workflow.CLAIM, row, request.user),
        "for_another": rules.is_for_another(rules.claims(row, request.user)),
        "claimed_from": draft.claimed_from if draft else "",
        "longest_source": rules.LONGEST_SOURCE,
        "draft": draft,
        "draft_version": draft.version if draft else 0,
        "missing": showing.missing_words(showing.missing(row, content, files)),
        "days_in_force": rules.days_in_force(row),
        "versions": Claim.objects.visible_to(request.user).filter(breakthrough=row).order_by("-number"),
        "most": settings.MAX_FILE_BYTES // 1024**2,
        "most_files": settings.MAX_REPORT_FILES,
        "kinds": IN_WORDS,
        "accepted": accepted(),
        "longest": contents.TEXTS,
    }
    status = 400 if errors or refused_files else 200
    return render(request, "breakthroughs/claim_form.html", context, status=status)


def _conflict(request: HttpRequest, row: Breakthrough, conflict: drafts.ClaimConflict) -> HttpResponse:
    """Both texts side by side; for a page that saves by itself, a message with the way there."""
    if getattr(request, "htmx", False):
        context = {"conflict": conflict, "row": row, "within": _within(row)}
        return render(request, "breakthroughs/_claim_conflict.html", context, status=412)
    mine = conflict.merged | {name: conflict.mine[name] for name in conflict.fields}
    context = {
        "row": row,
        "programme": row.programme,
        "within": _within(row),
        "conflict": conflict,
        "fields": [
            (
                contents.FIELD_LABELS[name],
                _in_words(conflict.mine[name]),
                _in_words(conflict.theirs.get(name)),
            )
            for name in conflict.fields
        ],
        "mine": _padded(mine, conflict.theirs),
        "theirs": _padded(conflict.merged, mine),
        "version": conflict.draft.version,
        "saved_at": _time(conflict.draft),
        "same_person": conflict.draft.saved_by_id == request.user.pk,
    }
    return render(request, "breakthroughs/claim_conflict.html", context, status=412)


def _padded(content: contents.Content, other: contents.Content) -> dict[str, str]:
    """Every field of a content, with empty ones where the other has more rows: what is chosen is chosen whole."""
    return dict.fromkeys(contents.flat(other), "") | contents.flat(content)


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(" · ".join(cell for cell in row.values() if cell) for row in value)
    return str(value or "")
