"""Page, API and export show the same: what `visible_to` says, for each person, in two programmes of one region."""

import csv
import datetime
import io
import re

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.test import override_settings
from django.urls import reverse

from projects.models import (
    ExpectedUpdate,
    Gate,
    GateFile,
    MoneyEvent,
    Partner,
    Project,
    ProjectOverride,
    Rate,
    Sector,
    SigningEvent,
)
from qdtrade import clock
from qdtrade.accounts.models import Bureau, Session, Token, User
from qdtrade.archive import actions as archive
from qdtrade.archive.models import Package, Verification
from qdtrade.audit.models import Event
from qdtrade.breakthroughs.models import Breakthrough, BreakthroughTarget, Claim, ClaimFile, PracticeCase
from qdtrade.home.records import visible_events
from qdtrade.imports.models import Import
from qdtrade.indicators.models import Indicator, IndicatorTarget, Reading
from qdtrade.lights.actions import override
from qdtrade.lights.models import LightRule
from qdtrade.notices.models import Mail, Notice
from qdtrade.programmes.actions import note_text, remind
from qdtrade.programmes.held import programme_ids
from qdtrade.programmes.models import (
    Membership,
    Period,
    PeriodFigure,
    Programme,
    Reminder,
    Restatement,
    SavedView,
    WorkingDay,
)
from tasks.actions.parts import keep_files
from tasks.models import (
    ExpectedPart,
    ExpectedReport,
    Extension,
    Field,
    Milestone,
    Part,
    PartFile,
    Report,
    ReportFile,
    ReportVersion,
    Task,
    TaskOverride,
)
from tests import breakings, factories, indicating, signings
from tests.answers import leave
from tests.conftest import NOW
from tests.tasks import importing, sheets

PEOPLE = [
    "staff", "head", "neighbour", "supporter", "manager", "manager2", "auditor", "admin", "stranger", "root",
    "elsewhere", "twice",
]  # fmt: skip
everybody = pytest.mark.parametrize("who", PEOPLE)

API = {
    "programme": Programme, "bureau": Bureau, "field": Field, "task": Task, "milestone": Milestone, "period": Period,
    "expectedreport": ExpectedReport, "report": Report, "evidence": ReportFile,
    "extension": Extension, "part": Part, "expectedpart": ExpectedPart, "signingevent": SigningEvent, "sector": Sector,
    "partner": Partner, "project": Project, "gate": Gate, "gatefile": GateFile, "moneyevent": MoneyEvent,
    "expectedupdate": ExpectedUpdate, "rate": Rate, "breakthrough": Breakthrough, "claimfile": ClaimFile,
    "breakthroughtarget": BreakthroughTarget, "indicator": Indicator, "reading": Reading,
}  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return tmp_path_factory.mktemp("scope")


@pytest.fixture(autouse=True)
def files_of_this_test(settings, files):
    """The town's files, for every test of it."""
    settings.MEDIA_ROOT = files


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker, files):
    """Made once, for it is only read: each test's own changes are rolled back to it, and it at the end."""
    whole = transaction.atomic()
    whole._from_testcase = True  # as Django's own TestCase does, so that units may begin inside it
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), clock.at(NOW), whole:
        yield build()
        transaction.set_rollback(True)


