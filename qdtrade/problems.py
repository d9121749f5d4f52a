"""RFC 9457 problem details: the one shape of everything that the API refuses."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from .errors import Refusal, busy, is_locked


def problem_response(fault: Exception, context: dict[str, Any]) -> Response | None:
    """RFC 9457 problem details for everything the API refuses; None lets a fault of ours become a 500."""
    problem = _problem(fault)
    if problem is None:
        return None
    set_rollback()
    headers = {}
    wait = getattr(fault, "wait", None)
    if wait:
        headers["Retry-After"] = str(int(wait))
    if getattr(fault, "auth_header", None):
        headers["WWW-Authenticate"] = fault.auth_header  # type: ignore[attr-defined]
    return Response(
        problem, status=problem["status"], headers=headers, content_type="application/problem+json"
    )


def _problem(fault: Exception) -> dict[str, Any] | None:
    if is_locked(fault):
        fault = busy()
    if isinstance(fault, Refusal):
        return _details(fault.status, fault.title, str(fault))
    if isinstance(fault, Http404):
        return _details(404, _("Not found"), _("There is no such thing, or you may not see it."))
    if isinstance(fault, PermissionDenied):
        return _details(403, _("You may not do this"), str(fault))
    if isinstance(fault, ValidationError):
        fields = fault.message_dict if hasattr(fault, "error_dict") else {"": fault.messages}
        return _invalid(fields)
    if isinstance(fault, exceptions.ValidationError):
        detail = fault.detail if isinstance(fault.detail, dict) else {"": fault.detail}
        return _invalid(detail)
    if isinstance(fault, exceptions.APIException):
        return _details(fault.status_code, str(fault.default_detail), str(fault.detail))
    return None


def _details(status: int, title: str, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}


def _invalid(fields: dict[str, Any]) -> dict[str, Any]:
    """One entry per field, in one shape, with the field's name as the API spells it."""
    errors = [
        {"field": "" if name in {"__all__", "non_field_errors"} else name, "detail": str(reason)}
        for name, reasons in fields.items()
        for reason in (reasons if isinstance(reasons, list) else [reasons])
    ]
    detail = "; ".join(error["detail"] for error in errors)
    return _details(400, _("Something is missing or wrong"), detail) | {"errors": errors}
