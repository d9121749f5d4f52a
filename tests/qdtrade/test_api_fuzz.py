"""Every operation of the API, called with what nobody thought of: no fault of ours, and no breach of the schema.

The suite tries a few calls of each, the same ones every time. `make fuzz` tries many more, and others every time.
"""

import copy
import datetime
import os

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections, transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from projects.actions.money import counter_entry
from projects.models import ExpectedUpdate, GateFile, Rate
from projects.workflow import RETURN, TERMINATE
from qdtrade import clock
from qdtrade.audit.models import Event
from qdtrade.indicators import workflow as indicators
from qdtrade.openapi.document import document
from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import ExpectedPart
from tasks.workflow import ASK_SIGN_OFF
from tests import breakings, factories, indicating, signings
from tests.answers import leave
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

MANY = int(os.environ.get("FUZZ", "0"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
FEW = settings(
    max_examples=MANY or 5,
    derandomize=not MANY,
    database=None,
    deadline=None,
    phases=list(Phase) if MANY else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def loaded():
    """The schema, called straight through the program's own front door."""
    told = copy.deepcopy(document("en"))
    for item in told["paths"].values():
        for operation in item.values():
            del operation["security"]  # who asks is tested elsewhere; here everybody has a token that works
    schema = schemathesis.openapi.from_dict(told)
    schema.app = whole(WSGIHandler())
    return schema


def whole(program):
    """The program, its answers read to their end and closed, as a server does; the test keeps its connection."""

    def answered(environ, start_response):
        request_started.disconnect(close_old_connections)
        try:
            answer = program(environ, start_response)
            body = b"".join(answer)
            leave(answer)
        finally:
            request_started.connect(close_old_connections)
        return [body]

    return answered


SCHEMA = loaded()
OPERATIONS = {found.ok().definition.raw["operationId"]: found.ok() for found in SCHEMA.get_all_operations()}


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    """Two people with their tokens, and ids of rows in the states that operations are about, by their list."""
    whole = transaction.atomic()
    whole._from_testcase = True  # as Django's own TestCase does, so that units may begin inside it
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("fuzz"))
    with django_db_blocker.unblock(), files, clock.at(NOW), whole:
        yield build()
        transaction.set_rollback(True)


def build():
    region = factories.bureau("qingdao", "青岛市")
    lead = factories.bureau("scjg", "市场监督管理局", parent=region)
    programme = factories.programme(region)
    staff = factories.member("staff", programme, "staff", lead)
    manager = factories.member(
        "manager", programme, "manager", factories.bureau("sdb", "试点办", parent=region)
    )
    field = factories.field(programme)
    task, another = [
        factories.accepted_task(field, lead, by=manager, accepted_by=staff) for _number in range(2)
    ]
    waiting = factories.task(field, lead, by=manager)
    later_on = datetime.date(2022, 6, 30)
    helping = factories.bureau("jrj", "市金融局", parent=region)
    part = factories.give(task, helping, by=staff)
    asked = factories.ask(task, None, by=staff, to_on=later_on)
    helper = factories.member("helper", programme, "staff", helping)
    perform(workflow.ACCEPT_PART, factories.give(task, helping, by=staff), by=helper)
    period, later = [factories.open_period(programme, by=manager, month=month) for month in (9, 10)]
    filing = ExpectedPart.objects.get(period=period)
    submitted = factories.submit(factories.report_of(task, period), by=staff)
    writing, returned = factories.report_of(task, later), factories.report_of(another, later)
    proof = factories.attach(writing, by=staff)
    factories.send_back(factories.submit(returned, by=staff), by=manager)
    unsigned, laid = signed_for(region, lead, staff=staff, manager=manager)
    rows = {
        "programmes": [programme.pk],
        "bureaus": [lead.pk],
        "fields": [field.pk],
        "tasks": [task.pk, waiting.pk],
        "milestones": [task.milestones.get(number=1).pk],
        "parts": [part.pk],
        "expected-parts": [filing.pk],
        "extensions": [asked.pk],
        "periods": [period.pk, later.pk],
        "expected-reports": [submitted.expected_id],
        "reports": [submitted.pk, writing.pk, returned.pk, unsigned.pk, laid.pk],
        "evidence": [proof.pk],
        "events": [Event.objects.latest("pk").pk],
    } | signed(programme, lead, staff=staff, manager=manager)
    rows |= broken_through(field, lead, staff=staff, manager=manager)
    rows |= measured(programme, lead, staff=staff, manager=manager)
    return rows, {"staff": factories.token(staff)[1], "manager": factories.token(manager)[1]}


def broken_through(field, lead, *, staff, manager):
    """Breakthroughs that wait for a claim, for a decision and for a practice case, with their proof and a target."""
    tasks = [factories.accepted_task(field, lead, by=manager, accepted_by=staff) for _number in range(4)]
    named, proved, put_in, known = [breakings.flag(task, by=manager) for task in tasks]
    for row in (proved, put_in, known):
        breakings.prove(row, by=staff)
    for row in (put_in, known):
        breakings.claim(row, by=staff)
    breakings.recognise(known, by=manager)
    return {
        "breakthroughs": [named.pk, proved.pk, put_in.pk, known.pk],
        "breakthrough-targets": [breakings.target(field.programme, by=manager).pk],
        "claim-files": list(known.files.values_list("pk", flat=True)),
    }


def measured(programme, owner, *, staff, manager):
    """An indicator with readings that wait, came back, and are in force."""
    row = indicating.indicator(programme, owner, by=manager)
    indicating.target(row, by=manager)
    in_force = indicating.approved(row, by=staff, approved_by=manager)
    waiting = indicating.reading(row, by=staff, period="2020年", on=datetime.date(2020, 12, 31))
    back = indicating.reading(row, by=staff, period="2019年", on=datetime.date(2019, 12, 31))
    perform(indicators.RETURN, back, by=manager, comment="Which table?")
    return {"indicators": [row.pk], "readings": [in_force.pk, waiting.pk, back.pk]}


def signed_for(region, lead, *, staff, manager):
    """A report to be written and one that lies with the head, in a programme whose heads sign."""
    programme = factories.programme(region, "qd-2025", sign_off=True)
    staff = factories.join(staff, programme, "head", lead)
    manager = factories.join(manager, programme, "manager", manager.memberships.get().bureau)
    field = factories.field(programme)
    tasks = [factories.accepted_task(field, lead, by=manager, accepted_by=staff) for _number in range(2)]
    period = factories.open_period(programme, by=manager)
    unsigned, laid = [factories.report_of(task, period) for task in tasks]
    return unsigned, perform(ASK_SIGN_OFF, laid, by=staff, content=factories.CONTENT)


def signed(programme, carrier, *, staff, manager):
    """Projects that stand and one that ended, gates of every state, money of both signs, and an update that is owed."""
    sector, event = signings.sector(programme, by=manager), signings.event(programme, by=manager)
    partner = signings.partner(programme, by=manager)
    standing, quiet, ended = [
        signings.project(sector, carrier, by=manager, event=event, partners=[partner]) for _number in range(3)
    ]
    for project in (standing, quiet):
        signings.passed(project, "framework", by=staff, confirmed_by=manager)
    waiting = signings.propose(standing, "contract", by=staff)
    returned = perform(RETURN, signings.propose(ended, by=staff), by=manager, comment="Which firm?")
    sums = [signings.enter(standing, amount, by=staff) for amount in (500, 700)]
    sums.append(counter_entry(sums[0], by=staff, on=sums[0].on, note="Entered twice"))
    signings.open_quarter(programme, by=manager)
    owed = ExpectedUpdate.objects.filter(project=standing)
    perform(TERMINATE, ended, by=manager, comment="The firm withdrew.")
    steps = [signings.gate(quiet, step).pk for step in ("framework", "contract")]
    return {
        "sectors": [sector.pk],
        "signing-events": [event.pk],
        "partners": [partner.pk],
        "projects": [standing.pk, quiet.pk, ended.pk],
        "gates": [*steps, waiting.pk, returned.pk],
        "gate-files": [GateFile.objects.earliest("pk").pk],
        "money-events": [one.pk for one in sums],
        "expected-updates": [owed.get().pk],
        "rates": list(Rate.objects.filter(programme=programme).values_list("pk", flat=True)),
    }


@pytest.fixture(autouse=True)
def files_of_this_test():
    """The files stay where they were put for the whole module."""


@pytest.mark.parametrize("who", ["staff", "manager"])
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_whatever_is_sent_the_answer_keeps_to_the_schema(name, who, house):
    rows, secrets = house
    operation = OPERATIONS[name]
    ids = st.sampled_from(rows[operation.definition.raw["tags"][0]])
    headers = {"Authorization": f"Bearer {secrets[who]}"}
    good = operation.as_strategy(GenerationMode.POSITIVE)
    bad = operation.as_strategy(GenerationMode.NEGATIVE)

    @FEW
    @given(case=good | bad, pk=ids | st.none())
    def ask(case, pk):
        if pk is not None and "id" in case.path_parameters:
            case.path_parameters["id"] = pk
            case.headers.update(current(case, headers))
        point = transaction.savepoint()
        case.call_and_validate(headers=headers, checks=CHECKS)
        transaction.savepoint_rollback(point)

    ask()


def current(case, headers):
    """The version of the row, for an operation that must name it: else no call would come further than that."""
    if case.method != "PATCH":
        return {}
    answer = APIClient(headers=headers).get(case.formatted_path)
    return {"If-Match": answer.headers.get("ETag", "*")}
