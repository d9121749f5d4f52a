"""The id of somebody else's row, in every address and in every filter: answered as if there were no such row.

Two programmes in two regions live in one database; every text of the other one holds a word that nobody here may read.
"""

import datetime
import itertools
import re
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django_filters import ModelChoiceFilter, NumberFilter

from projects.actions.rates import new_version
from projects.models import Partner, Project, Sector, SigningEvent
from qdtrade import clock
from qdtrade.accounts.models import Bureau, User
from qdtrade.archive import actions as archive
from qdtrade.audit.models import Event
from qdtrade.breakthroughs.models import Breakthrough
from qdtrade.indicators.models import Indicator
from qdtrade.programmes.actions import edit_programme, remind, save_view
from qdtrade.programmes.filters import Filters
from qdtrade.programmes.models import Period, Programme
from qdtrade.workflow import perform
from tasks.actions.parts import keep_files
from tasks.models import ExpectedPart, Field, Milestone, Report, Task
from tasks.workflow import ASK_SIGN_OFF
from tests import breakings, doors, factories, indicating, signings
from tests import test_permissions as table
from tests.replay import replayed
from tests.tasks import importing, sheets
from tests.walking import walk

globals().update(doors.FIXTURES)
pytestmark = pytest.mark.walk

SECRET = "泉城"
CODE = "jn-2020"
PEOPLE = ["anonymous", "staff", "manager", "auditor", "admin", "stranger", "root"]
"""One for each role: whoever else has it is refused by the same rule."""
NOBODYS = {"-", "link", "sealed"}
LABELS = sorted({(label, on) for _method, label, on, *_codes in table.LINES if on not in NOBODYS})
"""Every address with an id; a link holds a secret instead, which nobody has by counting, and a checkpoint belongs to
every programme: a page of its own test says that it names no other."""

NONE = SimpleNamespace(pk=987_654_321)
"""A row that does not exist."""

OF_THE_SERVER = {"root": (User, Bureau, Programme)}
"""What a superuser runs for every region; the rows of a programme are nobody's but its members'."""


@pytest.fixture
def here(request, own_file, own_photo, event, waiting, written):
    """The class of the row that each name of the table's column “on” stands for; files first, while they are taken."""
    names = sorted({on for _label, on in LABELS})
    return {on: type(request.getfixturevalue(table.ANY.get(on, on))) for on in names}


@pytest.fixture
@replayed
def others():
    """Another programme, in another region, and the ids of all its rows."""
    before = all_ids()
    leap()
    build()
    return SimpleNamespace(ids={model: sorted(ids - before[model]) for model, ids in all_ids().items()})


@pytest.fixture
def away(here, others):
    """The ids of every row of another programme, in another region, by model."""
    return others.ids