def build():
    """Two programmes of one region, and tasks by name: led here, supported there, led next door, led elsewhere."""
    region = factories.bureau("qingdao", "青岛市")
    market = factories.bureau("scjg", "市市场监管局", parent=region)
    commerce = factories.bureau("sww", "市商务局", parent=region)
    finance = factories.bureau("jrj", "市金融局", parent=region)
    office = factories.bureau("sdb", "试点办", parent=region, kind="office")
    here, away = factories.programme(region), factories.programme(region, "qd-2025")
    people = {
        "staff": factories.member("staff", here, "staff", market),
        "head": factories.member("head", here, "head", market),
        "neighbour": factories.member("neighbour", here, "staff", commerce),
        "supporter": factories.member("supporter", here, "staff", finance),
        "manager": factories.member("manager", here, "manager", office),
        "manager2": factories.member("manager2", here, "manager", commerce),
        "auditor": factories.member("auditor", here, "auditor"),
        "admin": factories.member("admin", here, "admin"),
        "stranger": factories.user("stranger"),
        "root": factories.user("root", is_superuser=True, is_staff=True),
        "elsewhere": factories.member("elsewhere", away, "manager", office),
        "twice": factories.join(factories.member("twice", here, "staff", commerce), away, "staff", market),
    }
    helper = factories.join(people["twice"], away, "staff", finance)
    manager, staff, elsewhere = people["manager"], people["staff"], people["elsewhere"]
    field, there = factories.field(here), factories.field(away)
    twice, neighbour = people["twice"], people["neighbour"]
    tasks = {
        "led": factories.accepted_task(field, market, by=manager, accepted_by=staff, code="1-01"),
        "aided": factories.accepted_task(
            field, market, by=manager, accepted_by=staff, code="1-02", supporting=(finance,)
        ),
        "next door": factories.accepted_task(field, commerce, by=manager, accepted_by=neighbour, code="1-03"),
        "waiting": factories.task(field, commerce, by=manager, code="1-04"),
        "elsewhere": factories.accepted_task(there, market, by=elsewhere, accepted_by=twice, code="1-01"),
    }
    factories.part_of(tasks["aided"], finance, by=staff, accepted_by=people["supporter"])
    factories.part_of(tasks["elsewhere"], finance, by=elsewhere, accepted_by=helper)
    ask_for_more(tasks["led"], people["head"])
    ask_for_more(tasks["elsewhere"], twice)
    month, their_month = factories.open_period(here, by=manager), factories.open_period(away, by=elsewhere)
    led = factories.report_of(tasks["led"], month)
    factories.attach(led, by=staff, name="kept.pdf")
    factories.approve(factories.submit(led, by=staff), by=manager)
    factories.attach(
        factories.report_of(tasks["aided"], month), by=staff, name="own.pdf", body=b"%PDF-1.4 own"
    )
    factories.submit(factories.report_of(tasks["next door"], month), by=neighbour)
    their = factories.report_of(tasks["elsewhere"], their_month)
    factories.attach(their, by=twice, name="away.pdf", body=b"%PDF-1.4 away")
    said = ExpectedPart.objects.for_move().get(period=month)
    files, _refused = keep_files([factories.pdf("part.pdf", b"%PDF-1.4 part")])
    factories.file_part(said, by=people["supporter"], files=files)
    remind(here, market, by=manager)
    note_text(away, market, by=elsewhere)
    break_through(tasks, people)
    sign(here, {"QY-01": (market, staff), "QY-02": (commerce, neighbour)}, manager)
    sign(away, {"QY-01": (market, twice)}, elsewhere)
    measure(here, {"ZB-01": (market, staff), "ZB-02": (commerce, neighbour)}, manager)
    measure(away, {"ZB-01": (market, twice)}, elsewhere)
    show_red([tasks["led"], tasks["next door"], *here.projects.all()], manager)
    show_red([tasks["elsewhere"], *away.projects.all()], elsewhere)
    for programme, person in ((here, manager), (away, elsewhere)):
        archive.ask_package(programme, by=person, parts=[])
        archive.ask_check(programme, by=person, start=lambda pk: None)
    importing.imported(here, sheets.plain(), by=manager)
    importing.imported(away, sheets.plain(), by=elsewhere)
    return people, tasks


def break_through(tasks, people):
    """Recognised and told as a practice case, claimed, named, and named elsewhere."""
    manager, staff, elsewhere = people["manager"], people["staff"], people["elsewhere"]
    row = breakings.claimed(tasks["led"], by=staff)
    breakings.promote(breakings.recognise(row, by=manager), by=manager)
    breakings.claimed(tasks["aided"], by=staff)
    breakings.flag(tasks["next door"], by=manager)
    breakings.flag(tasks["elsewhere"], by=elsewhere)
    breakings.target(tasks["led"].programme, by=manager)
    breakings.target(tasks["elsewhere"].programme, by=elsewhere)


def ask_for_more(task, person):
    factories.ask(task, None, by=person, to_on=datetime.date(2022, 6, 30))


def sign(programme, carried, manager):
    """Projects by their codes, each with what can hang on one; their updates are owed."""
    fair, sector = signings.event(programme, by=manager), signings.sector(programme, by=manager)
    firm = signings.partner(programme, by=manager)
    for code, (carrier, person) in carried.items():
        row = signings.project(sector, carrier, by=manager, code=code, event=fair, partners=[firm])
        proof = signings.proof(body=f"%PDF-1.4 {programme.code} {code}".encode())
        signings.propose(row, by=person, files=proof)
        signings.enter(row, 500, by=person)
    signings.open_quarter(programme, by=manager)


