"""The cast, the moment they act in, and what the database's guards need of a test suite."""

import datetime
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from rest_framework.test import APIClient

from qdtrade import clock
from qdtrade.accounts import actions as accounts
from qdtrade.audit import guards
from qdtrade.programmes.actions import end_membership
from tests import factories
from tests.replay import replayed, way  # noqa: F401

NOW = datetime.datetime(2021, 9, 24, 10, 0, tzinfo=clock.BEIJING)
"""A Friday in the September period, four days before it is due."""


@pytest.fixture(autouse=True)
def moment() -> Iterator[datetime.datetime]:
    with clock.at(NOW):
        yield NOW


@pytest.fixture(autouse=True, scope="session")
def guards_come_down_for_a_flush() -> Iterator[None]:
    """Lets a transactional test's flush empty the records, and sets the guards up again in the same breath."""
    operations = type(connection.ops)
    flush = operations.sql_flush

    def guarded_flush(self, style, tables, **kwargs):
        concerned = [table for table in guards.GUARDED if table in tables]
        off = [statement for table in concerned for statement in guards.lowering(connection.vendor, table)]
        on = [statement for table in concerned for statement in guards.raising(connection.vendor, table)]
        return [*off, *flush(self, style, tables, **kwargs), *on]

    operations.sql_flush = guarded_flush
    yield
    operations.sql_flush = flush


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SIGNING_KEY_FILE = tmp_path / "signing-key.pem"
    settings.PACKAGES = tmp_path / "packages"


@pytest.fixture
@replayed
def service(db):
    return accounts.service_user()


@pytest.fixture
@replayed
def region(service):
    return factories.bureau("qingdao", "青岛市")


@pytest.fixture
@replayed
def market(region):
    """The bureau that leads the tasks of most tests."""
    return factories.bureau("scjg", "青岛市市场监督管理局", "市市场监管局", parent=region)


@pytest.fixture
@replayed
def commerce(region):
    return factories.bureau("sww", "青岛市商务局", "市商务局", parent=region)


@pytest.fixture
@replayed
def office(region):
    return factories.bureau("sdb", "试点工作办公室", "试点办", parent=region, kind="office")


@pytest.fixture
@replayed
def programme(region):
    return factories.programme(region)


@pytest.fixture
@replayed
def field(programme):
    return factories.field(programme)


@pytest.fixture
@replayed
def staff(programme, market):
    return factories.member("staff", programme, "staff", market)


@pytest.fixture
@replayed
def head(programme, market):
    return factories.member("head", programme, "head", market)


@pytest.fixture
@replayed
def neighbour(programme, commerce):
    return factories.member("neighbour", programme, "staff", commerce)


@pytest.fixture
@replayed
def manager(programme, office):
    return factories.member("manager", programme, "manager", office)


@pytest.fixture
@replayed
def manager2(programme, commerce):
    """A reviewer who is seconded from a bureau that owes reports."""
    return factories.member("manager2", programme, "manager", commerce)


@pytest.fixture
@replayed
def auditor(programme):
    return factories.member("auditor", programme, "auditor")


@pytest.fixture
@replayed
def admin(programme):
    return factories.member("admin", programme, "admin")


@pytest.fixture
@replayed
def stranger(db):
    return factories.user("stranger")


@pytest.fixture
@replayed
def root(db):
    """Runs the server, and holds no membership."""
    return factories.user("root", is_superuser=True, is_staff=True)


@pytest.fixture
@replayed
def task(field, market, manager, staff):
    """In progress, led by the market bureau, with two milestones."""
    return factories.accepted_task(field, market, by=manager, accepted_by=staff)


@pytest.fixture
@replayed
def period(programme, manager, task):
    """September 2021, open, with a report owed for the task."""
    return factories.open_period(programme, by=manager)


@pytest.fixture
@replayed
def report(task, period):
    """Owed and not begun."""
    return factories.report_of(task, period)


@pytest.fixture
@replayed
def submitted(report, staff):
    return factories.submit(report, by=staff)


@pytest.fixture
@replayed
def returned(submitted, manager):
    return factories.send_back(submitted, by=manager)


@pytest.fixture
@replayed
def approved(submitted, manager):
    return factories.approve(submitted, by=manager)


@pytest.fixture
@replayed
def finished(report, staff, manager):
    """A task of which everything is done and proved."""
    return factories.finished_task(report, by=staff, approved_by=manager)


@pytest.fixture
@replayed
def finance(region):
    """A bureau in which nobody has an account."""
    return factories.bureau("jrj", "青岛市地方金融监督管理局", "市金融局", parent=region)


@pytest.fixture
@replayed
def alone(programme, field, finance, manager, admin):
    """A report that a bureau owes in which nobody has an account any more: who signed for its task has left."""
    gone = factories.member("gone", programme, "staff", finance)
    task = factories.accepted_task(field, finance, by=manager, accepted_by=gone)
    period = factories.open_period(programme, by=manager)
    end_membership(gone.memberships.get(), by=admin)
    manager.forget()
    return factories.report_of(task, period)


@pytest.fixture
def sign_in():
    """A browser in which this person is signed in."""

    def browser(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def in_english(sign_in):
    """The same for somebody who chose English."""

    def browser(user) -> Client:
        client = sign_in(user)
        client.cookies["django_language"] = "en"
        return client

    return browser


@pytest.fixture
def api():
    """A program that acts for this person."""

    def program(user) -> APIClient:
        client = APIClient()
        client.force_login(user)
        return client

    return program


ELSEWHERE = {
    "postgresql": ("walk", "walked on SQLite; no database changes it"),
    "sqlite": ("postgres", "needs PostgreSQL, or is asked there alone; make test-postgres"),
}
"""By database: the tests that are the other one's to run, and why."""


def pytest_collection_modifyitems(config, items):
    """What is proved for every database by being proved on one is not run twice: it takes minutes."""
    mark, why = ELSEWHERE[connection.vendor]
    for item in items:
        if item.get_closest_marker(mark):
            item.add_marker(pytest.mark.skip(why))
    if connection.vendor == "postgresql":
        without = [item for item in items if not asks_the_database(item)]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if asks_the_database(item)]


def asks_the_database(item):
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("databases")
    return marked or {"db", "transactional_db"} & set(item.fixturenames)