def leap():
    """Let the next ids be unlike all others, so that one is known wherever it is shown."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("UPDATE sqlite_sequence SET seq = 770000")
            return
        for table_name in connection.introspection.table_names(cursor):
            for sequence in connection.introspection.get_sequences(cursor, table_name):
                cursor.execute("SELECT setval(%s, 770000)", [sequence["name"]])


def all_ids():
    return {
        model: set(model._base_manager.values_list("pk", flat=True))
        for model in apps.get_models()
        if not model._meta.proxy and model._meta.managed
    }


def build():
    region = factories.bureau("jinan", f"{SECRET}市")
    bureau = factories.bureau("jn1", f"{SECRET}市局", parent=region)
    office = factories.bureau("jn2", f"{SECRET}试点办", parent=region, kind="office")
    programme = factories.programme(region, CODE, name=f"{SECRET}试点")
    held = {"staff": bureau, "manager": office, "auditor": None, "admin": None}
    staff, manager, _auditor, admin = [
        factories.join(factories.user(f"jn-{role}", name=f"{SECRET}人"), programme, role, place)
        for role, place in held.items()
    ]
    field = factories.field(programme, name=f"{SECRET}领域")
    words = {"by": manager, "title": f"{SECRET}任务", "standard": f"{SECRET}标准"}
    task = factories.accepted_task(field, bureau, accepted_by=staff, **words)
    helper = factories.join(factories.user("jn-helper", name=f"{SECRET}人"), programme, "staff", office)
    factories.part_of(task, office, by=staff, accepted_by=helper, what=SECRET)
    report = factories.report_of(task, factories.open_period(programme, by=manager))
    factories.attach(report, by=staff, name=f"{SECRET}.pdf", body=b"%PDF-1.4 away")
    files, _refused = keep_files([factories.pdf(f"{SECRET}-2.pdf", b"%PDF-1.4 part")])
    row = ExpectedPart.objects.for_move().get(part__task=task)
    factories.file_part(row, by=helper, text=SECRET, files=files)
    factories.token(staff)
    factories.ask(task, None, by=staff, to_on=datetime.date(2022, 6, 30), cause=SECRET)
    remind(programme, bureau, by=manager, note=SECRET)
    save_view(programme, "tasks", by=manager, name=SECRET, query="overdue=true", is_shared=True)
    importing.imported(programme, sheets.plain(), by=manager)
    archive.ask_package(programme, by=manager, parts=[])
    factories.send_back(factories.submit(report, by=staff, done=SECRET), by=manager, comment=SECRET)
    edit_programme(programme, {"sign_off": True}, by=admin)
    content = factories.CONTENT | {"done": SECRET}
    perform(ASK_SIGN_OFF, factories.report_of(task, report.period), by=staff, content=content)
    row = breakings.prove(breakings.flag(task, by=manager, comment=SECRET), by=staff)
    breakings.recognise(
        breakings.claim(row, by=staff, content=breakings.CONTENT | {"novelty": SECRET}), by=manager
    )
    breakings.promote(row, by=manager, title=SECRET)
    breakings.target(programme, by=manager, source=SECRET)
    build_indicators(programme, bureau, by=manager, owned_by=staff)
    build_signings(programme, bureau, task, by=manager, carried_by=staff)


def build_indicators(programme, bureau, *, by, owned_by):
    """An indicator of the other programme with a target, an approved reading and one that came back."""
    words = {"code": "JN-ZB", "name": f"{SECRET}指标", "formula": SECRET, "source": SECRET}
    row = indicating.indicator(programme, bureau, by=by, **words)
    indicating.target(row, by=by, source=SECRET)
    indicating.approved(row, by=owned_by, approved_by=by, source=SECRET, note=SECRET)
    indicating.reading(row, by=owned_by, period=f"{SECRET}期", source=SECRET)


def build_signings(programme, bureau, task, *, by, carried_by):
    """A project of the other programme; its quarter is opened last, when nothing else looks for an open period."""
    event = signings.event(programme, by=by, code="jn-fair", fair=SECRET, occasion=SECRET, place=SECRET)
    sector = signings.sector(programme, by=by, name=f"{SECRET}行业")
    partner = signings.partner(programme, by=by, name=f"{SECRET}公司")
    words = {"code": "JN-01", "name": f"{SECRET}项目"}
    project = signings.project(sector, bureau, by=by, event=event, partners=[partner], tasks=[task], **words)
    gate = signings.propose(project, by=carried_by, words=SECRET, files=signings.proof(f"{SECRET}-3.pdf"))
    signings.confirm(gate, by=by)
    signings.enter(project, 500, by=carried_by, note=SECRET)
    said = {"name": f"{SECRET}率", "name_en": f"{SECRET} rate", "valid_from": clock.today()}
    new_version(signings.rate(programme, "start"), said, by=by, reason=SECRET)
    signings.open_quarter(programme, by=by)


@pytest.fixture
def cast(request):
    return {name: None if name == "anonymous" else request.getfixturevalue(name) for name in PEOPLE}


def theirs(here, away):
    """Each address with the last row of its kind that the other programme has."""
    return [(label, here[on]._base_manager.get(pk=away[here[on]][-1])) for label, on in LABELS]


def answer(client, method, label, row, ids_of):
    """What this client gets where the address holds the id of `row`, with the body that would be right for `ids_of`."""
    body = table.sent(client, method, label, table.address(label, row), ids_of)
    return doors.ask(client, method, label, row, **body)


@pytest.mark.parametrize("who", ["anonymous", "staff", "manager", "admin", "root"])
def test_the_row_of_another_programme_is_answered_as_if_there_were_none(cast, here, away, who):
    events = Event.objects.count()
    page, program = doors.client_of(cast[who], ""), doors.client_of(cast[who], "api:")
    asked = [
        (method, label, *(answer(client, method, label, one, row) for one in (row, NONE)))
        for label, row in theirs(here, away)
        if not isinstance(row, OF_THE_SERVER.get(who, ()))
        for client in [program if label.startswith("api:") else page]
        for method in methods(who, label)
    ]

    assert [line[:2] for line in asked if line[2].status_code != line[3].status_code] == []
    assert {line[2].status_code for line in asked} <= {302, 401, 403, 404, 405}
    assert [line[:2] for line in asked if {SECRET, CODE} & words(line[2])] == []
    assert Event.objects.count() == events


def methods(who, label):
    """Those that the address takes; of one person all of them."""
    taken = [method for method, of, *_rest in table.LINES if of == label]
    if label.endswith("-list"):
        return ["POST"]
    return table.METHODS if who == "manager" else sorted(set(taken))


def words(answer):
    return {word for word in (SECRET, CODE) if word in answer.text_of_it}


def test_the_other_programme_has_a_row_of_every_kind(here, away):
    assert {model.__name__ for model in here.values() if not away[model]} == set()


@pytest.mark.parametrize("who", PEOPLE[1:-1])
def test_no_page_or_list_says_a_word_of_another_programme(cast, away, who):
    client = doors.client_of(cast[who], "api:")
    pages = {
        address
        for address, page in walk(doors.client_of(cast[who], ""), alike=1)
        if SECRET in " ".join(page.texts)
    }
    lists = {
        label
        for _m, label, on, codes in doors.lines("GET")
        if on == "-" and codes[who] == "200" and SECRET in doors.ask(client, "GET", label, None).text_of_it
    }

    assert (pages, lists) == (set(), set())


NAMES = {
    "task": Task, "report": Report, "period": Period, "field": Field, "milestone": Milestone, "lead": Bureau,
    "bureau": Bureau, "parent": Bureau, "to": Bureau, "actor": User, "user": User,
    "project": Project, "carrier": Bureau, "event": SigningEvent, "sector": Sector, "partner": Partner,
    "indicator": Indicator, "owner": Bureau, "breakthrough": Breakthrough, "district": Bureau, "above": Bureau,
    "programme": Programme, "object": Report, "id": Report, "version": Report,
}  # fmt: skip
"""What the parameters of addresses name by an id; `programme` names one by its code."""
NOBODYS = str(NONE.pk)
WITHOUT_ROWS = {"lost_password", "password", "health", "api:schema", "api:api-root"}
"""Pages at which nothing is looked up."""


@pytest.mark.parametrize(("who", "space"), [("manager", ""), ("staff", "api:")])
def test_a_filter_tells_a_row_of_others_from_none_by_nothing(cast, away, who, space):
    """The id or the code of another programme's row is answered as one that does not exist.

    A page's list is its API's list, with the same filters: it is asked of one person.
    """
    asked = [(name, str(away[model][-1])) for name, model in NAMES.items()] + [("programme", CODE)]
    lists = {
        label: doors.client_of(cast[who], label)
        for _m, label, on, codes in doors.lines("GET")
        if on == "-" and codes[who] == "200" and label.startswith(space) and label not in WITHOUT_ROWS
    }

    told = [
        (label, name)
        for (label, client), (name, value) in itertools.product(lists.items(), asked)
        if said(client, label, name, value) != said(client, label, name, NOBODYS)
    ]

    assert told == []


def said(client, label, name, value):
    """The code and the text of an answer, without the value asked for and the tokens of forms."""
    answer = doors.ask(client, "GET", label, None, data={name: value})
    text = re.sub(r"\b\w{64}\b", "", answer.text_of_it)
    return answer.status_code, text.replace(value, NOBODYS)


def test_every_filter_that_takes_an_id_is_asked():
    by_id, others = (ModelChoiceFilter, NumberFilter), {"year", "seq_from", "seq_to"}
    filters = [(name, one) for kind in kinds_of(Filters) for name, one in kind.base_filters.items()]

    assert {name for name, one in filters if isinstance(one, by_id)} - others <= NAMES.keys()


def kinds_of(cls):
    return [cls, *(kind for below in cls.__subclasses__() for kind in kinds_of(below))]


@pytest.mark.parametrize(
    ("method", "label", "on", "who", "name", "model"),
    [
        ("PATCH", "api:task-detail", "task", "manager", "field", Field),
        ("POST", "api:evidence-list", "report", "staff", "milestone", Milestone),
        ("POST", "api:evidence-list", "report", "staff", "report", Report),
        ("PATCH", "api:project-detail", "project", "manager", "sector", Sector),
        ("POST", "api:moneyevent-list", "project", "staff", "project", Project),
        ("POST", "api:reading-list", "indicator", "staff", "indicator", Indicator),
    ],
)
def test_an_id_in_a_body_tells_a_row_of_others_from_none_by_nothing(
    request, cast, away, method, label, on, who, name, model
):
    row, client = request.getfixturevalue(on), doors.client_of(cast[who], label)
    body = table.sent(client, method, label, table.address(label, row), row)

    found, none = [
        doors.ask(client, method, label, row, **(body | {"data": body["data"] | {name: pk}}))
        for pk in (str(away[model][-1]), NOBODYS)
    ]

    assert found.status_code in {400, 404}
    assert found.text_of_it.replace(str(away[model][-1]), NOBODYS) == none.text_of_it