def measure(programme, owned, manager):
    """Indicators by their codes, each with a target, an approved reading and one that waits."""
    for code, (owner, person) in owned.items():
        row = indicating.indicator(programme, owner, by=manager, code=code)
        indicating.target(row, by=manager)
        indicating.approved(row, by=person, approved_by=manager)
        indicating.reading(row, by=person, period="2020年", on=datetime.date(2020, 12, 31))


def show_red(rows, manager):
    for row in rows:
        override(row, "red", by=manager, reason="The counterpart left.", ends_on=clock.today())


def ids(rows):
    return set(rows.values_list("pk", flat=True))


@pytest.fixture
def world(town, db):
    """The tasks by name."""
    return town[1]


@pytest.fixture
def people(town, db):
    return {name: User.objects.get(pk=person.pk) for name, person in town[0].items()}


@pytest.fixture
def person(people, who):
    return people[who]


SEEN = {
    "staff": {"led", "aided"},
    "head": {"led", "aided"},
    "neighbour": {"next door", "waiting"},
    "supporter": {"aided"},
    "manager": {"led", "aided", "next door", "waiting"},
    "manager2": {"led", "aided", "next door", "waiting"},
    "auditor": {"led", "aided", "next door", "waiting"},
    "admin": {"led", "aided", "next door", "waiting"},
    "stranger": set(),
    "root": set(),
    "elsewhere": {"elsewhere"},
    "twice": {"next door", "waiting", "elsewhere"},
}


IMPORTS = {"manager": {"qd-2020"}, "manager2": {"qd-2020"}, "auditor": {"qd-2020"}, "admin": {"qd-2020"},
           "elsewhere": {"qd-2025"}}  # fmt: skip


@everybody
def test_imports_are_seen_by_those_who_read_the_programme_whole(person, who):
    seen = Import.objects.visible_to(person)

    assert set(seen.values_list("programme__code", flat=True)) == IMPORTS.get(who, set())


SIGNED = {
    "staff": {("qd-2020", "QY-01")},
    "head": {("qd-2020", "QY-01")},
    "neighbour": {("qd-2020", "QY-02")},
    "elsewhere": {("qd-2025", "QY-01")},
    "twice": {("qd-2020", "QY-02"), ("qd-2025", "QY-01")},
    **{
        who: {("qd-2020", "QY-01"), ("qd-2020", "QY-02")}
        for who in ("manager", "manager2", "auditor", "admin")
    },
}


@everybody
def test_a_project_and_all_that_hangs_on_it_is_seen_by_its_carrier_and_those_who_read_the_programme_whole(
    person, who
):
    projects = Project.objects.visible_to(person)

    assert set(projects.values_list("programme__code", "code")) == SIGNED.get(who, set())
    of_project = {
        Gate: "project",
        GateFile: "gate__project",
        MoneyEvent: "project",
        ExpectedUpdate: "project",
        ProjectOverride: "project",
    }
    for model, path in of_project.items():
        assert ids(model.objects.visible_to(person)) == ids(
            model.objects.filter(**{f"{path}__in": ids(projects)})
        )
    for model in (SigningEvent, Sector, Partner, LightRule):
        mine = model.objects.filter(programme__in=programme_ids(person))
        assert ids(model.objects.visible_to(person)) == ids(mine)


READ = {
    "staff": {("qd-2020", "ZB-01")},
    "head": {("qd-2020", "ZB-01")},
    "neighbour": {("qd-2020", "ZB-02")},
    "elsewhere": {("qd-2025", "ZB-01")},
    "twice": {("qd-2020", "ZB-02"), ("qd-2025", "ZB-01")},
    **{
        who: {("qd-2020", "ZB-01"), ("qd-2020", "ZB-02")}
        for who in ("manager", "manager2", "auditor", "admin")
    },
}
"""Of which indicators a person sees what is not approved."""


