"""What a form or a body brings beside its own fields changes nothing, and nothing is taken from another site."""

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from projects.models import Project
from qdtrade.programmes.models import Programme
from tests import doors
from tests import test_permissions as table
from tests.answers import leave

globals().update(doors.FIXTURES)
pytestmark = pytest.mark.walk

WRITES = doors.marked("POST", "PUT", "PATCH", "DELETE")
KEPT_ELSEWHERE = {"accounts.Session", "axes.AccessLog", "axes.AccessAttempt", "axes.AccessFailureLog"}
"""Who is signed in and who tried: by the real clock, and written by the test's own signing in."""

SEEN = {"version", "draft_version"}
"""What a page says that the person was shown."""

SIGNED = {*Project.plain_fields, "partners", "tasks"}
"""What a project may be registered with."""

ITS_OWN = {
    "programme_edit": {*Programme.settings},
    "profile": {"mails"},
    "report_draft": {"filed_from"},
    "report_files": {"filed_from"},
    "part_report": {"says_done"},
    "api:expectedpart-file": {"says_done"},
    "task_light": {"ends_on"},
    "project_light": {"ends_on"},
    "project_register": SIGNED,
    "api:project-list": SIGNED,
    "api:gate-propose": {"comment"},
    "claim_form": {"claimed_from"},
    "claim_send": {"claimed_from"},
    "api:breakthrough-submit-claim": {"claimed_from"},
    "api:report-submit": {"no_change"},
    "api:report-ask-sign-off": {"no_change"},
}
"""What may honestly be sent beside what `BODIES` holds and what the person was shown."""


def forged(cast):
    """A value for every column of every model: whatever a program might hope to set."""
    values = {"is_superuser": "on", "is_staff": "on", "by": cast["manager"].pk, "user": cast["manager"].pk}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            values.setdefault(field.name, _value(field, cast))
            values.setdefault(field.attname, values[field.name])
    return values


def _value(field, cast):
    if isinstance(field, models.ForeignKey):
        return cast["manager2"].pk
    if isinstance(field, models.BooleanField):
        return "true"
    if isinstance(field, models.DateField):
        return "2001-01-01"
    if isinstance(field, models.IntegerField):
        return 7
    return str(field.choices[-1][0]) if field.choices else "forged"


@pytest.fixture
def cast(request):
    return {name: None if name == "anonymous" else request.getfixturevalue(name) for name in table.PEOPLE}


@pytest.fixture
def row(request, on, programme):
    return None if on == "-" else request.getfixturevalue(on)


def state():
    """Every row of every table."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.label not in KEPT_ELSEWHERE
    }


def after(person, method, label, row, extra):
    """The code, and everything that is stored afterwards; then it is undone."""
    point = transaction.savepoint()
    client = doors.client_of(person, label)
    path = table.address(label, row)
    body = table.sent(client, method, label, path, row)
    data = extra | body.get("data", {})
    answer = getattr(client, method.lower())(path, **(body | {"data": data} if method != "DELETE" else {}))
    found = answer.status_code, state()
    leave(answer)
    transaction.savepoint_rollback(point)
    return found


OF_A_READING = {"imports.Import", "imports.ImportWorkbook", "evidence.Blob", "audit.Chain", "audit.Event"}
"""Where it is kept how long a file took to read, which is never the same twice."""


@pytest.mark.parametrize(("method", "label", "on", "codes"), **WRITES)
def test_what_is_sent_beside_the_fields_changes_nothing(cast, row, method, label, codes):
    if connection.vendor != "sqlite":
        pytest.skip("a sequence of PostgreSQL is not set back, so two runs differ in their ids")
    person = cast[doors.allowed(codes)]
    if label in {"project_register", "api:project-list"}:
        table.a_sector()  # what the body names is there before, and not made by what is sent
    before, extra = (
        state(),
        {name: value for name, value in forged(cast).items() if name not in ITS_OWN.get(label, set()) | SEEN},
    )

    code, honest = after(person, method, label, row, {})
    code_with, with_extra = after(person, method, label, row, extra)

    expected = {code: honest, 400: before}
    assert code_with in expected
    found = unlike(expected[code_with], with_extra)
    if found:  # or is it never the same twice?
        found -= unlike(honest, after(person, method, label, row, {})[1])
    assert {place for place in found if not ("_import" in label and place[0] in OF_A_READING)} == set()


def unlike(one, other):
    """(table, column) of every value that is not the same, and the tables with more or fewer rows."""
    columns = {
        (name, column)
        for name, rows in one.items()
        for row, twin in zip(rows, other[name], strict=False)
        for column in row
        if row[column] != twin[column]
    }
    return columns | {(name, "rows") for name, rows in one.items() if len(rows) != len(other[name])}


@pytest.mark.parametrize(("method", "label", "on", "codes"), **WRITES)
def test_nothing_is_taken_without_the_token_of_the_site(cast, row, method, label, codes):
    person = cast[doors.allowed(codes)]
    client, honest = doors.client_of(person, label, enforce_csrf_checks=True), doors.client_of(person, label)
    body, before = table.sent(honest, method, label, table.address(label, row), row), state()

    answer = doors.ask(client, method, label, row, **body)

    assert answer.status_code == 403
    assert len(answer.text_of_it) > 80
    assert unlike(before, state()) == set()
