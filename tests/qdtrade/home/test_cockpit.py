"""/cockpit/: every figure is the count of the rows it leads to, for everybody, and the page costs the same."""

import datetime
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qdtrade import clock
from qdtrade.accounts.models import Bureau, User
from qdtrade.lights.models import LightRule
from qdtrade.programmes.models import Period
from qdtrade.programmes.workflow import FREEZE_PERIOD
from qdtrade.workflow import perform
from tasks.models import TaskLight
from tests import factories, signings
from tests.replay import replayed

pytestmark = pytest.mark.django_db
LATER = datetime.datetime(2021, 10, 25, 10, 0, tzinfo=clock.BEIJING)
"""A Monday in the October period, when September is closed."""
LINK = re.compile(r'<a [^>]*href="([^"]+)"[^>]* data-count="(\d+)"')
SHELL = 4
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
        answer = in_english(person).get(f"/cockpit/?programme={town.code}{query}", follow=True)
        assert answer.status_code == 200
        return answer

    with clock.at(LATER):
        yield get


def links(answer):
    """Every figure of the page with the address of its rows."""
    found = LINK.findall(answer.content.decode())
    return sorted({(html.unescape(url), int(count)) for url, count in found})


@pytest.mark.parametrize("who", ROLES)
def test_every_figure_is_the_count_of_the_rows_it_leads_to(who, page, sign_in, request):
    person = request.getfixturevalue(who)
    figures = links(page(person))

    counted = [(url, rows_of(sign_in(person), url)) for url, _count in figures]

    assert counted == figures
    assert len(figures) > 5


@pytest.mark.parametrize("asked", ["bureau", "field", "district", "period"])
def test_so_it_is_for_a_part_of_the_pilot_and_in_the_past(asked, page, sign_in, manager, market, field):
    first = {
        "bureau": market.pk,
        "field": field.pk,
        "district": Bureau.objects.get(code="shinan").pk,
        "period": Period.objects.order_by("starts_on").first().pk,
    }
    figures = links(page(manager, f"&{asked}={first[asked]}"))

    counted = [(url, rows_of(sign_in(manager), url)) for url, _count in figures]

    assert counted == figures
    assert len(figures) > 5


def test_the_wall_shows_figures_of_the_page_and_asks_for_itself_anew(page, manager):
    wall, whole = page(manager, "&wall=1"), page(manager)

    assert set(links(wall)) <= set(links(whole))
    assert wall.headers["Refresh"] == "600"
    assert 'class="rail"' not in wall.content.decode()


def rows_of(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.context["page"].paginator.count


def test_trouble_is_named_first(page, manager):
    parts = page(manager).context["sentence"]

    assert parts[0].words == "2 red lights"
    assert [part.is_trouble for part in parts] == sorted((part.is_trouble for part in parts), reverse=True)


def test_lights_tell_how_they_differ_from_the_end_of_the_period_before(page, manager):
    lights = page(manager).context["lights"].lights

    assert [(one.level, one.figure.count, one.change) for one in lights[:3]] == [
        ("red", 2, 1), ("yellow", 1, 0), ("green", 1, -1),
    ]  # fmt: skip


def test_what_changed_is_told_with_the_tasks_that_turned_worse(page, manager):
    changed = page(manager).context["changed"]

    assert (changed.worse.count, changed.better.count) == (2, 1)
    assert (changed.approved.count, changed.returned.count) == (1, 1)
    assert {one.task.light for one in changed.turned} == {"red"}


def test_plans_that_moved_are_counted_with_their_days(page, manager):
    slipped = page(manager).context["slipped"]

    assert (slipped["milestones"].count, slipped["milestones"].median, slipped["milestones"].most) == (
        1,
        19,
        19,
    )
    assert slipped["due"].count == 0


def test_a_past_period_is_read_at_the_end_of_its_last_day(in_english, town, manager, page):
    september = Period.objects.order_by("starts_on").first()
    client = in_english(manager)

    way = client.get(f"/cockpit/?programme={town.code}&period={september.pk}")

    assert way.status_code == 302
    assert way.url.endswith("as_of=2021-09-30")
    shown = client.get(way.url)
    assert shown.context["scope"].period == september
    assert shown.context["lights"].lights[0].figure.count == 1
    assert f'href="/cockpit/?programme={town.code}"' in shown.content.decode()


def test_a_frozen_period_says_that_its_figures_do_not_change(in_english, town, manager, page):
    september = Period.objects.order_by("starts_on").first()
    perform(FREEZE_PERIOD, september, by=manager, comment="")

    shown = in_english(manager).get(f"/cockpit/?programme={town.code}&period={september.pk}", follow=True)

    assert "is frozen; its figures do not change any more" in shown.content.decode()


def test_the_page_costs_no_more_than_forty_questions(page, manager, in_english, town):
    page(manager)

    with CaptureQueriesContext(connection) as asked:
        page(manager)

    selects = [one["sql"] for one in asked.captured_queries if one["sql"].startswith("SELECT")]
    own = [sql for sql in selects if "session" not in sql and 'WHERE "accounts_user"."id" = ' not in sql]
    assert len(own) <= 40 + SHELL


@pytest.fixture
def bare(programme, manager, in_english):
    """A pilot in which nothing has happened yet."""
    answer = in_english(manager).get(f"/cockpit/?programme={programme.code}")
    return answer.content.decode()


def test_where_nothing_has_happened_yet_every_panel_says_so(bare):
    for words in (
        "No period has opened yet",
        "There are no tasks here",
        "Nothing is recognised yet",
        "No bureau owes anything now",
        "There was no period before",
        "No project is signed",
        "No indicator is kept yet",
    ):
        assert words in bare
    assert "alarm" not in bare


def test_a_period_in_which_nothing_was_expected_has_a_dash_and_says_why(programme, manager, in_english):
    factories.open_period(programme, by=manager)

    text = in_english(manager).get(f"/cockpit/?programme={programme.code}").content.decode()

    assert "no report was expected in this period, so there is no rate" in text


def test_filters_that_make_no_sense_are_named(sign_in, programme, manager):
    assert sign_in(manager).get("/cockpit/?period=purple").status_code == 400