@everybody
def test_indicators_are_seen_by_members_and_what_is_not_approved_by_its_owner_and_the_office(person, who):
    mine = programme_ids(person)
    for model, path in ((Indicator, "programme"), (IndicatorTarget, "indicator__programme")):
        assert ids(model.objects.visible_to(person)) == ids(model.objects.filter(**{f"{path}__in": mine}))
    seen = Reading.objects.visible_to(person)
    assert ids(seen.in_force()) == ids(Reading.objects.in_force().filter(indicator__programme__in=mine))
    waiting = seen.to_decide().values_list("indicator__programme__code", "indicator__code")
    assert set(waiting) == READ.get(who, set())


@everybody
def test_a_breakthrough_is_seen_with_its_task_and_by_every_member_once_it_was_recognised(person, who):
    own = ids(Breakthrough.objects.filter(task__in=ids(Task.objects.visible_to(person))))
    known = Q(status__in=["recognised", "promoted"], task__programme__in=programme_ids(person))
    seen = own | ids(Breakthrough.objects.filter(known))

    assert ids(Breakthrough.objects.visible_to(person)) == seen
    assert ids(PracticeCase.objects.visible_to(person)) == ids(
        PracticeCase.objects.filter(breakthrough__in=seen)
    )
    recognised = Q(decision="recognised", breakthrough__in=seen)
    assert ids(Claim.objects.visible_to(person)) == ids(
        Claim.objects.filter(Q(breakthrough__in=own) | recognised)
    )
    assert ids(ClaimFile.objects.visible_to(person)) == ids(ClaimFile.objects.filter(breakthrough__in=own))


@everybody
def test_packages_and_checks_are_seen_by_those_who_read_the_records_whole(person, who):
    for model in (Package, Verification):
        seen = model.objects.visible_to(person).values_list("programme__code", flat=True)
        assert set(seen) == IMPORTS.get(who, set())


FILES = {
    "staff": {"kept.pdf", "own.pdf"},
    "head": {"kept.pdf", "own.pdf"},
    "supporter": set(),
    "neighbour": set(),
    "manager": {"kept.pdf"},
    "manager2": {"kept.pdf"},
    "auditor": {"kept.pdf"},
    "admin": {"kept.pdf"},
    "stranger": set(),
    "root": set(),
    "elsewhere": set(),
    "twice": {"away.pdf"},
}


REMINDED = {
    **{who: {"qd-2020"} for who in ("staff", "head", "manager", "manager2", "auditor", "admin")},
    **{who: set() for who in ("neighbour", "supporter", "stranger", "root")},
    **{who: {"qd-2025"} for who in ("elsewhere", "twice")},
}
"""Who sees that the market bureau was reminded, by programme: the bureau, and who reads the programme whole."""


@everybody
def test_who_sees_what(world, person, who):
    """A task, what belongs to it, and files: one that was not submitted is its bureau's own."""
    tasks = ids(Task.objects.visible_to(person))

    assert {name for name, task in world.items() if task.pk in tasks} == SEEN[who]
    assert ids(Extension.objects.visible_to(person)) == ids(Extension.objects.filter(task__in=tasks))
    assert ids(Part.objects.visible_to(person)) == ids(Part.objects.filter(task__in=tasks))
    filed = ExpectedPart.objects.filter(part__task__in=tasks)
    assert ids(ExpectedPart.objects.visible_to(person)) == ids(filed)
    assert ids(PartFile.objects.visible_to(person)) == ids(PartFile.objects.filter(expected__in=filed))
    assert ids(TaskOverride.objects.visible_to(person)) == ids(TaskOverride.objects.filter(task__in=tasks))
    assert ids(Milestone.objects.visible_to(person)) == ids(Milestone.objects.filter(task__in=tasks))
    assert ids(ExpectedReport.objects.visible_to(person)) == ids(
        ExpectedReport.objects.filter(task__in=tasks)
    )
    assert ids(Report.objects.visible_to(person)) == ids(Report.objects.filter(expected__task__in=tasks))
    assert (
        set(ReportVersion.objects.visible_to(person).values_list("report__expected__task", flat=True))
        <= tasks
    )
    assert set(ReportFile.objects.visible_to(person).values_list("name", flat=True)) == FILES[who]
    assert set(Notice.objects.visible_to(person).values_list("to", flat=True)) <= {person.pk}
    reminded = Reminder.objects.visible_to(person).values_list("programme__code", flat=True)
    assert set(reminded) == REMINDED[who]
    mine = Membership.objects.visible_to(person).exclude(programme__in=administered(person))
    assert set(mine.values_list("user", flat=True)) <= {person.pk}


