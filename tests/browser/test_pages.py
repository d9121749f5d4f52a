"""Every page as each role sees it: nothing serious keeps people with impairments out, and a phone shows it whole."""

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import factories
from tests.browser.conftest import PHONE, WIDE

LONG = (
    "世界知识产权组织在华技术与创新支持中心（TISC）建设及面向海洋生物医药、工业互联网企业的专利导航公共服务"
)
EVERYBODY = ("/", "/notices/", "/help/")
REGISTER = ("/tasks/", "/tasks/{task}/", "/reports/", "/reports/{returned}/", "/periods/")
DESK = (
    "/desk/",
    "/desk/{submitted}/",
    "/periods/{period}/missing/",
    "/periods/{planned}/edit/",
    "/programme/edit/",
)
PAGES = {
    "nobody": ("/sign-in/",),
    "stranger": EVERYBODY,
    "staff": (*EVERYBODY, *REGISTER, "/reports/{submitted}/", "/reports/{returned}/?view=changes"),
    "manager": (*EVERYBODY, *REGISTER, *DESK, "/records/"),
    "auditor": (*EVERYBODY, *REGISTER, "/records/"),
    "admin": (*EVERYBODY, *REGISTER, "/programme/edit/", "/records/"),
}


@pytest.fixture
def ids(programme, field, market, manager, staff):
    """Rows in the states that the pages are about, with names as long as they come."""
    tasks = [
        factories.accepted_task(field, market, by=manager, accepted_by=staff, title=f"{LONG}{number}")
        for number in range(2)
    ]
    factories.task(field, market, by=manager, due_on=datetime.date(2023, 8, 1))
    period = factories.open_period(programme, by=manager)
    planned = factories.planned_period(programme, by=manager, month=10)
    submitted, returned = [
        factories.submit(factories.report_of(task, period), by=staff, done=LONG) for task in tasks
    ]
    factories.send_back(returned, by=manager, comment=LONG)
    return {
        "task": tasks[0].pk,
        "submitted": submitted.pk,
        "returned": returned.pk,
        "period": period.pk,
        "planned": planned.pk,
    }


@pytest.fixture
def person(request, ids):
    def by_role(role):
        return None if role == "nobody" else request.getfixturevalue(role)

    return by_role


@pytest.mark.parametrize("role", PAGES)
def test_every_page_serves_people_with_impairments_and_people_on_the_phone(visit, ids, person, role):
    page = visit(person(role))
    found = []

    for address in PAGES[role]:
        page.set_viewport_size(WIDE)
        page.goto(address.format(**ids))
        found += [f"{address} {violation}" for violation in serious(page)]
        page.set_viewport_size(PHONE)
        found += [f"{address} {violation}" for violation in serious(page)]
        found += [f"{address} is wider than a phone"] if is_too_wide(page) else []

    assert found == []


def serious(page):
    """What axe calls serious or critical, with the first place of each."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}"
        for one in violations
        if one["impact"] in {"serious", "critical"}
    ]


def is_too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]
