"""RFC 9457 problem details: the one shape of everything that the API refuses."""

import logging
import math
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from .errors import Refusal, busy, is_locked

MEDIA_TYPE = "application/problem+json"
WHOLE = {"__all__", "non_field_errors"}
"""How the frameworks call an error of no single field; the API says an empty name."""

SOON = "2"
"""Seconds after which a busy database is worth another try."""

log = logging.getLogger(__name__)


def problem_response(fault: Exception, context: dict[str, Any]) -> Response:
    """What went wrong, as problem details: a refusal with its reason, a fault of ours with a line in the log."""
    problem = _problem(fault)
    if problem is None:
        log.exception("The API failed.", exc_info=fault)
        words = _("This is a fault of the program. Nothing was changed; please tell the administrator.")
        problem = _details(500, _("The server failed"), words)
    set_rollback()
    headers = {}
    if isinstance(fault, exceptions.Throttled):
        headers["Retry-After"] = str(_seconds(fault))
    if problem["status"] == 503:
        headers["Retry-After"] = SOON
    if getattr(fault, "auth_header", None):
        headers["WWW-Authenticate"] = fault.auth_header  # type: ignore[attr-defined]
    return Response(problem, status=problem["status"], headers=headers, content_type=MEDIA_TYPE)


def _problem(fault: Exception) -> dict[str, Any] | None:
    if is_locked(fault):
        fault = busy()
    if isinstance(fault, Refusal):
        return _details(fault.status, fault.title, str(fault)) | _conflict(fault)
    if isinstance(fault, Http404):
        return _details(404, _("Not found"), _("There is no such thing, or you may not see it."))
    if isinstance(fault, PermissionDenied):
        return _details(403, _("You may not do this"), str(fault))
    if isinstance(fault, RequestDataTooBig):
        return _details(413, _("Too large"), _("This request is larger than the server takes."))
    if isinstance(fault, SuspiciousOperation):
        words = _("Nothing was changed. Check the address, the headers and the body of the request.")
        return _details(400, _("This request could not be understood"), words)
    if isinstance(fault, ValidationError):
        fields = fault.message_dict if hasattr(fault, "error_dict") else {"": fault.messages}
        return _invalid(fields)
    if isinstance(fault, exceptions.ValidationError):
        return _invalid(fault.detail if isinstance(fault.detail, dict) else {"": fault.detail})
    if isinstance(fault, exceptions.APIException):
        return _details(fault.status_code, _title(fault), _detail(fault))
    return None


def _title(fault: exceptions.APIException) -> str:
    """What happened, in a few words of ours where the framework has only a sentence."""
    titles = {
        400: _("This request could not be understood"),
        401: _("Nobody is signed in"),
        403: _("You may not do this"),
        404: _("Not found"),
        405: _("There is no such method here"),
        406: _("There is no answer of this kind"),
        413: _("Too large"),
        415: _("This kind of body is not taken"),
        428: _("The version is missing"),
        429: _("Too many requests"),
    }
    return titles.get(fault.status_code, str(fault.default_detail))


def _detail(fault: exceptions.APIException) -> str:
    if isinstance(fault, exceptions.NotAuthenticated):
        return _("Send a personal token: “Authorization: Bearer …”. You make one on the page “Tokens”.")
    if isinstance(fault, exceptions.Throttled):
        return _("Ask again in %(seconds)d seconds, and less often from then on.") % {
            "seconds": _seconds(fault)
        }
    return str(fault.detail)


def _seconds(fault: exceptions.Throttled) -> int:
    return max(1, math.ceil(getattr(fault, "wait", None) or 0))


def _details(status: int, title: str, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}


def _conflict(fault: Refusal) -> dict[str, Any]:
    """Both texts, where two people changed the same fields; the names stand where those of errors do."""
    fields = getattr(fault, "fields", None)
    if not fields:
        return {}
    mine, theirs = fault.mine, fault.theirs  # type: ignore[attr-defined]
    errors = [
        {"field": name, "detail": str(fault), "yours": mine[name], "stored": theirs[name]} for name in fields
    ]
    return {"errors": errors}


def _invalid(fields: Any) -> dict[str, Any]:
    """One entry per field and reason; the names of nested fields are joined by points."""
    errors = [{"field": name, "detail": reason} for name, reason in _flat("", fields)]
    detail = "\n".join(dict.fromkeys(error["detail"] for error in errors))
    return _details(400, _("Something is missing or wrong"), detail) | {"errors": errors}


def _flat(name: str, reasons: Any) -> list[tuple[str, str]]:
    if isinstance(reasons, dict):
        found = []
        for part, inner in reasons.items():
            bare = "" if part in WHOLE else str(part)
            found += _flat(f"{name}.{bare}".strip("."), inner)
        return found
    if isinstance(reasons, list | tuple):
        return [pair for inner in reasons for pair in _flat(name, inner)]
    return [(name, str(reasons))]
