"""The roadmap page: every task once, in its field, with its light; counts that are the lists they open."""

import datetime
import re

import pytest

from qdtrade import clock
from qdtrade.lights.levels import Level
from tasks.models import Milestone
from tests import factories, lit

pytestmark = pytest.mark.django_db
DAY = datetime.date


@pytest.fixture
def reader(sign_in, manager):
    client = sign_in(manager)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def other(programme):
    return factories.field(programme, number=2, name="提升便利水平")


@pytest.fixture
def tasks(field, other, market, manager, staff):
    """Two red and a green one in the first field, and a blue one in the second."""
    found = {}
    for code, where, level in (
        ("1-01", field, "green"), ("1-02", field, "red"), ("1-03", field, "red"), ("2-01", other, "blue"),
    ):  # fmt: skip
        found[code] = factories.accepted_task(where, market, by=manager, accepted_by=staff, code=code)
        lit.keep(found[code], level, by=manager)
    return found


def codes(answer):
    return {block.field.number: [row.task.code for row in block.rows] for block in answer.context["blocks"]}


def lane_of(answer, code):
    return next(row for block in answer.context["blocks"] for row in block.rows if row.task.code == code)


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def test_every_task_stands_once_in_its_field(tasks, reader):
    answer = reader.get("/roadmap/")

    assert codes(answer) == {1: ["1-01", "1-02", "1-03"], 2: ["2-01"]}
    assert "4 tasks in 2 fields" in words(answer)


@pytest.mark.parametrize("who", ["manager", "auditor", "staff", "head", "neighbour", "admin"])
def test_each_count_of_a_field_opens_exactly_its_tasks(who, tasks, request, sign_in):
    client = sign_in(request.getfixturevalue(who))
    answer = client.get("/roadmap/")
    opens = answer.context["opens"]

    for block in answer.context["blocks"]:
        counted = [("", block.count), *((f"&light={level}", count) for level, count in block.counts)]
        listed = [
            (light, client.get(f"{opens}&field={block.field.pk}{light}").context["page"].paginator.count)
            for light, _count in counted
        ]
        assert listed == counted


def test_counts_keep_the_other_filters(tasks, reader, market):
    answer = reader.get(f"/roadmap/?lead={market.code}&zoom=month&against=baseline&page_size=paper")

    assert answer.context["opens"].endswith(f"&lead={market.code}")


def test_the_sentence_says_what_is_red_and_why(tasks, reader):
    Milestone.objects.filter(task=tasks["1-02"], number=1).update(actual_on=DAY(2020, 12, 30))

    assert "2 red lights, 1 of them with an overdue node." in words(reader.get("/roadmap/"))


def test_a_light_filters_and_an_empty_field_says_so(tasks, reader):
    answer = reader.get("/roadmap/?light=red")

    assert codes(answer) == {1: ["1-02", "1-03"], 2: []}
    assert "No task of this field fits the filters" in words(answer)


def test_a_chosen_field_stands_alone(tasks, reader, other):
    answer = reader.get(f"/roadmap/?field={other.pk}")

    assert codes(answer) == {2: ["2-01"]}
    assert answer.context["is_whole"]


def test_every_row_and_its_lane_lead_to_the_task(tasks, reader):
    page = reader.get("/roadmap/").content.decode()

    for task in tasks.values():
        assert page.count(f'href="/tasks/{task.pk}/?') == 2


def test_nodes_are_drawn_as_they_stand(tasks, reader, staff, manager, programme):
    factories.open_period(programme, by=manager)
    report = factories.report_of(tasks["1-01"], programme.periods.get())
    factories.attach(report, by=staff, milestone=report.task.milestones.get(number=2))
    factories.submit(report, by=staff, milestones={"2": "2021-09-20"})
    Milestone.objects.filter(task=tasks["1-03"], number=1).update(actual_on=DAY(2021, 1, 4))

    answer = reader.get("/roadmap/")

    kinds = {
        code: [mark.kind for mark in lane_of(answer, code).lane.marks] for code in ("1-01", "1-02", "1-03")
    }
    assert kinds == {"1-01": ["overdue", "claimed"], "1-02": ["overdue", "due"], "1-03": ["done", "due"]}


