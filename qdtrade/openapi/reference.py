"""The schema as people read it: groups of operations, and the objects that they answer with."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from .document import METHODS, document, refusals

QUERIES = {
    "task_list": "?status=in_progress&ordering=due_on&page_size=50",
    "milestone_list": "?state=overdue",
    "expectedreport_list": "?timeliness=missing",
    "report_list": "?status=submitted",
    "event_list": "?kind=report&from=2021-09-01",
    "period_list": "?status=open",
    "project_list": "?kind=industrial&ordering=-planned_investment",
    "expectedupdate_list": "?timeliness=missing",
    "rate_list": "?on=2021-12-31",
}
CONTENT = {"done": "…", "progress": "40", "forecast_on": "2021-12-31", "self_light": "green"}
BODIES: dict[str, Any] = {
    "task_partial_update": {"due_on": "2022-06-30", "comment": "…"},
    "report_partial_update": {"done": "…", "progress": "40"},
    "project_partial_update": {"planned_investment": "18亿元", "comment": "…"},
    "moneyevent_create": {
        "project": 1,
        "kind": "in",
        "on": "2021-09-20",
        "amount": "12,000万元",
        "note": "…",
    },
    "report_submit": {"content": CONTENT},
    "report_return": {"comment": "…", "remarks": {"done": "…"}},
}
"""Examples that say more than the bare form would."""

PAGED = "Paginated"
FILE = ["-F report=1", "-F file=@proof.pdf"]
FORMS = {"gate_propose": ["-F fact_on=2021-09-04", "-F words=…", "-F files=@proof.pdf"]}
"""The same for what comes with a file."""


@dataclass(frozen=True)
class Line:
    """A parameter, a field of a body or of an object."""

    name: str
    kind: str
    refers_to: str
    values: list[str]
    words: str
    required: bool
    may_be_null: bool


@dataclass(frozen=True)
class Answer:
    """A good answer: its status and what it holds."""

    code: str
    words: str
    kind: str
    refers_to: str


@dataclass(frozen=True)
class Operation:
    """What can be done at one address by one method."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Line]
    body: list[Line]
    body_kind: str
    answers: list[Answer]
    refusals: list[str]
    example: str


@dataclass(frozen=True)
class Group:
    """The operations of one list."""

    name: str
    label: str
    operations: list[Operation]


@dataclass(frozen=True)
class Reference:
    """The whole page."""

    groups: list[Group]
    objects: list[tuple[str, list[Line]]]
    refusals: dict[int, str]


@lru_cache(maxsize=8)
def reference(language: str, root: str) -> Reference:
    """What the page shows in this language; `root` is where its examples call, e.g. https://host."""
    schema = document(language)
    with translation.override(language):
        operations = [
            (operation["tags"][0], _operation(schema, root, path, method, operation))
            for path, item in schema["paths"].items()
            for method, operation in item.items()
            if method in METHODS
        ]
        groups = [
            Group(tag["name"], tag["description"], [one for name, one in operations if name == tag["name"]])
            for tag in schema["tags"]
        ]
        return Reference(groups, _objects(schema), refusals())


def _operation(schema: dict[str, Any], root: str, path: str, method: str, told: dict[str, Any]) -> Operation:
    parameters = [_followed(schema, one) for one in told["parameters"]]
    bodies = told.get("requestBody", {}).get("content", {})
    body_kind = next(iter(bodies), "")
    body = _followed(schema, bodies[body_kind]["schema"]) if bodies else {}
    good = {code: answer for code, answer in told["responses"].items() if code < "400"}
    return Operation(
        name=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        description=told.get("description", ""),
        parameters=[_line(schema, one["name"], one["schema"], one.get("description", ""), one.get("required", False))
                    for one in parameters],
        body=_fields(schema, body),
        body_kind=body_kind,
        answers=[_answer(schema, code, answer) for code, answer in good.items()],
        refusals=[code for code in told["responses"] if code >= "400"],
        example=_example(root, path, method, told["operationId"], body, body_kind, parameters),
    )  # fmt: skip


