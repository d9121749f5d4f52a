"""The pages of rates, their rows, files and API: every number opens what it was counted from."""

import csv
import datetime
import io

import pytest
from django.db.models import Sum
from django.urls import reverse

from projects import rate_rows, workflow
from projects.actions import rates
from projects.models import Project, Rate
from projects.models.days import of_fen
from qdtrade.audit.models import Event
from qdtrade.workflow import perform
from tests import signings
from tests.signings import YI

TODAY = datetime.date(2021, 9, 24)


@pytest.fixture
def some(framed, sector, event, zone, carrier, manager):
    """Three of 18, 9 and 3亿元: the first has its framework agreement and 2亿元 in; the last has ended."""
    signings.enter(framed, 2 * YI, by=carrier)
    signings.project(sector, zone, by=manager, event=event, kind="service", planned_investment=9 * YI)
    last = signings.project(sector, zone, by=manager, planned_investment=3 * YI)
    perform(workflow.TERMINATE, last, by=manager, comment="Withdrew.", on=TODAY)
    return framed


def read(answer, code):
    return next(row for row in answer.context["rows"] if row.rate.code == code)


def lines(answer):
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(body)))


def test_the_page_prints_each_rate_with_its_division_its_day_and_its_version(some, manager, sign_in):
    answer = sign_in(manager).get(reverse("rate_list"))
    row, text = read(answer, "performance"), answer.content.decode()

    assert (row.count.value, row.count.division) == ("66.67\N{NO-BREAK SPACE}%", "2 ÷ 3")
    assert (row.amount.value, row.amount.division) == ("90.00\N{NO-BREAK SPACE}%", "27.00 ÷ 30.00 亿元")
    assert row.count.value in text and row.amount.division in text and row.version in text
    assert read(answer, "inflow").amount.value == "6.67\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize("code", ["production-chain", "ahead"])
def test_where_there_is_no_rate_a_dash_and_the_reason_stand(some, manager, sign_in, code):
    answer = sign_in(manager).get(reverse("rate_list"))
    said = read(answer, code).count

    assert said.value == "—"
    assert said.reason and said.reason in answer.content.decode()


def test_the_cohort_and_the_day_are_asked_for_by_the_address(some, event, manager, sign_in):
    client = sign_in(manager)

    def division(code="performance", **asked):
        return read(client.get(reverse("rate_list"), asked), code).count.division

    assert division(kind="service") == "1 ÷ 1"
    assert division(event=event.pk) == "2 ÷ 2"
    assert division(on="2021-09-23") == "3 ÷ 3"
    assert division(on="2021-09-03") == "0 ÷ 0"
    assert client.get(reverse("rate_list"), {"on": "2021-09-25"}).status_code == 400
    assert client.get(reverse("rate_list"), {"on": "soon"}).status_code == 400


def test_a_bureau_counts_what_it_carries(some, sector, market, manager, staff, sign_in):
    signings.project(sector, market, by=manager)

    answer = sign_in(staff).get(reverse("rate_list"))
    assert (read(answer, "performance").count.division, answer.context["is_whole"]) == ("1 ÷ 1", False)


def test_the_strip_at_the_foot_counts_the_rows_of_the_list(some, manager, sign_in):
    client = sign_in(manager)

    whole, service = (client.get(reverse("project_list"), asked) for asked in ({}, {"kind": "service"}))
    assert [row.rate.code for row in whole.context["foot"]] == ["contract", "registration", "start", "inflow"]
    assert whole.context["foot"][-1].amount.division == "2.00 ÷ 30.00 亿元"
    assert service.context["foot"][-1].amount.division == "0.00 ÷ 9.00 亿元"


def test_the_page_of_a_project_has_its_own_rates_and_those_of_its_batch(some, manager, sign_in):
    context = sign_in(manager).get(reverse("project", args=[some.pk])).context

    assert [row.rate.code for row in context["own_rates"]] == ["inflow", "ahead"]
    assert context["own_rates"][0].amount.division == "2.00 ÷ 18.00 亿元"
    assert [row.count.division for row in context["batch_rates"]] == ["0 ÷ 2", "0 ÷ 2", "0 ÷ 2"]


@pytest.mark.parametrize("code", [rate["code"] for rate in signings.FIRST_RATES])
def test_the_rows_behind_a_rate_add_up_to_it(some, code):
    rate, every = signings.rate(some.programme, code), Project.objects.all()
    found = signings.evaluated(some.programme, code)
    rows = rate_rows.rows(rate, every, TODAY)

    sums = rows.aggregate(over=Sum("over_fen", default=0), under=Sum("under_fen", default=0))
    assert (of_fen(sums["over"]), of_fen(sums["under"])) == (found.amount.over, found.amount.under)
    parts = [rate_rows.rows(rate, every, TODAY, part).count() for part in rate_rows.Part]
    assert sum(parts) == rows.count()
    assert found.count is None or [parts[0], rows.count()] == [found.count.over, found.count.under]


