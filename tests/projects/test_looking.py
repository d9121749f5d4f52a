"""The ways to look at the signings: gates, board, carriers and pictures; every figure opens exactly its rows."""

import csv
import datetime
import io
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from projects import workflow
from projects.models import ExpectedUpdate
from qdtrade.workflow import perform
from tests import signings
from tests.answers import leave
from tests.signings import YI

WAYS = ["project_list", "project_board", "project_carriers", "project_pictures"]


def text(answer):
    return answer.content.decode()


@pytest.fixture
def look(manager, sign_in):
    def get(name, **asked):
        answer = sign_in(manager).get(reverse(name), asked)
        assert answer.status_code == 200
        return answer

    return get


@pytest.fixture
def follow(manager, sign_in):
    """What a figure opens: the projects of the list that it leads to."""

    def open_(url):
        return {row.project for row in sign_in(manager).get(url).context["rows"]}

    return open_


@pytest.fixture
def other(sector, commerce, manager):
    """Of another carrier, 82亿元, planned to be contracted last summer, at no event."""
    plans = {"framework": datetime.date(2021, 9, 4), "contract": datetime.date(2021, 9, 20)}
    return signings.project(sector, commerce, by=manager, planned_investment=82 * YI, plans=plans)


@pytest.fixture
def left_out(sector, zone, manager):
    """Does not count in the figures."""
    return signings.project(sector, zone, by=manager, countable=False, uncountable_reason="Signed twice.")


@pytest.mark.parametrize("name", WAYS)
def test_the_gates_say_how_much_of_the_fixed_cohort_passed_them(framed, other, left_out, look, follow, name):
    gates = look(name).context["funnel"]

    first, second = gates["columns"][:2]
    assert (gates["whole"].count, gates["whole"].amount) == (2, 100 * YI)
    assert (first.tally.count, first.tally.amount, first.of_count, first.of_amount, first.long) == (
        1, 18 * YI, Decimal("50.00"), Decimal("18.00"), 180,
    )  # fmt: skip
    assert (second.tally.count, second.of_count, second.url) == (0, Decimal("0.00"), "")
    assert follow(first.url) == {framed}


def test_a_project_that_ends_stays_in_the_denominator(framed, other, manager, look):
    perform(workflow.TERMINATE, other, by=manager, comment="The investor withdrew.")

    gates = look("project_list").context["funnel"]
    assert (gates["whole"].count, gates["whole"].terminated) == (2, 1)
    assert gates["columns"][0].of_count == Decimal("50.00")


def test_what_became_of_a_project_narrows_no_denominator_but_the_event_does(framed, other, event, look):
    assert look("project_list", status="framework").context["funnel"]["whole"].count == 2
    assert look("project_list", event=event.pk).context["funnel"]["whole"].count == 1
    assert look("project_list", no_event="true").context["funnel"]["whole"].count == 1


@pytest.mark.parametrize("name", WAYS)
def test_without_signings_no_share_is_claimed(programme, look, name):
    page = look(name)

    assert page.context["funnel"]["columns"][0].of_count is None
    assert "0.00 %" not in text(page)
    assert "还没有登记签约项目" in text(page)
    assert "没有符合" in text(look(name, kind="service"))


def test_each_way_leads_to_the_others_with_the_same_filters(project, event, look):
    ways = look("project_board", event=event.pk, status="signed").context["ways"]

    assert [way.url.split("?")[0] for way in ways] == [reverse(name) for name in WAYS]
    assert all(f"event={event.pk}" in way.url and "status=signed" in way.url for way in ways)
    assert [way.current for way in ways] == [False, True, False, False]


def test_a_reviewer_is_led_from_the_list_to_what_waits_at_the_desk(
    proposed, carrier, manager, auditor, sign_in
):
    pages = [text(sign_in(person).get(reverse("project_list"))) for person in (manager, carrier, auditor)]

    assert ["去审核台确认1个" in page for page in pages] == [True, False, False]