def administered(person):
    """The programmes whose memberships, deputies' among them, are all the person's to see."""
    if person.is_superuser:
        return Programme.objects.values("pk")
    return person.memberships.filter(role="admin").values("programme")


HERE = {"staff", "head", "neighbour", "supporter", "manager", "manager2", "auditor", "admin", "twice"}
LOOKED_AFTER = {"admin": HERE, "root": set(PEOPLE)}


@everybody
def test_who_looks_after_whom(people, person, who, sign_in):
    theirs = User.objects.visible_to(person)
    page = sign_in(person).get(reverse("people"))

    assert set(theirs.values_list("username", flat=True)) == LOOKED_AFTER.get(who, set())
    assert page.status_code == (200 if who in LOOKED_AFTER else 403)
    found = {int(pk) for pk in re.findall(r'href="/people/(\d+)/', page.content.decode())}
    assert found == ids(theirs)
    assert set(Session.objects.visible_to(person).values_list("user", flat=True)) <= {person.pk}


# The API --------------------------------------------------------------------------------------------------------------


@everybody
def test_the_lists_of_the_api_show_what_is_visible(person, api):
    client = api(person)
    answers = {name: client.get(reverse(f"api:{name}-list"), {"page_size": 100}).json() for name in API}

    visible = {name: ids(model.objects.visible_to(person)) for name, model in API.items()}
    assert {name: {row["id"] for row in answer["results"]} for name, answer in answers.items()} == visible
    assert {name: answer["count"] for name, answer in answers.items()} == {
        n: len(v) for n, v in visible.items()
    }


@everybody
def test_the_rows_of_the_api_are_found_only_where_they_are_visible(person, api):
    client = api(person)
    visible = {(name, pk) for name, model in API.items() for pk in ids(model.objects.visible_to(person))}
    all_rows = {(name, pk) for name, model in API.items() for pk in ids(model.objects)}

    codes = {row: client.get(reverse(f"api:{row[0]}-detail", args=row[1:])).status_code for row in all_rows}

    assert codes == {row: 200 if row in visible else 404 for row in all_rows}


@everybody
def test_events_of_the_api_are_those_that_are_visible(person, api):
    visible = visible_events(person).count()

    assert api(person).get(reverse("api:event-list"), {"page_size": 100}).json()["count"] == visible


@everybody
def test_events_are_those_of_the_tasks_and_projects_that_a_person_sees_or_of_programmes_they_read_whole(
    world, person, who
):
    events = visible_events(person)
    tasks = ids(Task.objects.visible_to(person))

    assert set(events.filter(root_kind="task").values_list("root_id", flat=True)) == tasks
    assert events.filter(chain__code="system").exists() is (who == "root")
    projects = ids(Project.objects.visible_to(person))
    assert set(events.filter(root_kind="project").values_list("root_id", flat=True)) == projects
    assert events.exclude(root_kind__in=("task", "project")).exists() is (
        who in {"manager", "manager2", "auditor", "admin", "elsewhere", "root"}
    )


@pytest.mark.parametrize("name", ["task", "milestone", "period", "expectedreport", "report", "field",
                                  "project", "gate", "moneyevent", "expectedupdate", "sector",
                                  "indicator", "reading"])  # fmt: skip
def test_the_filter_by_programme_opens_nothing(name, people, api):
    answer = api(people["staff"]).get(reverse(f"api:{name}-list"), {"programme": "qd-2025"})

    assert answer.status_code == 400 or answer.json()["count"] == 0


def test_a_filter_by_a_task_out_of_sight_finds_nothing(world, people, api):
    answer = api(people["neighbour"]).get(reverse("api:report-list"), {"task": world["led"].pk})

    assert answer.status_code == 400 or answer.json()["count"] == 0


# Pages and exports ----------------------------------------------------------------------------------------------------

PAGES = {
    "task_import": Import,
    "task": Task,
    "report": Report,
    "part_report": ExpectedPart,
    "who_is_missing": Period,
    "period": Period,
    "project": Project,
    "gate": Gate,
    "money": MoneyEvent,
    "project_update": ExpectedUpdate,
    "rate": Rate,
    "breakthrough": Breakthrough,
    "indicator": Indicator,
    "reading": Reading,
}
WITH_A_PROGRAMME = [who for who in PEOPLE if who not in {"stranger", "root"}]
members = pytest.mark.parametrize("who", WITH_A_PROGRAMME)


