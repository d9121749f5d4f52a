"""The page of a period: rates by bureau and field, each figure with exactly the rows behind it."""

import re
from html import unescape

import pytest

from qdtrade import clock
from qdtrade.programmes import actions
from qdtrade.programmes import workflow as periods
from qdtrade.workflow import perform
from tests import factories


@pytest.fixture
def two(field, market, commerce, manager, staff, neighbour, task, programme):
    """A period in which the market bureau was sent back once, and commerce owes two and is excused from one."""
    for _number in range(2):
        factories.accepted_task(field, commerce, by=manager, accepted_by=neighbour)
    period = factories.open_period(programme, by=manager)
    factories.send_back(factories.submit(factories.report_of(task, period), by=staff), by=manager)
    excused = period.expectedreports.filter(bureau=commerce).order_by("pk").first()
    actions.exempt(excused, by=manager, reason="Not begun.")
    return period


def page_of(client, period):
    return client.get(f"/periods/{period.pk}/", headers={"accept-language": "en"})


def lines(answer, by):
    _ledger, tables = answer.context["ledgers"][0]
    table = tables[["bureau", "field"].index(by)]
    return {row.name: {figure.column.name: figure.value for figure in row.figures} for row in table.rows}


def test_each_bureau_has_its_own_counts(two, sign_in, manager):
    found = lines(page_of(sign_in(manager), two), "bureau")

    assert (
        found["市市场监管局"] | {"expected": 1, "filed": 1, "sent_back": 1, "due": 0} == found["市市场监管局"]
    )
    assert found["市商务局"] | {"expected": 2, "exempt": 1, "filed": 0, "due": 1} == found["市商务局"]


def test_rates_divide_by_what_is_owed(two, sign_in, manager):
    _ledger, tables = page_of(sign_in(manager), two).context["ledgers"][0]

    found = {rate.name: (str(value), division) for rate, value, division in tables[0].total.rates}
    assert found == {
        "coverage": ("50.0", "1 ÷ 2"),
        "timeliness": ("50.0", "1 ÷ 2"),
        "returned": ("100.0", "1 ÷ 1"),
    }


@pytest.mark.parametrize("who", ["manager", "auditor", "staff", "neighbour"])
def test_every_figure_opens_as_many_rows_as_it_says(two, sign_in, who, request):
    client = sign_in(request.getfixturevalue(who))
    found = re.findall(r'class="opens" href="([^"]+)">(\d+)<', page_of(client, two).content.decode())

    opened = [client.get(unescape(url)).context["page"].paginator.count for url, _count in found]
    assert opened == [int(count) for _url, count in found]
    assert opened


def test_a_frozen_period_keeps_its_figures_by_bureau_and_field(two, sign_in, manager, auditor):
    closed = factories.close_period(two, by=manager)
    with clock.at(closed.closes_at):
        perform(periods.FREEZE_PERIOD, closed, by=manager)
    before = lines(page_of(sign_in(auditor), two), "bureau")
    type(two).objects.get(pk=two.pk).expectedreports.update(first_submitted_at=None, first_submitted_on=None)

    assert lines(page_of(sign_in(auditor), two), "bureau") == before


def test_exceptions_are_given_to_what_is_ticked_and_taken_back(two, sign_in, manager):
    client = sign_in(manager)
    owed = two.expectedreports.get(bureau__short_name="市商务局", exempt_reason="")
    given = {"row": [owed.pk], "what": "exception", "until": "2021-10-08", "reason": "Signature abroad."}

    client.post(f"/periods/{two.pk}/exceptions/", given)
    owed.refresh_from_db()
    assert owed.exception_until.isoformat() == "2021-10-08"

    client.post(f"/exceptions/{owed.pk}/withdraw/", {"reason": "Came in."})
    owed.refresh_from_db()
    assert owed.exception_until is None


def test_a_whole_bureau_is_exempted_at_once(two, sign_in, manager, commerce):
    url = f"/periods/{two.pk}/exceptions/?bureau={commerce.pk}"

    sign_in(manager).post(url, {"all": "1", "what": "exempt", "reason": "Office moves."})

    assert set(two.expectedreports.filter(bureau=commerce).values_list("exempt_reason", flat=True)) == {
        "Office moves."
    }


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({"what": "exception", "reason": "Late."}, "until"),
        ({"what": "exempt", "reason": " "}, "reason"),
        ({"what": "exempt", "reason": "Why."}, "__all__"),
    ],
)
def test_what_is_missing_is_named_and_nothing_given(two, sign_in, manager, data, named):
    answer = sign_in(manager).post(f"/periods/{two.pk}/exceptions/", data)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [named]


def test_an_exemption_taken_back_is_owed_again(two, sign_in, manager):
    excused = two.expectedreports.exclude(exempt_reason="").get()

    sign_in(manager).post(f"/exceptions/{excused.pk}/withdraw/", {"reason": "Begun."})

    excused.refresh_from_db()
    assert excused.exempt_reason == ""


def test_the_year_is_made_by_the_rule_of_the_form(programme, sign_in, manager):
    rule = {"year": "2022", "kind": "quarter", "opens_day": "20", "due_working_day": "2", "grace_days": "1"}

    sign_in(manager).post("/periods/plan/", rule)

    assert [str(one.due_on) for one in programme.periods.order_by("starts_on")] == [
        "2022-03-30", "2022-06-29", "2022-09-29", "2022-12-29",
    ]  # fmt: skip


def test_a_period_of_another_kind_asks_nothing_of_tasks(task, programme, sign_in, manager):
    sign_in(manager).post("/periods/plan/", {"year": "2021", "kind": "quarter"})
    quarter = programme.periods.get(kind="quarter", starts_on="2021-07-01")

    perform(periods.OPEN_PERIOD, quarter, by=manager, comment="By hand.")

    assert not quarter.expectedreports.exists()