def test_the_page_of_a_rate_lists_them_and_links_each(some, manager, sign_in):
    url = reverse("rate", args=[signings.rate(some.programme, "inflow").pk])
    client = sign_in(manager)

    whole, over, rest = (client.get(url, {"part": part}) for part in ("", "numerator", "rest"))
    assert [len(answer.context["page"]) for answer in (whole, over, rest)] == [3, 1, 2]
    assert reverse("project", args=[some.pk]) in over.content.decode()
    assert client.get(url, {"part": "luck"}).status_code == 400


def test_an_older_version_says_that_it_holds_no_more(some, manager, sign_in):
    old = signings.rate(some.programme, "start")
    new = rates.new_version(
        old,
        {"exclusions": ["service"], "valid_from": TODAY},
        by=manager,
        reason="Service trade builds nothing.",
    )
    answer = sign_in(manager).get(reverse("rate", args=[old.pk]))

    assert answer.context["holds"] == new
    assert reverse("rate", args=[new.pk]) in answer.content.decode()
    assert "Service trade builds nothing." in answer.content.decode()


def test_rates_and_their_rows_leave_as_files_and_that_is_recorded(some, manager, sign_in):
    client = sign_in(manager)
    leaves = lines(client.get(reverse("rates_export"), {"on": "2021-09-24"}))
    one = signings.rate(some.programme, "performance")
    rows = lines(client.get(reverse("rate_export", args=[one.pk]), {"part": "numerator"}))

    performance = next(row for row in leaves if row[0] == "performance")
    assert performance[3:6] == ["66.67", "2", "3"]
    assert performance[6:9] == ["90.00", "2700000000.00", "3000000000.00"]
    assert len(rows) == 3
    assert Event.objects.filter(kind="export").count() == 2


def test_a_programme_without_signings_takes_the_usual_rates_by_a_button(programme, manager, sign_in):
    client = sign_in(manager)
    assert reverse("rates_begin") in client.get(reverse("rate_list")).content.decode()

    client.post(reverse("rates_begin"))
    assert Rate.objects.count() == len(signings.FIRST_RATES)
    assert len(client.get(reverse("rate_list")).context["rows"]) == len(signings.FIRST_RATES)


def test_programs_read_value_numerator_and_denominator_of_a_cohort_and_day(some, manager, api):
    client = api(manager)
    url = reverse("api:rate-list")
    found = {row["code"]: row for row in client.get(url).json()["results"]}
    earlier = client.get(url, {"on": "2021-09-23", "code": "performance"}).json()["results"]

    assert found["performance"]["count"] == {
        "value": "66.67", "numerator": "2.00", "denominator": "3.00", "less": None,
    }  # fmt: skip
    assert found["inflow"]["amount"]["numerator"] == "200000000.00"
    assert (found["production-chain"]["count"]["value"], bool(found["production-chain"]["why_none"])) == (
        None,
        True,
    )
    assert (found["ahead"]["count"], found["ahead"]["amount"]["value"][0]) == (None, "0")
    assert [(row["as_of"], row["count"]["value"]) for row in earlier] == [("2021-09-23", "100.00")]
    assert client.get(url, {"on": "2021-09-25"}).status_code == 400


def test_a_program_that_searches_a_rate_by_its_name_gets_it_over_the_whole_cohort(some, manager, api):
    (found,) = api(manager).get(reverse("api:rate-list"), {"search": "performance"}).json()["results"]

    assert (found["code"], found["count"]["denominator"]) == ("performance", "3.00")


def test_programs_read_every_version_where_they_ask(some, manager, api):
    old = signings.rate(some.programme, "start")
    later = datetime.date(2022, 1, 1)
    rates.new_version(old, {"at_foot": False, "valid_from": later}, by=manager, reason="Shown elsewhere.")
    client, url = api(manager), reverse("api:rate-list")

    versions = client.get(url, {"code": "start", "every_version": "true"}).json()["results"]
    assert [row["version"] for row in versions] == [2, 1]
    assert [row["version"] for row in client.get(url, {"code": "start"}).json()["results"]] == [1]
    assert client.get(versions[0]["url"]).json()["version"] == 2


def test_a_new_version_is_made_in_the_administration_and_the_old_row_stays(some, manager, sign_in):
    client, old = sign_in(manager), signings.rate(some.programme, "start")
    url = reverse("admin:projects_rate_change", args=[old.pk])
    form = client.get(url).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    typed |= {
        "exclusions": ["uncountable", "service"],
        "valid_from": "2021-09-24",
        "comment": "By the notice.",
    }
    answer = client.post(url, typed)

    new = signings.rate(some.programme, "start")
    assert (answer.status_code, new.version, new.reason) == (302, 2, "By the notice.")
    assert Rate.objects.get(pk=old.pk).exclusions == ["uncountable"]
    stale = client.post(url, typed)
    assert (stale.status_code, "By the notice." in stale.content.decode()) == (412, True)
    assert client.get(url).context["form"] is None