def shown(client, name, programme, link, args=()):
    """The ids of the rows that a page links to."""
    page = client.get(reverse(name, args=args), {"programme": programme.code}).content.decode()
    return {int(pk) for pk in re.findall(rf'href="/{link}/(\d+)/(?=["?#])', page)}


def exported(client, name, programme, args=()):
    answer = client.get(reverse(name, args=args), {"programme": programme.code})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    leave(answer)
    return list(csv.reader(io.StringIO(text)))[1:]


@pytest.fixture
def current(person):
    """The programme of the person, the newest where there are two."""
    return Programme.objects.visible_to(person).in_order().first()


@members
def test_lists_show_what_is_visible(person, current, sign_in):
    client = sign_in(person)
    tasks = Task.objects.visible_to(person).filter(programme=current)
    reports = Report.objects.visible_to(person).filter(expected__period__programme=current)

    assert shown(client, "task_list", current, "tasks") == ids(tasks)
    assert shown(client, "report_list", current, "reports") == ids(reports)
    parts = Part.objects.visible_to(person).filter(task__programme=current)
    filed_on = ExpectedPart.objects.visible_to(person).filter(period__programme=current)
    assert shown(client, "responsibility", current, "tasks") <= ids(tasks)
    assert shown(client, "roadmap", current, "tasks") == ids(tasks)
    assert shown(client, "part_list", current, "parts") == ids(parts)
    assert shown(client, "part_report_list", current, "part-reports") == ids(filed_on)
    signed = Project.objects.visible_to(person).filter(programme=current)
    owed = ExpectedUpdate.objects.visible_to(person).filter(period__programme=current)
    assert shown(client, "project_list", current, "projects") == ids(signed)
    assert shown(client, "project_board", current, "projects") == ids(signed)
    for name in ("project_carriers", "project_pictures"):
        assert client.get(reverse(name), {"programme": current.code}).context["funnel"]["whole"].count == len(
            signed
        )
    assert shown(client, "project_update_list", current, "project-updates") == ids(owed)
    rates = Rate.objects.visible_to(person).filter(programme=current)
    assert shown(client, "rate_list", current, "projects/rates") == ids(rates)
    performance = rates.get(code="performance")
    assert shown(client, "rate", current, "projects", [performance.pk]) == ids(signed)
    measured = Indicator.objects.visible_to(person).filter(programme=current)
    assert shown(client, "indicator_list", current, "indicators") == ids(measured)
    found = client.get(reverse("search"), {"programme": current.code, "q": "1-0", "tab": "tasks"})
    assert {task.pk for task in found.context["page"]} == ids(tasks)
    said = client.get(reverse("search"), {"programme": current.code, "q": "firms", "tab": "reports"})
    filed = reports.filter(current__isnull=False)
    assert {report.pk for report in said.context["page"]} == ids(filed)
    for name in ("my_work", "notices", "period_list", "help"):
        assert shown(client, name, current, "tasks") <= ids(tasks)
        assert shown(client, name, current, "reports") <= ids(reports)


WRITERS = ["staff", "head", "neighbour", "supporter", "twice"]


@pytest.mark.parametrize("who", WRITERS)
def test_a_bureaus_period_holds_what_its_people_write(person, current, sign_in):
    mine = Report.objects.visible_to(person).written_by(person).filter(expected__period__programme=current)

    assert shown(sign_in(person), "month", current, "reports") == ids(mine)


@members
def test_files_of_lists_hold_what_is_visible(person, current, sign_in):
    client = sign_in(person)
    tasks = Task.objects.visible_to(person).filter(programme=current).values_list("code", flat=True)
    reports = Report.objects.visible_to(person).filter(expected__period__programme=current)
    owed = sorted(reports.values_list("expected__task__code", flat=True))

    assert sorted(row[0].lstrip("'") for row in exported(client, "tasks_export", current)) == sorted(tasks)
    signed = Project.objects.visible_to(person).filter(programme=current).values_list("code", flat=True)
    for name, place in (("projects_export", 0), ("money_export", 0), ("project_updates_export", 1)):
        assert {row[place].lstrip("'") for row in exported(client, name, current)} == set(signed)
    readings = Reading.objects.visible_to(person).filter(indicator__programme=current)
    assert len(exported(client, "readings_export", current)) == readings.count()
    performance = Rate.objects.get(programme=current, code="performance")
    assert {row[0] for row in exported(client, "rate_export", current, [performance.pk])} == set(signed)
    assert sorted(row[1].lstrip("'") for row in exported(client, "reports_export", current)) == owed
    assert sorted(row[1].lstrip("'") for row in exported(client, "expected_reports_export", current)) == owed


