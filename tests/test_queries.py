"""A list costs the same for three rows and thirty, and every page stays within its budget (DECISIONS 20).

A budget is that of the page's own content; what the shell asks (memberships, menu counts) has a budget of its own.
"""

import datetime

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.models import ExpectedUpdate, Project, Rate
from qdtrade import clock
from qdtrade.accounts.models import User
from qdtrade.indicators.models import Indicator
from qdtrade.programmes import exports
from qdtrade.programmes.actions import plan_months
from qdtrade.programmes.models import Period
from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import ExpectedReport, Report, Task
from tests import breakings, factories, indicating, signings
from tests.answers import leave
from tests.conftest import NOW
from tests.tasks import importing

FEW, MANY = "few", "many"
ROWS = {FEW: 3, MANY: 30}
SHELL = 4
DESK = 28
"""Every kind of work that the queue holds asks for its lines; claims of breakthroughs also for what was filed."""

PAGES = {
    "my_work": 25,
    "task_list": 17,
    "task_imports": 10,
    "part_list": 15,
    "part_report_list": 15,
    "responsibility": 32,
    "roadmap": 15,
    "cockpit": 40,
    "report_list": 15,
    "project_list": 18,
    "rate_list": 15,
    "light_rules": 10,
    "indicator_list": 15,
    "project_board": 15,
    "project_carriers": 20,
    "project_pictures": 35,
    "project_update_list": 15,
    "breakthrough_list": 15,
    "month": 15,
    "desk": DESK,
    "period_list": 15,
    "deputies": 15,
    "view_list": 10,
    "notices": 15,
    "chase": 40,
    "bulletin": 60,
    "records": 15,
    "records_compare": 20,
    "checkpoint_list": 10,
    "package_list": 10,
}
ADMINISTRATION = {
    "accounts_bureau": 10,
    "accounts_user": 10,
    "audit_event": 10,
    "lights_lightrule": 10,
    "breakthroughs_breakthrough": 18,
    "breakthroughs_breakthroughtarget": 10,
    "breakthroughs_claimfile": 10,
    "indicators_indicator": 10,
    "indicators_indicatortarget": 10,
    "indicators_reading": 10,
    "programmes_membership": 15,
    "programmes_period": 10,
    "programmes_programme": 10,
    "programmes_workingday": 10,
    "projects_expectedupdate": 12,
    "projects_gate": 12,
    "projects_gatefile": 10,
    "projects_moneyevent": 10,
    "projects_partner": 10,
    "projects_project": 17,
    "projects_rate": 10,
    "projects_sector": 10,
    "projects_signingevent": 10,
    "tasks_expectedreport": 15,
    "tasks_extension": 10,
    "tasks_field": 10,
    "tasks_milestone": 10,
    "tasks_expectedpart": 12,
    "tasks_part": 12,
    "tasks_report": 15,
    "tasks_reportfile": 10,
    "tasks_task": 17,
}
"""Lists of the administration; the counts of its menu, one query, are in their budgets."""

PAGES |= {f"admin:{name}_changelist": budget for name, budget in ADMINISTRATION.items()} | {"admin:index": 5}
EXPORTS = ["tasks_export", "parts_export", "part_reports_export", "responsibility_export", "reports_export",
           "chase_export", "expected_reports_export", "records_export",
           "projects_export", "money_export",
           "breakthroughs_export", "project_updates_export", "rates_export", "project_carriers_export",
           "readings_export"]  # fmt: skip
API = [
    "programme",
    "bureau",
    "field",
    "task",
    "milestone",
    "period",
    "expectedreport",
    "report",
    "evidence",
    "part",
    "expectedpart",
    "extension",
    "event",
    "signingevent",
    "sector",
    "partner",
    "project",
    "gate",
    "gatefile",
    "breakthrough",
    "breakthroughtarget",
    "claimfile",
    "moneyevent",
    "expectedupdate",
    "rate",
    "indicator",
    "reading",
]
API_BUDGET = 6


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return tmp_path_factory.mktemp("queries")


@pytest.fixture(autouse=True)
def files_of_this_test(settings, files):
    settings.MEDIA_ROOT = files


@pytest.fixture(scope="module")
def towns(django_db_setup, django_db_blocker, files):
    """A small programme and a large one with the same people; made once, for they are only read."""
    whole = transaction.atomic()
    whole._from_testcase = True  # as Django's own TestCase does, so that units may begin inside it
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), clock.at(NOW), whole:
        build()
        yield
        transaction.set_rollback(True)


