"""The whole schema, in one language."""

from functools import cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator

from .fields import explain

PROBLEM = "Problem"
METHODS = ("get", "post", "put", "patch", "delete")
TAG = {"type": "string"}


@cache
def document(language: str) -> dict[str, Any]:
    """The schema as plain data; drawn once per process and language, for it depends on nothing else."""
    with translation.override(language):
        return dict(SchemaGenerator().get_schema(request=None, public=True))


def complete(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Adds what holds for all operations: refusals, versions, and that answers leave no field out.

    The framework calls it when the schema is drawn; SPECTACULAR_SETTINGS names it.
    """
    components = result["components"]
    for name, schema in components["schemas"].items():
        explain(schema)
        if schema.get("type") == "object" and not name.endswith("Request"):
            schema["required"] = sorted(schema.get("properties", {}))
    components["schemas"][PROBLEM] = problem()
    components["responses"] = {
        refusal_name(code): _refusal(code, words) for code, words in refusals().items()
    }
    components["headers"] = headers()
    components["parameters"] = preconditions()
    for path, operations in result["paths"].items():
        for method in METHODS:
            if method in operations:
                _complete_operation(operations[method], path, method)
    result["info"] |= {
        "title": _("Pilot register: API"),
        "description": _("The same scope, rules and moves as on the pages."),
    }
    result["tags"] = [{"name": name, "description": words} for name, words in groups().items()]
    return result


def groups() -> dict[str, str]:
    """The lists of the API in the order in which they are told."""
    return {
        "programmes": _("Programmes"),
        "bureaus": _("Bureaus"),
        "fields": _("Fields of work"),
        "tasks": _("Tasks"),
        "milestones": _("Milestones"),
        "parts": _("Parts of tasks"),
        "expected-parts": _("Filed on parts"),
        "extensions": _("Extensions"),
        "periods": _("Periods"),
        "expected-reports": _("Expected reports"),
        "reports": _("Reports"),
        "evidence": _("Evidence"),
        "signing-events": _("Signing events"),
        "sectors": _("Sectors"),
        "partners": _("Partners"),
        "projects": _("Projects"),
        "gates": _("Gates"),
        "gate-files": _("Evidence of gates"),
        "money-events": _("Money"),
        "expected-updates": _("Expected updates"),
        "rates": _("Rates"),
        "breakthroughs": _("Breakthroughs"),
        "breakthrough-targets": _("Targets of breakthroughs"),
        "claim-files": _("Proof of claims"),
        "indicators": _("Indicators"),
        "readings": _("Readings"),
        "events": _("Records"),
    }


def refusals() -> dict[int, str]:
    """When an operation answers with each status."""
    return {
        400: _("Bad input; errors says which field and why."),
        401: _("No token, or one that does not work."),
        403: _("You see it, but may not do this; or the token only reads. The reason says who can."),
        404: _("There is no such thing, or you may not see it."),
        406: _("Accept asks for something other than JSON."),
        409: _("Not now: the state or a clock is against it."),
        412: _("Somebody else changed it meanwhile. Load it again, then decide."),
        413: _("The body is too large."),
        415: _("The body is of another kind than the one named here."),
        428: _("If-Match is missing: say which version you changed."),
        429: _("Too many requests; Retry-After says when to come back."),
        503: _("The database is busy. Nothing was done; try again after Retry-After seconds."),
    }


def refusal_name(code: int) -> str:
    return f"Refused{code}"


def headers() -> dict[str, Any]:
    wait = _("Seconds after which to try again.")
    return {
        "ETag": {"schema": TAG, "description": _("Names this version and content; opaque.")},
        "RetryAfter": {"schema": {"type": "string", "pattern": "^[0-9]+$"}, "description": wait},
    }


def preconditions() -> dict[str, Any]:
    changed = _("The ETag of the version that the change rests on.")
    checked = _("The ETag of the version that you looked at. Another one by now is refused with 412.")
    known = _("The ETag that you have. The same one by now is answered with 304 and no body.")
    return {
        "ChangedVersion": {
            "in": "header",
            "name": "If-Match",
            "required": True,
            "schema": TAG,
            "description": changed,
        },
        "SeenVersion": {"in": "header", "name": "If-Match", "schema": TAG, "description": checked},
        "KnownVersion": {"in": "header", "name": "If-None-Match", "schema": TAG, "description": known},
    }


def problem() -> dict[str, Any]:
    """RFC 9457, as `qdtrade.problems` answers it."""
    text = {"type": "string"}
    any_value = {"description": _("Only where two changes met: what you sent, or what is stored.")}
    fault = {
        "type": "object",
        "properties": {
            "field": text
            | {"description": _("Names of nested fields are joined by points; empty for the whole.")},
            "detail": text,
            "yours": any_value,
            "stored": any_value,
        },
        "required": ["field", "detail"],
    }
    return {
        "type": "object",
        "description": _("Why something was refused, in the language of the person."),
        "properties": {
            "type": text
            | {"const": "about:blank", "description": _("Always the same: status and title say what it is.")},
            "title": text | {"description": _("What happened, in a few words.")},
            "status": {"type": "integer", "description": _("The status of the answer.")},
            "detail": text | {"description": _("Why, and what can be done about it.")},
            "errors": {
                "type": "array",
                "items": fault,
                "description": _("One entry for each field and reason."),
            },
        },
        "required": ["type", "title", "status", "detail"],
    }


def _refusal(code: int, words: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{PROBLEM}"}
    found: dict[str, Any] = {
        "description": words,
        "content": {"application/problem+json": {"schema": schema}},
    }
    if code in {429, 503}:
        found["headers"] = {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}
    return found


def _complete_operation(operation: dict[str, Any], path: str, method: str) -> None:
    of_one = "{id}" in path
    is_move = method == "post" and of_one
    parameters = operation.setdefault("parameters", [])
    if method == "get":
        parameters.append({"$ref": "#/components/parameters/KnownVersion"})
    elif method == "patch":
        parameters.append({"$ref": "#/components/parameters/ChangedVersion"})
    elif is_move:
        parameters.append({"$ref": "#/components/parameters/SeenVersion"})
    named = {int(code) for code in operation["responses"]} & refusals().keys()
    if any(one.get("in") == "query" for one in parameters):
        named = named | {400}  # what may be asked may be asked badly
    for code in _codes(method, of_one=of_one) | named:
        operation["responses"][str(code)] = {"$ref": f"#/components/responses/{refusal_name(code)}"}
    _answers(operation["responses"], method, of_one=of_one)
    operation["responses"] = dict(sorted(operation["responses"].items()))


def _codes(method: str, *, of_one: bool) -> set[int]:
    """With which refusals an operation may answer."""
    codes = {401, 404, 406, 429, 503}
    if method == "get":
        return codes if of_one else codes | {400}
    codes |= {400, 403, 409, 413, 415}
    if method == "patch":
        return codes | {412, 428}
    return codes | {412} if of_one and method == "post" else codes


def _answers(responses: dict[str, Any], method: str, *, of_one: bool) -> None:
    """Good answers carry their tag; a read that brings nothing new is one too."""
    read = _("As it is now.") if of_one else _("A page of the list.")
    words = {
        "200": read if method == "get" else _("As it is afterwards."),
        "201": _("What was made."),
        "204": _("Done."),
    }
    for code in responses.keys() & words.keys():
        answer = responses[code]
        answer["description"] = answer.get("description") or words[code]
        if code != "204":
            answer["headers"] = {"ETag": {"$ref": "#/components/headers/ETag"}}
    if method == "get":
        responses["304"] = {"description": _("You have it already.")}
