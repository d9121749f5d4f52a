"""The light of a task wherever tasks are shown: the register, its own page, reports, files and the API."""

import datetime

import pytest
from django.urls import reverse

from qdtrade import clock
from qdtrade.audit.models import Event
from tasks.models import TaskOverride
from tests import factories, lit
from tests.qdtrade.past.days import LATER, THEN

pytestmark = pytest.mark.django_db
UNTIL = "2021-09-30"


@pytest.fixture
def three(field, market, manager, staff):
    """A red task, a yellow one that its bureau rates green, and a green one."""
    tasks = {}
    for code, level in (("1-01", "green"), ("1-02", "yellow"), ("1-03", "red")):
        tasks[level] = factories.accepted_task(field, market, by=manager, accepted_by=staff, code=code)
        lit.keep(tasks[level], level, by=manager)
    return tasks


@pytest.fixture
def reader(sign_in, manager):
    client = sign_in(manager)
    client.cookies["django_language"] = "en"
    return client


def codes(answer):
    return [row.task.code for row in answer.context["rows"]]


def set_light(client, task, **given):
    asked = {"level": "green", "comment": "The law is passed.", "ends_on": UNTIL} | given
    return client.post(reverse("task_light", args=[task.pk]), asked)


# The register ---------------------------------------------------------------------------------------------------------


def test_the_worst_light_stands_first(three, reader):
    assert codes(reader.get("/tasks/")) == ["1-03", "1-02", "1-01"]


def test_a_click_on_the_heading_turns_the_order_round(three, reader):
    assert codes(reader.get("/tasks/?ordering=-light")) == ["1-01", "1-02", "1-03"]


@pytest.mark.parametrize(
    ("light", "found"), [("red", ["1-03"]), ("yellow", ["1-02"]), ("blue", []), ("none", [])]
)
def test_a_light_filters_the_register(three, reader, light, found):
    answer = reader.get(f"/tasks/?light={light}")

    assert [row.code for row in answer.context["page"]] == found


def test_an_unknown_light_is_a_named_error(three, reader):
    assert reader.get("/tasks/?light=pink").status_code == 400


def test_the_five_counts_filter_and_leave_the_others_as_they_are(three, reader):
    answer = reader.get("/tasks/?q=1-0&light=red")

    cells = {cell.level: cell for cell in answer.context["light_cells"]}
    assert [cell.number for cell in cells.values()] == [1, 1, 1, 0, 0]
    assert cells["yellow"].url == "?q=1-0&light=yellow"
    assert (cells["red"].is_current, cells["red"].url) == (True, "?q=1-0")


def test_the_total_below_counts_the_rows_found(three, reader):
    assert reader.get("/tasks/?light=red").context["light_total"].levels == [("red", 1)]


def test_the_page_names_the_day_of_its_lights(three, reader):
    assert "Lights of 2021-09-24" in reader.get("/tasks/").content.decode()


def test_a_light_that_was_set_says_so_in_its_row(three, reader, manager):
    lit.keep(three["red"], "yellow", computed="red", by=manager)

    html = reader.get("/tasks/?q=1-03").content.decode()

    assert '<span class="tag">set</span>' in html


def test_a_light_of_another_day_is_not_counted_twice(three, reader, manager):
    lit.keep(three["red"], "red", on=datetime.date(2021, 9, 1), by=manager)

    assert reader.get("/tasks/").context["light_total"].whole == 3


def test_a_file_holds_light_and_reasons(three, reader):
    answer = reader.get("/tasks/export/?columns=screen&show=light&show=reasons&light=red&format=csv")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Light,Why this light" in text.splitlines()[0]
    assert "Red,31 points behind planned progress" in text


def test_what_a_light_means_is_explained(three, reader):
    html = reader.get("/figures/tasks/?light=red").content.decode()

    assert "the worst of its dimensions is behind" in html


# The page of a task ---------------------------------------------------------------------------------------------------


def page(client, task):
    return client.get(reverse("task", args=[task.pk]))


def test_the_page_shows_both_lights_and_why(three, reader):
    html = page(reader, three["red"]).content.decode()

    assert "light-red light-chip" in html
    assert "31 points behind planned progress" in html


def test_the_page_tells_how_the_light_changed(three, reader, manager):
    lit.keep(three["red"], "green", on=datetime.date(2021, 8, 1), by=manager)
    lit.keep(three["red"], "green", on=datetime.date(2021, 8, 2), by=manager)

    turns = page(reader, three["red"]).context["lit"].turns

    assert turns[0].level == "red"
    assert [(turn.before, turn.level, str(turn.on)) for turn in turns][-1] == ("", "green", "2021-08-01")


def test_a_line_of_inspection_has_the_light_of_its_period(three, reader, programme, manager):
    factories.open_period(programme, by=manager, month=8)
    lit.keep(three["green"], "yellow", on=datetime.date(2021, 8, 31), by=manager)

    filed = page(reader, three["green"]).context["filed"]

    assert [line.light for line in filed] == ["yellow"]


