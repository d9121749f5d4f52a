"""/cockpit/: every figure is the count of the rows it leads to, for everybody, and the page costs the same."""

import datetime
import html
import re

import pytest

from qdtrade import clock
from qdtrade.accounts.models import User
from qdtrade.lights.models import LightRule
from tasks.models import TaskLight
from tests import factories, signings
from tests.replay import replayed

pytestmark = pytest.mark.django_db
LATER = datetime.datetime(2021, 10, 25, 10, 0, tzinfo=clock.BEIJING)
"""A Monday in the October period, when September is closed."""
LINK = re.compile(r'<a [^>]*href="([^"]+)"[^>]* data-count="(\d+)"')
ROLES = ["manager", "auditor", "admin", "staff", "head", "neighbour"]


def keep(task, day, level):
    """A light of a task as it is kept."""
    rule = LightRule.objects.filter(programme=task.programme).first() or LightRule.objects.create(
        programme=task.programme,
        valid_from=task.programme.starts_on,
        made_at=clock.now(),
        made_by=User.objects.first(),
    )
    with clock.at(clock.end_of(day) - datetime.timedelta(hours=1)):
        TaskLight.objects.create(
            task=task, day=day, kept_at=clock.now(), level=level, computed=level, reasons=[], rule=rule
        )


@pytest.fixture
@replayed
def town(programme, field, market, commerce, office, manager, staff, neighbour, region):
    """Two fields and two bureaus in September and October: reports in every state, plans moved, a district that helps,
    a signing, and lights that changed.
    """
    other = factories.field(programme, 2, "健全统计体系")
    district = factories.bureau("shinan", "青岛市市南区", "市南区", parent=region, kind="district")
    late = [("Plan made", datetime.date(2021, 10, 1)), ("Ten firms", datetime.date(2022, 3, 31))]
    tasks = [
        factories.accepted_task(place, lead, by=manager, accepted_by=who, milestones=late)
        for place in (field, other)
        for lead, who in ((market, staff), (commerce, neighbour))
    ]
    factories.give(tasks[0], district, by=manager)
    september = factories.open_period(programme, by=manager)
    for task, who in zip(tasks[:3], (staff, neighbour, staff), strict=True):
        factories.submit(factories.report_of(task, september), by=who)
    factories.approve(factories.report_of(tasks[0], september), by=manager)
    sector = signings.sector(programme, by=manager)
    signings.project(sector, market, by=manager)
    with clock.at(LATER):
        factories.close_period(september, by=manager)
        factories.move_milestone(
            tasks[1], tasks[1].milestones.first(), datetime.date(2021, 10, 20), by=manager
        )
        october = factories.open_period(programme, by=manager, month=10)
        factories.approve(factories.submit(factories.report_of(tasks[0], october), by=staff), by=manager)
        factories.send_back(
            factories.submit(factories.report_of(tasks[1], october), by=neighbour), by=manager
        )
        factories.task(field, market, by=manager)
    levels = zip(tasks, ("green", "red", "green", "yellow"), ("red", "yellow", "green", "red"), strict=True)
    for task, then, today in levels:
        keep(task, september.grace_on, then)
        keep(task, LATER.date(), today)
    return programme


@pytest.fixture
def page(in_english, town):
    def get(person, query=""):
        answer = in_english(person).get(f"/cockpit/?programme={town.code}{query}")
        assert answer.status_code == 200
        return answer

    with clock.at(LATER):
        yield get


def links(answer):
    """Every figure of the page with the address of its rows."""
    found = LINK.findall(answer.content.decode())
    return sorted({(html.unescape(url), int(count)) for url, count in found})


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("query", ["", "&wall=1"])
def test_every_figure_is_the_count_of_the_rows_it_leads_to(who, query, page, sign_in, request):
    person = request.getfixturevalue(who)
    figures = links(page(person, query))

    counted = [(url, rows_of(sign_in(person), url)) for url, _count in figures]

    assert counted == figures
    assert len(figures) > 5


def rows_of(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.context["page"].paginator.count
