"""What carriers owe each period on their projects."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from projects import workflow
from projects.ledger import LEDGER
from projects.models import ExpectedUpdate
from qdtrade import clock
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes.actions import exempt, grant_exception
from qdtrade.programmes.ledgers import counts_of
from qdtrade.workflow import perform
from tests import factories, signings


def update():
    return ExpectedUpdate.objects.for_list().get()


def test_a_quarter_that_opens_owes_an_update_of_each_project_and_no_report_of_tasks(quarter, task):
    row = update()

    assert (row.bureau.code, row.period, row.status) == ("sco", quarter, "not_filed")
    assert not task.expected_reports.exists()


def test_a_month_that_opens_owes_none(project, period):
    assert not ExpectedUpdate.objects.exists()


@pytest.mark.moves("ExpectedUpdate.file")
def test_a_carrier_files_what_is_new_and_the_next_gate_has_a_forecast(quarter, project, carrier):
    day = datetime.date(2022, 2, 28)
    row = perform(workflow.FILE, update(), by=carrier, text="The site is chosen.", next_on=day)

    gate = signings.gate(project, "framework")
    assert (row.status, row.filed_by, row.first_submitted_on) == (
        "filed",
        carrier,
        datetime.date(2021, 9, 24),
    )
    assert (gate.forecast_on, gate.plan_on) == (day, datetime.date(2021, 9, 4))


def test_no_change_needs_no_words_and_counts_as_filed_on_time(quarter, carrier):
    perform(workflow.FILE, update(), by=carrier, no_change=True)

    line = counts_of(LEDGER, ExpectedUpdate.objects.all(), [quarter])[quarter.pk]
    assert (line["expected"], line["on_time"], line["no_change"]) == (1, 1, 1)


def test_what_was_filed_is_revised_while_the_form_is_open_and_keeps_its_first_day(quarter, carrier):
    perform(workflow.FILE, update(), by=carrier, text="The site is chosen.")
    with clock.at(clock.start_of(datetime.date(2021, 9, 26))):
        row = perform(workflow.FILE, update(), by=carrier, text="The site is bought.")

    assert (row.text, row.first_submitted_on) == ("The site is bought.", datetime.date(2021, 9, 24))


def test_saying_nothing_is_refused_by_the_name_of_the_field(quarter, carrier):
    with pytest.raises(ValidationError) as refused:
        perform(workflow.FILE, update(), by=carrier)

    assert set(refused.value.error_dict) == {"text"}


@pytest.mark.parametrize("name", ["neighbour", "manager", "auditor", "admin"])
def test_filing_is_the_carriers_business(quarter, name, request):
    with pytest.raises(NotAllowed):
        perform(workflow.FILE, update(), by=request.getfixturevalue(name), no_change=True)


def test_after_the_form_closed_only_an_exception_opens_it(quarter, carrier, manager):
    with clock.at(clock.start_of(datetime.date(2021, 10, 20))):
        with pytest.raises(WrongState):
            perform(workflow.FILE, update(), by=carrier, no_change=True)
        grant_exception(update(), by=manager, until=datetime.date(2021, 10, 22), reason="The fair.")
        assert perform(workflow.FILE, update(), by=carrier, no_change=True).status == "filed"


def test_an_exempt_row_takes_nothing(quarter, carrier, manager):
    exempt(update(), by=manager, reason="Registered this week.")

    with pytest.raises(WrongState):
        perform(workflow.FILE, update(), by=carrier, no_change=True)


def test_a_project_registered_after_the_opening_owes_from_the_next_period(quarter, sector, zone, manager):
    signings.project(sector, zone, by=manager)

    assert ExpectedUpdate.objects.count() == 1


def test_the_office_files_for_a_carrier_without_an_account(programme, sector, finance, manager):
    signings.project(sector, finance, by=manager)
    signings.open_quarter(programme, by=manager)

    assert perform(workflow.FILE, update(), by=manager, no_change=True).filed_by == manager


def test_a_head_of_the_carrier_files_too(quarter, programme, zone):
    head = factories.member("zonehead", programme, "head", zone)

    assert perform(workflow.FILE, update(), by=head, no_change=True).status == "filed"


def test_the_page_of_a_quarter_counts_updates_by_carrier_and_sector(quarter, carrier, manager, sign_in):
    perform(workflow.FILE, update(), by=carrier, text="Trial production.")

    answer = sign_in(manager).get(reverse("period", args=[quarter.pk]))

    (_ledger, tables) = answer.context["ledgers"][0]
    assert [[row.name for row in table.rows] for table in tables] == [["上合示范区"], ["高端装备"]]
    filed = next(figure for figure in tables[1].rows[0].figures if figure.column.name == "filed")
    assert [row.pk for row in sign_in(manager).get(filed.url).context["rows"]] == [update().pk]