def build():
    region = factories.bureau("qingdao", "青岛市")
    office = factories.bureau("sdb", "试点办", parent=region)
    people = {role: factories.user(role) for role in ("staff", "manager", "auditor")}
    for code, number in ROWS.items():
        programme = factories.programme(region, code)
        leads = [
            factories.bureau(f"{code}-{one}", f"{code} {one}", parent=region) for one in range(number // 3)
        ]
        for lead in leads:
            factories.join(people["staff"], programme, "staff", lead)
        factories.join(people["manager"], programme, "manager", office)
        factories.join(people["auditor"], programme, "auditor")
        fill(programme, leads, number, *(User.objects.get(username=name) for name in ("staff", "manager")))
        plan_months(programme, 2022, range(1, 1 + number // 3), by=factories.accounts.service_user())


def fill(programme, leads, number, staff, manager):
    """Tasks in progress, each supported by another bureau, with a file and a submitted report."""
    helping = factories.bureau(f"{programme.code}-h", f"{programme.code} helping", parent=programme.region)
    factories.join(staff, programme, "staff", helping)
    staff = User.objects.get(pk=staff.pk)
    field = factories.field(programme)
    for one in range(number):
        lead = leads[one % len(leads)]
        task = factories.task(field, lead, by=manager, code=f"1-{one:02}")
        perform(workflow.ACCEPT, task, by=staff)
        part = factories.give(task, helping, by=manager)
        if one % 3 == 0:
            perform(workflow.ACCEPT_PART, part, by=staff)
            factories.ask(task, None, by=staff, to_on=datetime.date(2022, 6, 30))
    period = factories.open_period(programme, by=manager)
    for report in Report.objects.for_list().filter(expected__period=period):
        factories.attach(report, by=staff, body=f"%PDF-1.4 {report.pk}".encode())
        factories.submit(report, by=staff)
        importing.waiting(programme, b"a file", by=manager)
    factories.approve(Report.objects.for_list().filter(expected__period=period).first(), by=manager)
    sign(programme, leads, number, staff, manager)
    break_through(programme, staff, manager)
    measure(programme, leads, number, staff, manager)


def break_through(programme, staff, manager):
    """Claims that wait, candidates and recognised ones, and the target of two years."""
    for one, task in enumerate(programme.tasks.order_by("code")):
        row = breakings.flag(task, by=manager)
        if one % 3:
            breakings.claim(breakings.prove(row, by=staff), by=staff)
        if one % 3 == 2:
            breakings.recognise(row, by=manager)
    breakings.target(programme, by=manager)


def sign(programme, leads, number, staff, manager):
    """Projects with all that hangs on one, each of its own event, sector and partner; a gate of each waits."""
    tasks = list(programme.tasks.order_by("code"))
    for one in range(number):
        fair = signings.event(programme, by=manager, code=f"fair-{one}")
        sector = signings.sector(programme, by=manager, number=one + 1, name=f"Sector {one}")
        firm = signings.partner(programme, by=manager, name=f"Firm {one}")
        project = signings.project(
            sector, leads[one % len(leads)], by=manager, event=fair, partners=[firm], tasks=[tasks[one]]
        )
        proof = signings.proof(body=f"%PDF-1.4 {programme.code} signed {one}".encode())
        signings.propose(project, by=staff, files=proof)
        signings.enter(project, 500, by=staff)
    signings.open_quarter(programme, by=manager)


def measure(programme, leads, number, staff, manager):
    """Indicators with a target, an approved reading and one that waits."""
    for one in range(number):
        owner = leads[one % len(leads)]
        row = indicating.indicator(programme, owner, by=manager, code=f"ZB-{one:02}", position=one)
        indicating.target(row, by=manager)
        indicating.approved(row, by=staff, approved_by=manager)
        indicating.reading(row, by=staff, period="2020年", on=datetime.date(2020, 12, 31))


@pytest.fixture
def person(towns, db, who):
    return User.objects.get(username=who)


def selects(ask):
    """The SELECTs of one request, without those that find the session and its person."""
    with CaptureQueriesContext(connection) as asked:
        answer = ask()
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    leave(answer)
    assert answer.status_code == 200
    assert content
    asked_for = [query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT")]
    return [
        sql
        for sql in asked_for
        if "accounts_session" not in sql and 'WHERE "accounts_user"."id" = ' not in sql
    ]


roles = pytest.mark.parametrize("who", ["manager", "staff"])


@roles
@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_the_same_for_few_rows_and_many_within_its_budget(name, who, person, sign_in):
    client = sign_in(person)
    visits = {
        client.get(reverse(name), {"programme": code}).status_code for code in ROWS
    }  # a first one is recorded
    if visits == {403}:
        return  # not this person's page, as test_permissions says

    few, many = (
        selects(lambda code=code: client.get(reverse(name), {"programme": code})) for code in (FEW, MANY)
    )

    assert len(many) <= len(few)
    assert len(many) <= PAGES[name] + SHELL


SEARCHES = {
    "all": {"q": "1"},
    "by sound": {"q": "task"},
    "tasks": {"q": "1", "tab": "tasks", "page_size": "50"},
    "reports": {"q": "firms", "tab": "reports", "page_size": "50"},
}


@roles
@pytest.mark.parametrize("question", SEARCHES.values(), ids=SEARCHES)
def test_a_search_costs_the_same_for_few_hits_and_many_within_its_budget(question, who, person, sign_in):
    client = sign_in(person)

    few, many = (
        selects(lambda code=code: client.get(reverse("search"), question | {"programme": code}))
        for code in (FEW, MANY)
    )

    assert len(many) <= len(few)
    assert len(many) <= 25 + SHELL


@roles
@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("form", [{}, {"columns": "screen", "format": "xlsx"}], ids=["all", "screen"])
def test_a_file_costs_the_same_for_few_rows_and_many(name, form, who, person, sign_in, monkeypatch):
    monkeypatch.setattr(exports, "BATCH", 5000)  # each batch asks for its names; here both files are one
    client = sign_in(person)

    few, many = (
        selects(lambda code=code: client.get(reverse(name), {"programme": code} | form))
        for code in (FEW, MANY)
    )

    assert len(many) <= len(few)


@roles
def test_the_evidence_of_a_bureau_costs_the_same_for_few_files_and_many(who, person, sign_in):
    client = sign_in(person)

    few, many = (
        selects(lambda row=row: client.get(reverse("evidence_zip"), row)) for row in evidence_of(FEW, MANY)
    )

    assert len(many) <= len(few)


def evidence_of(*codes):
    """The question for the evidence of a bureau, for each programme."""
    for code in codes:
        period = Period.objects.filter(programme__code=code, kind="month").order_by("starts_on").first()
        yield {"programme": code, "period": period.pk, "bureau": f"{code}-0"}


@roles
@pytest.mark.parametrize("name", API)
def test_a_list_of_the_api_costs_the_same_for_few_rows_and_many_within_its_budget(name, who, person, api):
    client, url = api(person), reverse(f"api:{name}-list")

    few, many = (selects(lambda size=size: client.get(url, {"page_size": size})) for size in (3, 30))

    assert len(many) <= len(few)
    assert len(many) <= API_BUDGET


@roles
@pytest.mark.parametrize("name", API)
def test_a_row_of_the_api_stays_within_its_budget(name, who, person, api):
    client = api(person)
    first = client.get(reverse(f"api:{name}-list"), {"page_size": 1}).json()["results"][0]["id"]

    assert len(selects(lambda: client.get(reverse(f"api:{name}-detail", args=[first])))) <= API_BUDGET


@roles
@pytest.mark.parametrize(
    ("name", "model", "budget"),
    [
        ("task", Task, 25),
        ("report", Report, 25),
        ("project", Project, 25),
        ("project_update", ExpectedUpdate, 25),
        ("rate", Rate, 15),
        ("indicator", Indicator, 20),
    ],
)
def test_a_page_of_one_thing_stays_within_its_budget(name, model, budget, person, sign_in):
    client = sign_in(person)
    row = model.objects.visible_to(person).order_by("-pk").first()

    assert len(selects(lambda: client.get(reverse(name, args=[row.pk])))) <= budget + SHELL


@pytest.mark.parametrize("who", ["manager"])
def test_the_desk_stays_within_its_budget_for_one_report(person, sign_in):
    row = Report.objects.visible_to(person).awaiting_review().first()
    client = sign_in(person)

    assert len(selects(lambda: client.get(reverse("desk_report", args=[row.pk])))) <= DESK + SHELL


@pytest.mark.parametrize("who", ["manager", "staff", "auditor"])
def test_the_shell_stays_within_its_budget(person, sign_in):
    client = sign_in(person)

    assert len(selects(lambda: client.get(reverse("help")))) <= SHELL


@pytest.mark.parametrize("name", ["who_is_missing", "period"])
@roles
def test_the_pages_of_a_period_cost_the_same_for_few_rows_and_many(person, sign_in, name):
    client = sign_in(person)
    first = {
        code: ExpectedReport.objects.filter(period__programme__code=code).first().period_id for code in ROWS
    }

    few, many = (
        selects(lambda pk=first[code]: client.get(reverse(name, args=[pk]), follow=True)) for code in ROWS
    )

    assert len(many) <= len(few)