def test_a_row_names_the_node_that_comes_next(tasks, reader):
    Milestone.objects.filter(task=tasks["1-03"], number=1).update(actual_on=DAY(2021, 1, 4))

    answer = reader.get("/roadmap/")

    late, coming = lane_of(answer, "1-02").next, lane_of(answer, "1-03").next
    assert (late.words, late.day, late.late) == ("node 1, 0 of 2 done", "2020-12-31", "267 days overdue")
    assert (coming.words, coming.day, coming.late) == ("node 2, 1 of 2 done", "2022-03-31", "")


def test_the_worst_of_a_field_come_first_on_the_phone(tasks, reader):
    blocks = reader.get("/roadmap/").context["blocks"]

    assert {row.task.code: row.place for row in blocks[0].rows} == {"1-01": 3, "1-02": 1, "1-03": 2}
    assert [block.place for block in blocks] == [1, 2]
    assert blocks[0].counts == [(Level.RED, 2), (Level.GREEN, 1)]


@pytest.mark.parametrize(
    ("asked", "width"), [("year", "100%"), ("quarter", "100%"), ("", "100%"), ("month", str(36 * 44))]
)
def test_time_is_shown_by_year_quarter_or_month(tasks, reader, asked, width):
    type(tasks["2-01"]).objects.filter(pk=tasks["2-01"].pk).update(due_on=DAY(2023, 9, 30))

    assert reader.get(f"/roadmap/?zoom={asked}").context["axis"].width == width


def test_the_baseline_shows_on_demand(tasks, reader):
    plain, against = (lane_of(reader.get(f"/roadmap/{query}"), "1-01") for query in ("", "?against=baseline"))

    assert plain.lane.baseline is None
    assert against.lane.baseline == against.lane.plan


def test_more_rows_than_a_page_holds_go_on_with_the_same_field(tasks, reader, monkeypatch):
    monkeypatch.setattr("tasks.views.roadmap.ROWS", 2)

    first, second = reader.get("/roadmap/"), reader.get("/roadmap/?page=2")

    assert (codes(first), codes(second)) == ({1: ["1-01", "1-02"]}, {1: ["1-03"], 2: ["2-01"]})
    assert [block.continues for block in second.context["blocks"]] == [True, False]
    assert "continued" in words(second)
    assert codes(reader.get("/roadmap/?page_size=paper")) == {1: ["1-01", "1-02", "1-03"], 2: ["2-01"]}


def test_before_any_task_there_are_the_fields_alone(reader, field):
    answer = reader.get("/roadmap/")

    assert codes(answer) == {1: []}
    assert answer.context["axis"].first == DAY(2021, 7, 1)


@pytest.mark.parametrize(
    "query",
    ["zoom=x&against=y&paper=a0&page=99&page_size=7", "paper=a3&page_size=paper", "q=zzz", "status=done"],
)
def test_odd_addresses_still_show_the_page(tasks, reader, query):
    assert reader.get(f"/roadmap/?{query}").status_code == 200


@pytest.mark.parametrize("query", ["field=99999", "light=pink", "lead=nobody"])
def test_a_filter_that_makes_no_sense_is_named(tasks, reader, query):
    assert reader.get(f"/roadmap/?{query}").status_code == 400


def test_years_that_nobody_plans_for_do_not_stretch_the_picture(tasks, reader):
    type(tasks["1-01"]).objects.filter(pk=tasks["1-01"].pk).update(due_on=DAY(9999, 12, 31))

    answer = reader.get("/roadmap/?zoom=month")

    assert len(answer.context["axis"].steps) <= 240


def test_the_past_shows_the_lights_of_then(tasks, reader, manager):
    with clock.at(clock.now() + datetime.timedelta(days=3)):
        lit.keep(tasks["1-01"], "red", by=manager)
        answer = reader.get("/roadmap/?as_of=2021-09-25")
        now = reader.get("/roadmap/")

    assert (lane_of(answer, "1-01").task.light, lane_of(now, "1-01").task.light) == ("green", "red")