@members
def test_records_are_exported_as_they_are_visible(person, current, sign_in):
    before = visible_events(person).filter(chain__scope=current.pk).count()
    rows = exported(sign_in(person), "records_export", current)

    assert len(rows) - before in {0, 1}  # those who read the programme whole find this very export in it


@members
def test_who_is_missing_names_only_what_is_visible(person, current, sign_in):
    period = current.periods.get(kind="month")
    owed = ExpectedReport.objects.visible_to(person).filter(period=period, first_submitted_at=None)
    page = sign_in(person).get(reverse("who_is_missing", args=[period.pk]), follow=True).content.decode()

    named = {code for code in ("1-01", "1-02", "1-03", "1-04") if code in page}
    assert named == set(owed.values_list("task__code", flat=True))


@everybody
def test_a_page_is_found_only_where_its_row_is_visible(person, sign_in):
    client = sign_in(person)
    visible = {(name, pk) for name, model in PAGES.items() for pk in ids(model.objects.visible_to(person))}
    all_rows = {(name, pk) for name, model in PAGES.items() for pk in ids(model.objects)}

    codes = {row: client.get(reverse(row[0], args=row[1:]), follow=True).status_code for row in all_rows}

    assert codes == {row: 200 if row in visible else 404 for row in all_rows}


@everybody
def test_a_file_is_handed_out_only_where_it_is_visible(person, sign_in, api):
    visible = ids(ReportFile.objects.visible_to(person))

    proofs = ids(GateFile.objects.visible_to(person))
    doors = (
        (sign_in(person), "file", ReportFile, visible),
        (api(person), "api:evidence-download", ReportFile, visible),
        (sign_in(person), "gate_file", GateFile, proofs),
        (api(person), "api:gatefile-download", GateFile, proofs),
        (sign_in(person), "claim_file", ClaimFile, ids(ClaimFile.objects.visible_to(person))),
        (api(person), "api:claimfile-download", ClaimFile, ids(ClaimFile.objects.visible_to(person))),
    )
    for client, name, model, visible in doors:
        answers = {pk: client.get(reverse(name, args=[pk])) for pk in ids(model.objects)}
        assert {pk: answer.status_code for pk, answer in answers.items()} == {
            pk: 200 if pk in visible else 404 for pk in answers
        }
        for answer in answers.values():
            leave(answer)


@pytest.mark.parametrize("who", ["manager", "manager2"])
def test_the_desk_queues_what_waits_in_its_programme(person, current, sign_in):
    queued = shown(sign_in(person), "desk", current, "desk")

    assert ids(Report.objects.visible_to(person).awaiting_review()) <= queued
    assert queued <= ids(Report.objects.visible_to(person))


@members
def test_a_programme_of_others_is_not_found(person, world, sign_in):
    mine = {programme.code for programme in Programme.objects.visible_to(person)}
    client = sign_in(person)

    codes = {
        code: client.get(reverse("task_list"), {"programme": code}).status_code
        for code in ("qd-2020", "qd-2025", "x")
    }

    assert codes == {code: 200 if code in mine else 404 for code in codes}


def test_anonymous_people_see_nothing(world, client):
    assert {client.get(reverse(name)).status_code for name in ("task_list", "my_work", "tasks_export")} == {
        302
    }
    assert client.get(reverse("api:task-list")).status_code == 401


# The administration ---------------------------------------------------------------------------------------------------

