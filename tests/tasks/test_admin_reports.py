"""Moves on many reports at once: tried first, each row by itself, each with a result."""

import pytest

from qdtrade.audit.models import Event
from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import Report
from tests import factories
from tests.administration import act, english, results, url

LIST = "tasks_report"


@pytest.fixture
def client(manager, sign_in):
    return english(sign_in(manager))


@pytest.fixture
def two(field, market, commerce, manager, manager2, staff, neighbour, programme):
    """Two submitted reports, the second from the bureau of `manager2`."""
    tasks = [
        factories.accepted_task(field, market, by=manager, accepted_by=staff),
        factories.accepted_task(field, commerce, by=manager, accepted_by=neighbour),
    ]
    period = factories.open_period(programme, by=manager)
    reports = [factories.report_of(task, period) for task in tasks]
    return [factories.submit(reports[0], by=staff), factories.submit(reports[1], by=neighbour)]


def status(report):
    return Report.objects.get(pk=report.pk).status


def test_each_row_has_its_result_and_a_refused_one_stops_no_other(two, manager2, sign_in):
    answer = act(english(sign_in(manager2)), LIST, "approve", two, comment="September")
    done, refused = (results(answer)[report.pk] for report in two)

    assert done[0] is True
    assert "Progress" in done[1] or "progress" in done[1]
    assert refused == (False, "This report is from your own bureau; another reviewer must decide it.")
    assert [status(report) for report in two] == ["approved", "submitted"]
    assert Event.objects.get(action="approve", kind="report").comment == "September"


def test_rows_are_done_in_the_order_of_their_ids(client, two):
    act(client, LIST, "approve", list(reversed(two)))

    approved = Event.objects.filter(action="approve", kind="report").order_by("seq")
    assert list(approved.values_list("object_id", flat=True)) == sorted(report.pk for report in two)


def test_a_trial_says_what_would_happen_and_does_nothing(two, manager2, sign_in):
    data = {"act": "approve", "row": [report.pk for report in two], "trial": "1"}
    answer = english(sign_in(manager2)).post(url(LIST), data)

    trial = {row.pk: row.trial for row in answer.context["rows"]}
    assert trial[two[0].pk] == ""
    assert "your own bureau" in trial[two[1].pk]
    assert (answer.context["trial"].would, answer.context["trial"].would_not) == (1, 1)
    assert [status(report) for report in two] == ["submitted", "submitted"]


def test_what_was_not_tried_just_so_is_shown_before_it_is_done(client, two):
    data = {"act": "approve", "row": [two[0].pk, two[1].pk], "tried": f"approve:{two[0].pk}"}
    answer = client.post(url(LIST), data)

    assert answer.status_code == 200
    assert "nothing has been done yet" in answer.content.decode()
    assert [status(report) for report in two] == ["submitted", "submitted"]


def test_scripts_get_the_trial_alone(client, submitted):
    data = {"act": "approve", "row": [submitted.pk], "trial": "1"}
    text = client.post(url(LIST), data, headers={"HX-Request": "true"}).content.decode()

    assert f'id="trial-{submitted.pk}" hx-swap-oob="true"' in text
    assert f'name="tried" value="approve:{submitted.pk}"' in text
    assert "<html" not in text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"act": "approve"}, "Choose the rows first."),
        ({"act": "explode", "row": "{pk}"}, "Choose what to do."),
        ({"act": "return", "row": "{pk}"}, "Please give a reason."),
    ],
)
def test_what_is_missing_is_said_in_words(client, submitted, data, words):
    answer = client.post(url(LIST), {name: value.format(pk=submitted.pk) for name, value in data.items()})

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert status(submitted) == "submitted"


def test_a_row_that_changed_since_is_refused(client, submitted, manager2):
    seen = submitted.version
    perform(workflow.TAKE, submitted, by=manager2)
    submitted.version = seen

    answer = act(client, LIST, "take", [submitted])

    assert "changed after you opened it" in results(answer)[submitted.pk][1]


def test_the_same_form_sent_twice_is_done_once(client, submitted):
    for _time in range(2):
        answer = act(client, LIST, "approve", [submitted], once="one-press")

    assert results(answer)[submitted.pk][0] is True
    assert Event.objects.filter(action="approve", kind="report").count() == 1


def test_loading_the_page_again_shows_the_result_and_does_nothing(client, submitted):
    act(client, LIST, "approve", [submitted])
    answer = client.get(url(LIST))

    assert results(answer)[submitted.pk][0] is True
    assert Event.objects.filter(action="approve", kind="report").count() == 1


def test_rows_of_another_programme_are_not_found(client, region, market, submitted):
    away = factories.programme(region, "qd-2025")
    elsewhere = factories.member("elsewhere", away, "manager", market)
    writer = factories.member("writer", away, "staff", market)
    task = factories.accepted_task(factories.field(away), market, by=elsewhere, accepted_by=writer)
    report = factories.report_of(task, factories.open_period(away, by=elsewhere))
    factories.submit(report, by=writer)

    answer = act(client, LIST, "approve", [Report.objects.get(pk=report.pk), submitted])

    assert list(results(answer)) == [submitted.pk]
    assert answer.context["result"]["unseen"] == 1
    assert status(report) == "submitted"


def test_a_status_that_is_posted_changes_nothing(client, submitted):
    answer = client.post(url(LIST, "change", submitted.pk), {"status": "approved"})

    assert answer.status_code == 405
    assert status(submitted) == "submitted"


def test_an_administrator_is_offered_no_move_and_refused_each(admin, submitted, sign_in):
    client = english(sign_in(admin))
    answer = act(client, LIST, "approve", [submitted])

    assert client.get(url(LIST)).context["offered"] == []
    assert "Only a reviewer" in results(answer)[submitted.pk][1]
    assert status(submitted) == "submitted"


def test_one_report_is_moved_from_its_own_page(client, submitted):
    page = client.get(url(LIST, "change", submitted.pk))
    offers = {offer.name: offer for offer in page.context["offers"]}

    client.post(offers["return"].url, {"comment": "Which firms?", "version": submitted.version})

    assert offers["return"].needs_comment
    assert status(submitted) == "returned"


def test_filters_count_what_each_would_leave(client, two):
    factories.approve(
        two[0], by=two[0].task.programme.memberships.get(role="manager", user__username="manager").user
    )
    state, *_others = client.get(url(LIST)).context["facets"]
    counts = {choice.url.partition("report=")[2]: choice.count for choice in state.choices}

    assert state.all.count == 2
    assert (counts["submitted"], counts["approved"], counts["returned"]) == (1, 1, 0)


def test_the_review_clock_filters(client, submitted):
    def found(value):
        return [row.pk for row in client.get(url(LIST), {"review": value}).context["rows"]]

    assert found("later") == [submitted.pk]
    assert found("over") == []


def test_a_filter_that_makes_no_sense_is_an_error_with_words(client, submitted):
    assert client.get(url(LIST), {"status": "exploded"}).status_code == 400