# Another light than the computed one ----------------------------------------------------------------------------------


def test_a_manager_sets_a_light_and_both_are_shown(three, reader):
    set_light(reader, three["red"])

    html = page(reader, three["red"]).content.decode()
    override = TaskOverride.objects.get()
    assert (override.level, str(override.ends_on)) == ("green", UNTIL)
    assert f"until {UNTIL}" in html and "The law is passed." in html
    assert Event.objects.filter(kind="taskoverride", action="override").count() == 1


def test_without_a_reason_nothing_is_set(three, reader):
    assert set_light(reader, three["red"], comment=" ").status_code == 400
    assert not TaskOverride.objects.exists()


@pytest.mark.parametrize("day", ["2021-10-01", "2021-09-23", "soon"])
def test_it_ends_with_the_period_at_the_latest(three, reader, day):
    assert set_light(reader, three["red"], ends_on=day).status_code == 400


def test_an_unknown_light_cannot_be_set(three, reader):
    assert set_light(reader, three["red"], level="pink").status_code == 400


def test_a_manager_ends_it_with_a_reason(three, reader):
    set_light(reader, three["red"])

    answer = reader.post(reverse("task_light_end", args=[three["red"].pk]), {"comment": "Not yet in force."})

    assert answer.status_code == 302
    assert TaskOverride.objects.get().ended_reason == "Not yet in force."
    assert page(reader, three["red"]).context["lit"].override is None


def test_what_is_not_set_cannot_be_ended(three, reader):
    answer = reader.post(reverse("task_light_end", args=[three["red"].pk]), {"comment": "Enough."})

    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["staff", "head", "auditor", "admin"])
def test_others_are_offered_nothing_and_refused(three, sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))

    assert reverse("task_light", args=[three["red"].pk]) not in page(client, three["red"]).content.decode()
    assert set_light(client, three["red"]).status_code == 403


# Reports, work, the past ----------------------------------------------------------------------------------------------


def test_the_report_has_the_computed_light_beside_it(three, programme, manager, staff, sign_in):
    period = factories.open_period(programme, by=manager)
    lit.keep(three["red"], "red", by=manager)
    client = sign_in(staff)

    html = client.get(reverse("report", args=[factories.report_of(three["red"], period).pk])).content.decode()

    assert "light-red light-chip" in html


def test_my_work_has_a_light_on_every_row(three, programme, manager, staff, sign_in):
    factories.open_period(programme, by=manager)
    lit.keep(three["red"], "red", by=manager)

    sections = sign_in(staff).get("/").context["work"].sections

    assert {row.task.light for section in sections for row in section.rows} >= {"red"}


def test_the_register_of_another_day_shows_the_lights_of_then(three, reader, manager):
    with clock.at(LATER):
        lit.keep(three["red"], "blue", by=manager)
        lit.keep(three["green"], "red", on=datetime.date(2021, 9, 24), by=manager)

        then = reader.get("/tasks/", {"as_of": THEN})
        now = reader.get("/tasks/")

    assert codes(then) == ["1-03", "1-02", "1-01"]
    assert "Lights of 2021-09-24" in then.content.decode()
    assert codes(now)[-1] == "1-03"


def test_the_page_of_another_day_shows_the_light_of_then(three, reader, manager):
    with clock.at(LATER):
        lit.keep(three["red"], "blue", by=manager)
        then = reader.get(reverse("task", args=[three["red"].pk]), {"as_of": THEN})

    assert then.context["task"].light == "red"
    assert "blue" not in {turn.level for turn in then.context["lit"].turns}
    assert not then.context["lit"].may_set


# The API --------------------------------------------------------------------------------------------------------------


def test_a_task_says_its_light_and_why(three, api, manager):
    answer = api(manager).get(f"/api/v1/tasks/{three['red'].pk}/").json()

    assert (answer["light"], answer["light_on"], answer["light_computed"]) == ("red", "2021-09-24", "red")
    assert answer["light_reasons"] == lit.BEHIND


def test_the_api_filters_and_sorts_by_light(three, api, manager):
    client = api(manager)

    found = client.get("/api/v1/tasks/?light=yellow").json()["results"]
    ordered = client.get("/api/v1/tasks/?ordering=light").json()["results"]

    assert [one["code"] for one in found] == ["1-02"]
    assert [one["code"] for one in ordered] == ["1-03", "1-02", "1-01"]


def test_the_lights_of_a_task_are_a_list_of_their_own(three, api, manager):
    lit.keep(three["red"], "yellow", on=datetime.date(2021, 8, 31), by=manager)

    answer = api(manager).get(f"/api/v1/tasks/{three['red'].pk}/lights/").json()

    assert answer["results"][0]["light"] == "red"
    assert answer["results"][-1]["day"] == "2021-08-31"
    assert answer["count"] == three["red"].lights.count()
