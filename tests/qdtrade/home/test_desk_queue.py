"""The queue of the review desk: in which order, how filtered, and how one walks through it."""

import datetime

import pytest

from qdtrade import clock
from tests import factories

NOON = datetime.datetime(2021, 9, 28, 12, 0, tzinfo=clock.BEIJING)


@pytest.fixture
def browser(in_english, manager):
    return in_english(manager)


@pytest.fixture
def queued(field, market, commerce, manager, staff, neighbour, programme):
    """Three reports: of commerce the oldest, of the market bureau a red one and the youngest."""
    tasks = [
        factories.accepted_task(field, commerce, by=manager, accepted_by=neighbour),
        factories.accepted_task(field, market, by=manager, accepted_by=staff),
        factories.accepted_task(field, market, by=manager, accepted_by=staff),
    ]
    for task in tasks:
        task.milestones.all()
    period = factories.open_period(programme, by=manager)
    oldest, red, youngest = (factories.report_of(task, period) for task in tasks)
    done = []
    for report, by, day, light in (
        (oldest, neighbour, 24, "green"),
        (red, staff, 27, "red"),
        (youngest, staff, 28, "green"),
    ):
        with clock.at(datetime.datetime(2021, 9, day, 11, 0, tzinfo=clock.BEIJING)):
            done.append(factories.submit(report, by=by, self_light=light))
    with clock.at(NOON):
        yield done


def rows(answer):
    return [line.row for line in answer.context["queue"].lines]


def test_the_queue_can_be_ordered_by_bureau_with_a_heading_for_each(queued, browser):
    answer = browser.get("/desk/?ordering=bureau")

    assert [line.group for line in answer.context["queue"].lines] == [
        "市市场监管局",
        "市市场监管局",
        "市商务局",
    ]
    assert answer.content.decode().count('class="queue-group"') == 2


def test_a_filter_on_a_bureau_stays_in_every_way_on(queued, commerce, browser):
    answer = browser.get(f"/desk/?bureau={commerce.pk}")

    html = answer.content.decode()
    assert rows(answer) == [queued[0]]
    assert f"/desk/{queued[0].pk}/?bureau={commerce.pk}&amp;programme=qd-2020" in html


def test_reports_over_their_clock_can_be_seen_alone(queued, browser):
    with clock.at(NOON + datetime.timedelta(days=2)):
        answer = browser.get("/desk/?review=over")

    assert rows(answer) == [queued[0]]
    assert "1 is past its review date" in answer.content.decode()


def test_a_filter_that_makes_no_sense_is_refused_by_name(queued, browser):
    assert browser.get("/desk/?review=soon").status_code == 400


def test_an_empty_result_of_a_filter_leads_back_to_the_whole_queue(queued, browser):
    answer = browser.get("/desk/?no_change=true")

    assert "Nothing in the queue fits these filters" in answer.content.decode()


def test_a_decision_goes_on_in_the_order_that_was_asked_for(queued, browser):
    address = f"/desk/{queued[1].pk}/?ordering=bureau"

    answer = browser.post(address, {"move": "approve", "version": queued[1].version})

    assert answer.url == f"/desk/{queued[2].pk}/?ordering=bureau&programme=qd-2020"


def test_a_decision_that_was_sent_twice_goes_on_as_after_the_first(queued, browser):
    sent = {"move": "approve", "version": queued[1].version}
    first = browser.post(f"/desk/{queued[1].pk}/", sent)

    again = browser.post(f"/desk/{queued[1].pk}/", sent)

    assert (first.status_code, again.status_code) == (302, 302)


def test_what_was_typed_stands_in_the_newest_page_again(queued, browser):
    answer = browser.post(
        f"/desk/{queued[1].pk}/", {"move": "look", "comment": "Which?", "remark-done": "Name them."}
    )

    html = answer.content.decode()
    assert ">Which?</textarea>" in html and ">Name them.</textarea>" in html
    queued[1].refresh_from_db()
    assert queued[1].status == "submitted"


def test_only_the_new_text_is_shown_where_that_is_asked_for(queued, browser):
    html = browser.get(f"/desk/{queued[0].pk}/?look=now").content.decode()

    assert "before</th>" not in html
    assert "Registered three firms." in html


def test_the_clock_runs_over_on_a_weekend_too(queued, browser):
    with clock.at(datetime.datetime(2021, 10, 10, 9, 0, tzinfo=clock.BEIJING)):
        lines = browser.get("/desk/").context["queue"].lines

    assert all(line.clock.over for line in lines)


def test_a_view_of_the_desk_is_kept_and_opens_as_the_usual_one(queued, commerce, browser):
    kept = {
        "listed": "desk",
        "name": "Commerce",
        "query": f"bureau={commerce.pk}&ordering=risk",
        "default": "1",
    }
    browser.post("/views/save/", kept)

    answer = browser.get("/desk/", follow=True)

    assert rows(answer) == [queued[0]]
    assert "Commerce" in answer.content.decode()
