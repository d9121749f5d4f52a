"""The responsibility page: who leads and holds how much, each figure with its rows, and the chain below each lead."""

import pytest

from qdtrade.accounts.models import User
from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import ExpectedPart
from tasks.views.responsibility_cells import LED, shown
from tests import factories, lit
from tests.answers import leave

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(region):
    return factories.bureau("jz", "胶州市人民政府", "胶州市", parent=region, kind="district")


@pytest.fixture
def chain(task, commerce, district, programme, staff, neighbour, manager):
    """A part of the neighbour's, one of a district below it, both accepted, and one that nobody has signed for."""
    villager = factories.member("villager", programme, "staff", district)
    part = factories.part_of(task, commerce, by=staff, accepted_by=neighbour)
    below = factories.part_of(task, district, by=neighbour, accepted_by=villager, under=part)
    factories.give(task, district, by=staff, what="Given only")
    factories.file_part(
        ExpectedPart.objects.for_move().get(part=below, period=factories.open_period(programme, by=manager)),
        by=villager,
    )
    return part


def figures(page):
    """The figures of each bureau that are not 0, by its short name."""
    return {
        line.bureau.short_name: {cell.heading.name: cell.value for cell in cells if cell.value}
        for line, cells in page.context["rows"]
    }


def test_the_matrix_counts_what_each_bureau_leads_and_holds(chain, manager, sign_in):
    lit.keep(chain.task, "red", by=manager)

    page = sign_in(manager).get("/responsibility/")

    assert figures(page) == {
        "市市场监管局": {"led": 1, "led_red": 1, "not_reported": 1},
        "市商务局": {"held": 1, "held_red": 1, "not_filed": 1},
        "胶州市": {"held": 2, "held_red": 2, "given": 1},
    }
    assert {cell.heading.name: cell.value for cell in page.context["sums"] if cell.value} == {
        "led": 1, "led_red": 1, "not_reported": 1, "held": 3, "held_red": 3, "given": 1, "not_filed": 1,
    }  # fmt: skip


@pytest.fixture
def lights(chain, field, market, commerce, manager, staff, neighbour):
    """Tasks of each light with a part each."""
    for level in ("red", "red", "red", "yellow", "green", "blue", "grey"):
        task = factories.accepted_task(field, market, by=manager, accepted_by=staff)
        factories.part_of(task, commerce, by=staff, accepted_by=neighbour)
        lit.keep(task, level, by=manager)
    return chain


def opened(browser, cells):
    """What each count says, and how many rows its list has."""
    return [
        (cell.heading.name, cell.value, browser.get(cell.url).context["page"].paginator.count)
        for cell in cells
        if cell.url
    ]


def in_chain(counts):
    cells = [counts.tasks, counts.parts, counts.signed, counts.filed, counts.owed, *counts.lights]
    return [cell for cell in cells if cell is not None]


WHO = ["manager", "auditor", "admin", "staff", "head", "neighbour", "villager"]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("query", ["", "?field={field}"])
def test_each_figure_opens_exactly_its_rows(lights, field, who, query, request, sign_in):
    person = User.objects.get(username="villager") if who == "villager" else request.getfixturevalue(who)
    browser = sign_in(person)
    page = browser.get("/responsibility/" + query.format(field=field.pk))
    cells = [cell for _line, line in page.context["rows"] for cell in line] + page.context["sums"]

    found = opened(browser, cells)

    assert found
    assert [one for one in found if one[1] != one[2]] == []


@pytest.mark.parametrize("who", WHO)
def test_each_figure_of_the_chain_opens_exactly_its_rows(lights, who, request, sign_in):
    person = User.objects.get(username="villager") if who == "villager" else request.getfixturevalue(who)
    browser = sign_in(person)
    page = browser.get("/responsibility/?open=all")
    counts = [page.context["chain_sum"], *(step.counts for step in page.context["steps"])]

    found = opened(browser, [cell for one in counts for cell in in_chain(one)])

    assert found
    assert [one for one in found if one[1] != one[2]] == []


def test_the_bureau_with_most_red_stands_first(lights, manager, sign_in):
    page = sign_in(manager).get("/responsibility/")

    assert [line.bureau.short_name for line, _cells in page.context["rows"]] == [
        "市市场监管局",
        "市商务局",
        "胶州市",
    ]


def test_many_of_a_light_are_tinted_strongly_and_sums_never(lights, manager, sign_in):
    page = sign_in(manager).get("/responsibility/")

    first = {cell.heading.name: cell.tint for cell in page.context["rows"][0][1]}
    assert (first["led_red"], first["led_yellow"], first["led"]) == (
        "heat-red heat-strong",
        "heat-yellow",
        "",
    )
    assert {cell.tint for cell in page.context["sums"]} == {""}


@pytest.mark.parametrize(("totals", "stands"), [({"led_none": 2}, True), ({"led": 2}, False)])
def test_a_column_for_no_light_stands_only_where_something_has_none(totals, stands):
    assert ("led_none" in [one.name for one in shown(LED, totals)]) is stands


def test_the_chain_leads_from_the_lead_to_bureaus_and_districts(chain, manager, market, sign_in):
    page = sign_in(manager).get("/responsibility/", {"open": market.pk})

    steps = [(step.branch.level, step.branch.bureau.short_name) for step in page.context["steps"]]
    assert steps == [(1, "市市场监管局"), (2, "市商务局"), (3, "胶州市"), (2, "胶州市")]
    first = page.context["steps"][0].counts
    assert [cell.value for cell in in_chain(first)] == [1, 3, 2, 1, 2, 1]
    assert page.context["one"]["task"] == chain.task


def test_a_bureau_sees_its_own_part_of_the_chain(chain, neighbour, field, commerce, market, manager, sign_in):
    factories.task(field, market, by=manager)

    page = sign_in(neighbour).get("/responsibility/")

    assert page.context["totals"]["led"] == 1


def test_what_was_ended_leaves_the_chain_and_stays_in_the_matrix(chain, manager, staff, sign_in):
    given = chain.task.parts.get(status="given")
    perform(workflow.END_PART, given, by=staff, comment="No longer needed.")

    page = sign_in(manager).get("/responsibility/", {"open": "all"})

    assert page.context["chain_sum"].parts.value == 2
    assert page.context["totals"]["held"] == 3


@pytest.mark.parametrize("query", [{"kind": "district"}, {"open": "x"}, {"task": "999"}, {"page": "9"}])
def test_odd_addresses_still_show_the_page(chain, manager, sign_in, query):
    assert sign_in(manager).get("/responsibility/", query).status_code == 200


def test_the_matrix_leaves_as_it_is_shown(chain, manager, sign_in):
    answer = sign_in(manager).get("/responsibility/export/")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    leave(answer)

    assert [line.split(",")[0] for line in lines[1:]] == [
        "青岛市市场监督管理局",
        "青岛市商务局",
        "胶州市人民政府",
    ]


def test_before_anything_is_given_it_says_so(manager, sign_in):
    page = sign_in(manager).get("/responsibility/")

    assert page.status_code == 200
    assert page.context["one"] == {}
