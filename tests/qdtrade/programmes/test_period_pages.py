"""The pages of reporting periods and of a programme's settings."""

import datetime

import pytest
from django.contrib.messages import get_messages

from qdtrade import clock
from qdtrade.programmes.models import Programme, WorkingDay
from qdtrade.programmes.reviewers import without_reviewer
from tests import factories


@pytest.fixture
def browser(in_english, manager):
    return in_english(manager)


@pytest.fixture
def planned(programme, manager):
    return factories.planned_period(programme, by=manager, month=10)


def rows(answer):
    return [row for row, _moves in answer.context["rows"]]


def moves(answer, period):
    return [move.name for row, offers in answer.context["rows"] for move in offers if row.period == period]


def dates(period, **changed):
    return {name: getattr(period, name).isoformat() for name in period.dates} | changed


def test_a_running_period_shows_what_is_filed_and_what_is_owed(submitted, browser):
    row = rows(browser.get("/periods/"))[0]

    assert (row.counts["expected"], row.counts["filed"], row.counts["due"]) == (1, 1, 0)
    assert row.on_time_rate is None


def test_a_closed_period_shows_its_rate_on_time(submitted, manager, browser):
    factories.close_period(submitted.period, by=manager)

    assert rows(browser.get("/periods/"))[0].on_time_rate == 100


def test_a_rate_without_a_denominator_is_a_dash(programme, manager, browser):
    factories.close_period(factories.open_period(programme, by=manager), by=manager)

    assert rows(browser.get("/periods/"))[0].on_time_rate is None
    assert '<span title="Nothing is owed.">—</span>' in browser.get("/periods/").content.decode()


def test_the_strip_shows_opening_due_date_and_grace(period, browser):
    strip = rows(browser.get("/periods/"))[0].strip

    assert [day.phase for day in strip].count("open") == (period.due_on - period.opens_on).days + 1
    assert strip[period.due_on.day - 1].due
    assert strip[23].today


def test_holidays_and_working_weekends_are_told_apart(period, browser):
    WorkingDay.objects.create(day=datetime.date(2021, 9, 21), is_working=False, name="Mid-Autumn")
    WorkingDay.objects.create(day=datetime.date(2021, 9, 18), is_working=True, name="Mid-Autumn")

    strip = rows(browser.get("/periods/"))[0].strip

    assert [strip[number].kind for number in (20, 17, 18, 21)] == ["holiday", "makeup", "weekend", "work"]


def test_a_year_without_holidays_says_so(period, browser):
    assert "have not been entered" in browser.get("/periods/").content.decode()


def test_the_moves_of_a_period_are_those_of_its_state(period, planned, browser):
    answer = browser.get("/periods/")

    assert moves(answer, period) == ["enter_grace", "close"]
    assert moves(answer, planned) == ["open"]


def test_an_auditor_is_offered_nothing(period, planned, auditor, sign_in):
    answer = sign_in(auditor).get("/periods/")

    assert moves(answer, period) == []
    assert not answer.context["may_plan"]


def test_a_reviewer_opens_a_period_by_hand_with_a_reason(task, planned, browser):
    browser.post(
        f"/periods/{planned.pk}/open/", {"comment": "The timer stands still.", "version": planned.version}
    )

    planned.refresh_from_db()
    assert planned.status == "open"
    assert planned.expectedreports.count() == 1


def test_opening_by_hand_asks_for_a_reason(planned, browser):
    assert browser.post(f"/periods/{planned.pk}/open/").status_code == 400


def test_opening_warns_of_bureaus_that_nobody_may_review(planned, manager, programme, office, browser):
    factories.member("clerk", programme, "staff", office)

    answer = browser.post(f"/periods/{planned.pk}/open/", {"comment": "By hand."})

    assert any("试点办" in str(message) for message in get_messages(answer.wsgi_request))


def test_a_second_reviewer_from_elsewhere_is_enough(programme, manager, manager2, office):
    factories.member("clerk", programme, "staff", office)

    assert without_reviewer(programme) == []


def test_freezing_is_refused_before_the_grace_is_over(period, manager, browser):
    closed = factories.close_period(period, by=manager)

    offer = next(offers for row, offers in browser.get("/periods/").context["rows"] if row.period == closed)[
        0
    ]

    assert (offer.name, offer.open) == ("freeze", False)
    assert "30 Sep" in offer.reason


def test_frozen_figures_are_read_as_they_were_kept(submitted, manager, browser):
    closed = factories.close_period(submitted.period, by=manager)
    with clock.at(datetime.datetime(2021, 10, 8, 9, 0, tzinfo=clock.BEIJING)):
        browser.post(f"/periods/{closed.pk}/freeze/")

        answer = browser.get("/periods/")

    assert rows(answer)[0].counts["on_time"] == 1
    assert browser.get(f"/periods/{closed.pk}/").context["kept"]


def test_missing_months_are_made_by_the_rule_all_at_once(planned, programme, browser):
    browser.post("/periods/plan/", {"year": "2021"})

    assert programme.periods.filter(starts_on__year=2021).count() == 12


def test_a_year_outside_the_programme_cannot_be_planned(browser):
    assert browser.post("/periods/plan/", {"year": "2031"}).status_code == 404


def test_dates_change_until_the_period_opens(planned, browser):
    browser.post(f"/periods/{planned.pk}/edit/", dates(planned, due_on="2021-10-28"))

    planned.refresh_from_db()
    assert planned.due_on == datetime.date(2021, 10, 28)


def test_dates_out_of_order_are_named_fields(planned, browser):
    answer = browser.post(f"/periods/{planned.pk}/edit/", dates(planned, grace_on="2021-10-20"))

    assert answer.status_code == 400
    assert "grace_on" in answer.context["form"].errors


def test_an_open_periods_dates_are_fixed(period, browser):
    answer = browser.post(f"/periods/{period.pk}/edit/", dates(period, due_on="2021-09-29"))

    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("person", "status"), [("manager", 302), ("admin", 302), ("auditor", 403), ("staff", 403)]
)
def test_settings_are_changed_by_those_who_run_the_programme(programme, sign_in, request, person, status):
    fields = {name: getattr(programme, name) for name in Programme.settings} | {"review_days": 5}

    answer = sign_in(request.getfixturevalue(person)).post("/programme/edit/", fields)

    assert answer.status_code == status
    assert (Programme.objects.get().review_days == 5) == (status == 302)


def test_impossible_settings_are_named_fields(programme, browser):
    fields = {name: getattr(programme, name) for name in Programme.settings} | {"opens_day": 31}

    answer = browser.post("/programme/edit/", fields)

    assert answer.status_code == 400


def test_the_period_of_another_programme_is_not_found(period, stranger, sign_in):
    assert sign_in(stranger).post(f"/periods/{period.pk}/close/", {"comment": "x"}).status_code == 404
