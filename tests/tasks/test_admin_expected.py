"""Exempting and accepting later, from the list of what is owed."""

import datetime

import pytest

from tasks.models import ExpectedReport
from tests import factories
from tests.administration import act, english, results, url

LIST = "tasks_expectedreport"


@pytest.fixture
def client(manager, sign_in):
    return english(sign_in(manager))


def now(expected):
    return ExpectedReport.objects.get(pk=expected.pk)


def test_a_row_is_exempt_with_a_reason(client, report):
    act(client, LIST, "exempt", [report.expected], comment="Founded in August.")

    assert now(report.expected).exempt_reason == "Founded in August."


def test_a_row_is_accepted_later_until_a_day(client, report):
    act(client, LIST, "grant_exception", [report.expected], comment="Flood.", day="2021-10-15")

    assert now(report.expected).exception_until == datetime.date(2021, 10, 15)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"comment": "Flood."}, "Please give the day."),
        ({"comment": "Flood.", "day": "2021-13-45"}, "Please give the day."),
        ({"day": "2021-10-15"}, "Please give a reason."),
    ],
)
def test_a_day_and_a_reason_are_asked_for(client, report, data, words):
    answer = act(client, LIST, "grant_exception", [report.expected], **data)

    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_what_was_submitted_is_refused_in_the_trial_and_in_the_act(client, report, staff):
    factories.submit(report, by=staff)
    data = {"act": "exempt", "row": [report.expected.pk], "trial": "1"}

    tried = client.post(url(LIST), data).context["rows"][0].trial
    done = act(client, LIST, "exempt", [report.expected], comment="Late.")

    assert "was submitted already" in tried
    assert results(done)[report.expected.pk] == (False, tried)


def test_a_day_in_the_past_is_a_result_of_its_row(client, report):
    answer = act(client, LIST, "grant_exception", [report.expected], comment="Flood.", day="2021-09-01")

    assert results(answer)[report.expected.pk] == (False, "The day must not be in the past.")


def test_both_acts_stand_on_the_page_of_the_row(client, report):
    answer = client.get(url(LIST, "change", report.expected.pk))

    assert [(one.name, one.needs_day) for one in answer.context["offers"]] == [
        ("exempt", False),
        ("grant_exception", True),
    ]
    assert 'name="day"' in answer.text