def _followed(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """The part itself, or what its reference leads to."""
    if "$ref" not in part:
        return part
    found: Any = schema
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)


def _objects(schema: dict[str, Any]) -> list[tuple[str, list[Line]]]:
    """Everything that answers and bodies are made of; bodies stand with their operations, pages are said once."""
    bodies = {body["schema"]["$ref"].rpartition("/")[2] for body in _bodies(schema)}
    return [
        (name, _fields(schema, one))
        for name, one in sorted(schema["components"]["schemas"].items())
        if one.get("type") == "object" and not name.startswith(PAGED) and name not in bodies
    ]


def _bodies(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in schema["paths"].values():
        for operation in item.values():
            yield from operation.get("requestBody", {}).get("content", {}).values()


def _fields(schema: dict[str, Any], of: dict[str, Any]) -> list[Line]:
    required = of.get("required", [])
    return [
        _line(schema, name, one, one.get("description") or one.get("title", ""), name in required)
        for name, one in of.get("properties", {}).items()
    ]


def _line(schema: dict[str, Any], name: str, one: dict[str, Any], words: str, required: bool) -> Line:
    parts = [one, one.get("items", {}), *one.get("allOf", []), *one.get("oneOf", [])]
    values = [str(value) for part in parts for value in _followed(schema, part).get("enum", []) if value]
    kind, refers_to = _kind(schema, one)
    return Line(name, kind, refers_to, values, words, required, _may_be_null(one))


def _answer(schema: dict[str, Any], code: str, told: dict[str, Any]) -> Answer:
    content = told.get("content", {})
    media = next(iter(content), "")
    kind, refers_to = _kind(schema, content[media]["schema"]) if media else ("", "")
    return Answer(code, told["description"], kind, refers_to)


def _kind(schema: dict[str, Any], one: dict[str, Any]) -> tuple[str, str]:
    """What a value is, in words, and the name of the object that it is or is made of."""
    for part in (one, *one.get("allOf", []), *one.get("oneOf", [])):
        name = part.get("$ref", "").rpartition("/")[2]
        if name.startswith(PAGED):
            return _("a page of"), name.removeprefix(PAGED).removesuffix("List")
        if name:
            is_object = _followed(schema, part).get("type") == "object"
            return ("", name) if is_object else (_("text"), "")
    types = one.get("type", "")
    plain = next((kind for kind in types if kind != "null"), "") if isinstance(types, list) else types
    if plain == "array":
        kind, refers_to = _kind(schema, one["items"])
        return " ".join(word for word in (_("list of"), kind) if word), refers_to
    return _plain(one | {"type": plain}), ""


def _may_be_null(one: dict[str, Any]) -> bool:
    return "null" in one.get("type", "") or any(part.get("type") == "null" for part in one.get("oneOf", []))


def _plain(one: dict[str, Any]) -> str:
    words = {
        "integer": _("whole number"),
        "boolean": _("yes or no"),
        "date": _("day"),
        "date-time": _("moment"),
        "binary": _("bytes"),
        "uri": _("address"),
        "object": _("object"),
        "array": _("list"),
        "string": _("text"),
    }
    return words.get(one.get("format", "")) or words.get(one.get("type", ""), _("any"))


def _example(root: str, path: str, method: str, name: str, body: dict[str, Any], body_kind: str,
             parameters: list[dict[str, Any]]) -> str:  # fmt: skip
    """A call with curl."""
    lines = ["curl -H 'Authorization: Bearer qdt_…'"]
    if method != "get":
        lines[0] += f" -X {method.upper()}"
    if any(one["name"] == "If-Match" and one.get("required") for one in parameters):
        lines.append("-H 'If-Match: \"…\"'")
    if body_kind == "application/json":
        sent = BODIES.get(name) or {"comment": "…"}
        lines += [f"-H 'Content-Type: {body_kind}'", f"-d '{json.dumps(sent, ensure_ascii=False)}'"]
    elif body:
        lines += FORMS.get(name, FILE)
    lines.append(f"'{root}{path.replace('{id}', '1')}{QUERIES.get(name, '')}'")
    return " \\\n  ".join(lines)