ADMINISTRATION = {
    "accounts_bureau": (Bureau, ""),
    "accounts_user": (User, ""),
    "lights_lightrule": (LightRule, "programme"),
    "breakthroughs_breakthrough": (Breakthrough, "task__programme"),
    "breakthroughs_breakthroughtarget": (BreakthroughTarget, "programme"),
    "breakthroughs_claimfile": (ClaimFile, "breakthrough__task__programme"),
    "indicators_indicator": (Indicator, "programme"),
    "indicators_indicatortarget": (IndicatorTarget, "indicator__programme"),
    "indicators_reading": (Reading, "indicator__programme"),
    "programmes_membership": (Membership, "programme"),
    "programmes_period": (Period, "programme"),
    "programmes_programme": (Programme, ""),
    "programmes_workingday": (WorkingDay, ""),
    "projects_expectedupdate": (ExpectedUpdate, "period__programme"),
    "projects_gate": (Gate, "project__programme"),
    "projects_gatefile": (GateFile, "gate__project__programme"),
    "projects_moneyevent": (MoneyEvent, "project__programme"),
    "projects_partner": (Partner, "programme"),
    "projects_project": (Project, "programme"),
    "projects_rate": (Rate, "programme"),
    "projects_sector": (Sector, "programme"),
    "projects_signingevent": (SigningEvent, "programme"),
    "tasks_expectedreport": (ExpectedReport, "period__programme"),
    "tasks_extension": (Extension, "task__programme"),
    "tasks_field": (Field, "programme"),
    "tasks_milestone": (Milestone, "task__programme"),
    "tasks_expectedpart": (ExpectedPart, "period__programme"),
    "tasks_part": (Part, "task__programme"),
    "tasks_report": (Report, "expected__period__programme"),
    "tasks_reportfile": (ReportFile, "report__expected__period__programme"),
    "tasks_task": (Task, "programme"),
}
"""The lists, their models, and how a row leads to its programme."""

INSIDE = ["manager", "manager2", "auditor", "admin", "root", "elsewhere"]


@pytest.mark.walk
@pytest.mark.parametrize("who", INSIDE)
def test_the_lists_of_the_administration_show_what_is_visible(person, sign_in):
    client, programme = sign_in(person), Programme.objects.filter(pk__in=programme_ids(person)).first()
    for name, (model, of_programme) in ADMINISTRATION.items():
        visible = model.objects.visible_to(person)
        if of_programme and programme:
            visible = visible.filter(**{of_programme: programme})
        rows = client.get(reverse(f"admin:{name}_changelist"), {"page_size": 100}).context["rows"]

        timers = ids(Membership.objects.filter(role="timer")) if model is Membership else set()
        assert (name, {row.pk for row in rows}) == (name, ids(visible) - timers)


@pytest.mark.walk
@everybody
def test_a_row_of_the_administration_is_found_only_where_it_is_visible(person, who, sign_in):
    client = sign_in(person)
    models = {name: model for name, (model, _programme) in ADMINISTRATION.items()}
    timers = {("programmes_membership", pk) for pk in ids(Membership.objects.filter(role="timer"))}
    visible = {(name, pk) for name, model in models.items() for pk in ids(model.objects.visible_to(person))}
    all_rows = {(name, pk) for name, model in models.items() for pk in ids(model.objects)} - timers
    asked = few_of_each(visible & all_rows) | (all_rows - visible if who in INSIDE else few_of_each(all_rows))

    codes = {row: client.get(reverse(f"admin:{row[0]}_change", args=row[1:])).status_code for row in asked}

    found, hidden = (200, 404) if who in INSIDE else (403, 403)
    assert codes == {row: found if row in visible else hidden for row in asked}


def few_of_each(rows):
    """The first and the last of each kind; a page that is open to all is the same for those between."""
    by_kind = [sorted(row for row in rows if row[0] == kind) for kind in ADMINISTRATION]
    return {row for of_kind in by_kind for row in (*of_kind[:1], *of_kind[-1:])}


def test_every_model_that_people_see_is_asked_here():
    asked = {
        *API.values(),
        Claim,
        Import,
        IndicatorTarget,
        LightRule,
        Package,
        PartFile,
        PracticeCase,
        ProjectOverride,
        ReportVersion,
        TaskOverride,
        Verification,
        Membership,
        Notice,
        Reminder,
        User,
        Session,
        WorkingDay,
    }
    asked |= {Mail, SavedView, Token}  # their own, and views that are shared; the pages' tests ask
    asked |= {PeriodFigure, Restatement}  # of the whole; tests/qdtrade/programmes/test_freezing.py asks
    scoped = {model for model in _models() if hasattr(model._default_manager.all(), "visible_to")}

    assert scoped == asked


def _models():
    return [model for model in apps.get_models() if model is not Event]
