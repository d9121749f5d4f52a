"""Periods and programmes in the administration."""

import pytest

from qdtrade.programmes import actions
from qdtrade.programmes.models import Period, Programme
from tests import factories
from tests.administration import act, english, results, seen, url

LIST = "programmes_period"


@pytest.fixture
def client(manager, sign_in):
    return english(sign_in(manager))


@pytest.fixture
def planned(programme, manager):
    return factories.planned_period(programme, by=manager, month=11)


def dates(period, **changed):
    first = {name: getattr(period, name) for name in Period.dates}
    return first | {"comment": "", "seen": seen(period, *Period.dates)} | changed


def test_a_period_is_opened_by_hand_with_a_reason(client, planned):
    assert act(client, LIST, "open", [planned]).status_code == 400

    act(client, LIST, "open", [planned], comment="The fair is early.")

    assert Period.objects.get(pk=planned.pk).status == "open"


def test_a_wrong_state_is_a_result_of_its_row(client, planned, period):
    answer = act(client, LIST, "close", [planned, period], comment="By hand.")

    assert {pk: done for pk, (done, _words) in results(answer).items()} == {
        planned.pk: False,
        period.pk: True,
    }


def test_a_months_period_is_made_by_the_rule(client, programme):
    client.post(url(LIST, "add"), {"month": "2021-12"})

    assert programme.periods.get().starts_on.month == 12


@pytest.mark.parametrize("month", ["2021-11", "2031-01", "2021-13", "December"])
def test_a_month_that_cannot_be_made_is_refused_beside_its_field(client, planned, month):
    answer = client.post(url(LIST, "add"), {"month": month})

    assert answer.status_code == 400
    assert "month" in answer.context["form"].errors


def test_dates_change_until_a_period_opens(client, planned, period):
    client.post(url(LIST, "change", planned.pk), dates(planned, due_on="2021-11-26"))
    opened = client.post(url(LIST, "change", period.pk), dates(period, due_on="2021-09-29"))

    assert str(Period.objects.get(pk=planned.pk).due_on) == "2021-11-26"
    assert opened.status_code == 409


def test_dates_that_changed_since_are_not_written_over(client, planned, manager):
    opened = dates(planned, due_on="2021-11-26")
    actions.edit_period(planned, {"due_on": planned.due_on.replace(day=25)}, by=manager)

    assert client.post(url(LIST, "change", planned.pk), opened).status_code == 412


def test_a_programme_is_set_up_by_the_server_runner_alone(root, admin, region, sign_in):
    data = {
        "code": "qd-2025", "name": "扩大开放试点", "region": region.pk, "starts_on": "2025-04-01",
        "ends_on": "2028-03-31",
    }  # fmt: skip
    address = url("programmes_programme", "add")

    assert sign_in(admin).post(address, data).status_code == 403
    assert sign_in(root).post(address, data).status_code == 302
    assert Programme.objects.get(code="qd-2025").region == region


def test_settings_are_changed_by_those_who_run_it(admin, root, programme, sign_in):
    names = Programme.settings
    first = {name: getattr(programme, name) for name in names} | {"seen": seen(programme, *names)}

    for person, days in ((admin, 3), (root, 4)):
        row = Programme.objects.get(pk=programme.pk)
        data = first | {"review_days": days, "seen": seen(row, *names)}
        answer = sign_in(person).post(url("programmes_programme", "change", programme.pk), data)
        assert answer.status_code == 302
        assert Programme.objects.get(pk=programme.pk).review_days == days