# The board ---------------------------------------------------------------------------------------------------------


def test_each_stands_at_its_last_confirmed_gate_and_the_ended_come_last(framed, other, manager, look, follow):
    ended = perform(workflow.TERMINATE, other, by=manager, comment="The investor withdrew.")

    stands = {one.name: one for one in look("project_board").context["stands"]}
    assert [row.project for row in stands["framework"].cards] == [framed]
    assert [row.project for row in stands["ended"].cards] == [ended]
    assert list(stands)[-1] == "ended"
    assert "signed" not in stands
    assert follow(stands["ended"].url) == {ended}


def test_an_empty_gate_says_when_it_is_planned_for_at_the_earliest(project, other, look):
    stands = {one.name: one for one in look("project_board").context["stands"]}

    assert stands["contract"].tally.count == 0
    assert (stands["contract"].plan.first_on, stands["contract"].plan.count) == (
        datetime.date(2021, 9, 20),
        2,
    )


def test_a_group_shows_a_few_the_most_overdue_first_and_leads_to_all(sector, zone, manager, look):
    for number in range(14):
        signings.project(sector, zone, by=manager, planned_investment=(number + 1) * YI, plans={})
    late = signings.project(
        sector, zone, by=manager, planned_investment=YI, plans={"framework": datetime.date(2021, 9, 4)}
    )

    (stand, *_rest) = look("project_board").context["stands"]
    amounts = [row.project.planned_investment // YI for row in stand.cards]
    assert (stand.tally.count, len(stand.cards), stand.more) == (15, 12, 3)
    assert stand.cards[0].project == late
    assert amounts[1:] == list(range(14, 3, -1))


# By carrier --------------------------------------------------------------------------------------------------------


def figures(page, carrier=None):
    """The figures of a carrier by their words, or those of all."""
    cells = page.context["sums"]
    if carrier is not None:
        cells = dict(page.context["rows"])[carrier]
    return {str(cell.figure.label): cell for cell in cells}


@pytest.fixture
def filed(quarter, project, carrier):
    """The update of the project came in time."""
    row = ExpectedUpdate.objects.for_move().get(project=project)
    return perform(workflow.FILE, row, by=carrier, no_change=True, text="", next_on=None)


def test_a_carrier_is_read_by_what_it_promised_and_did(
    filed, framed, other, left_out, zone, carrier, look, follow
):
    signings.enter(framed, 2 * YI, by=carrier)

    page = look("project_carriers")
    row = figures(page, zone)
    assert [row[name].words for name in ("项目", "计划投资（亿元）", "到位（亿元）", "占计划")] == [
        "1", "18.00", "2.00", "11.11 %",
    ]  # fmt: skip
    assert (row["按时"].words, row["按时率"].words) == ("1", "100.00 %")
    assert follow(row["项目"].url) == follow(row["到位（亿元）"].url) == {framed}
    assert figures(page)["计划投资（亿元）"].words == "100.00"


def test_a_figure_of_updates_opens_exactly_those(filed, zone, look, manager, sign_in):
    cell = figures(look("project_carriers"), zone)["按时"]

    rows = sign_in(manager).get(cell.url).context["rows"]
    assert [row.pk for row in rows] == [filed.pk]


def test_the_table_by_carrier_leaves_as_a_file_with_the_same_figures(framed, other, zone, look):
    answer = look("project_carriers_export")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    leave(answer)

    assert [row[0] for row in rows[1:]] == ["青岛市商务局", zone.name]
    assert rows[2][1:4] == ["1", "0", "18.00"]


# Pictures ----------------------------------------------------------------------------------------------------------


def test_the_pictures_draw_what_the_database_counts(framed, other, carrier, look, follow):
    signings.enter(framed, 2 * YI, by=carrier, on=datetime.date(2021, 9, 20))
    page = look("project_pictures")

    counts, amounts, money = page.context["times"]
    assert [line.words for line in counts.desk.lines] == ["签约 2", "开工 0"]
    assert [line.words for line in amounts.desk.lines] == ["签约 100.00", "开工 0.00"]
    assert [line.words for line in money.desk.lines] == ["到位 2.00", "完成投资 0.00"]
    (span,) = page.context["spans"]
    assert (span.signed.count, span.came_in) == (2, 2 * YI)
    assert follow(span.signed_url) == {framed, other}
    assert follow(span.in_url) == {framed}


def test_each_bar_and_each_line_of_the_table_behind_it_opens_its_projects(framed, other, look, follow):
    sector, carrier, event = look("project_pictures").context["parts"]

    assert [(name, group.signed.count) for name, group, _url in sector.rows] == [("高端装备", 2)]
    assert [follow(url) for _name, _group, url in carrier.rows] == [{other}, {framed}]
    assert [follow(url) for _name, _group, url in event.rows] == [{other}, {framed}]
    assert [bar.url for bar in event.picture.desk.bars] == [url for _name, _group, url in event.rows]


def test_every_picture_has_a_name_and_says_in_words_what_it_shows(framed, other, look):
    drawings = re.findall(r"<svg class=\"chart (?:steps|bars).*?</svg>", text(look("project_pictures")), re.S)

    assert len(drawings) == 12
    for drawing in drawings:
        assert re.search(r"<title[^>]*>[^<]+</title>\s*<desc[^>]*>[^<]+</desc>", drawing)
        assert 'role="group"' in drawing
        assert " style=" not in drawing


def test_a_cohort_of_many_years_has_its_table_by_years(sector, zone, manager, look):
    for year in (2012, 2021):
        signings.project(sector, zone, by=manager, signed_on=datetime.date(year, 9, 4), plans={})

    page = look("project_pictures")
    assert [span.label for span in page.context["spans"]] == ["2021", "2012"]


def test_gates_and_sums_of_the_same_months_are_found_by_the_list(framed, other, carrier, look):
    signings.enter(framed, 2 * YI, by=carrier, on=datetime.date(2021, 9, 20))

    def found(**asked):
        return {row.project for row in look("project_list", **asked).context["rows"]}

    assert found(passed="framework", passed_from="2021-09-01", passed_to="2021-09-30") == {framed}
    assert found(passed="framework", passed_from="2021-10-01") == set()
    assert found(money="in", money_from="2021-09-20", money_to="2021-09-20") == {framed}
    assert found(money="paid") == set()
    assert found(ended="false") == {framed, other}


# The money of one --------------------------------------------------------------------------------------------------


def test_the_money_of_a_project_is_drawn_below_what_its_contract_promises(framed, carrier, manager, sign_in):
    page = sign_in(manager).get(reverse("project", args=[framed.pk]))
    assert [line.words for line in page.context["money_picture"].desk.lines] == [
        "合同到位资金 5.00",
        "到位 0.00",
    ]

    signings.enter(framed, 2 * YI, by=carrier)
    signings.enter(framed, YI, by=carrier, kind="invested")
    page = sign_in(manager).get(reverse("project", args=[framed.pk]))
    assert [(line.kind, line.words) for line in page.context["money_picture"].desk.lines] == [
        ("plan", "合同到位资金 5.00"),
        ("actual", "到位 2.00"),
        ("dotted", "完成投资 1.00"),
    ]


def test_a_filter_that_makes_no_sense_is_named(project, manager, sign_in):
    for name in WAYS[1:]:
        answer = sign_in(manager).get(reverse(name), {"sector": "x"})
        assert (answer.status_code, "sector" in text(answer)) == (400, True)


def test_a_carrier_sees_its_own_figures_alone(framed, other, carrier, sign_in):
    for name in WAYS:
        page = sign_in(carrier).get(reverse(name))
        assert page.context["funnel"]["whole"].amount == 18 * YI
    assert [
        bureau.short_name for bureau, _cells in sign_in(carrier).get(reverse(WAYS[2])).context["rows"]
    ] == ["上合示范区"]
