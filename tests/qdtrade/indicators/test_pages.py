"""The list, the page of an indicator, the forms, the review desk and the tiles."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from qdtrade import clock
from qdtrade.indicators.actions import indicators
from qdtrade.indicators.models import Indicator, Reading
from qdtrade.indicators.tiles import tiles
from tests import indicating

SAID = {"period": "2021年8月", "on": "2021-08-31", "qualifier": "about", "source": "统计表"}


def words(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_list_shows_the_newest_reading_with_its_qualifier_and_mark(scenarios, staff, manager, sign_in):
    said = {"period": "试点一年", "on": datetime.date(2021, 8, 1), "qualifier": "more_than"}
    indicating.approved(scenarios, by=staff, approved_by=manager, value=Decimal(120000), **said)
    indicating.target(scenarios, by=manager, value=150000, is_sample=True)

    page = words(sign_in(staff).get(reverse("indicator_list")))

    assert '<span class="said-qualifier">超过</span> <b class="said-figure">12</b>' in page
    assert 'class="source"' in page and "至多还差3万个" in page and 'class="sample"' in page


def test_an_unapproved_reading_is_in_no_list(waiting, neighbour, sign_in):
    page = words(sign_in(neighbour).get(reverse("indicator_list")))

    assert "28.6" not in page and "还没有已通过的指标值" in page


def test_the_page_draws_readings_baseline_and_target_and_has_the_table_behind(
    scenarios, staff, manager, sign_in
):
    for month, value in ((3, 60000), (6, 90000)):
        said = {"period": f"2021年{month}月", "on": datetime.date(2021, month, 28)}
        indicating.approved(scenarios, by=staff, approved_by=manager, value=Decimal(value), **said)
    start = datetime.date(2020, 8, 2)
    indicating.target(scenarios, by=manager, kind="baseline", period="试点开始", on=start, value=0)
    indicating.target(scenarios, by=manager, value=150000)

    page = words(sign_in(staff).get(reverse("indicator", args=[scenarios.pk])))

    assert (
        '<desc id="readings-desk-desc">2021年3月 6万个、2021年6月 9万个、基期 0万个、目标 15万个</desc>'
        in page
    )
    assert page.count('class="dot"') == 4 and 'class="plan"' in page and 'class="dotted"' in page
    assert '<table class="table cards readings">' in page


def test_staff_submit_a_reading_by_the_form(scenarios, staff, sign_in):
    answer = sign_in(staff).post(
        reverse("reading_submit", args=[scenarios.pk]), SAID | {"value": "12.5万", "note": ""}
    )

    assert answer.status_code == 302
    row = Reading.objects.get()
    assert (row.value, row.qualifier, row.status) == (125000, "about", "submitted")


@pytest.mark.parametrize("value", ["", "许多", "12亩", "1" * 30, "1.23456"])
def test_a_refused_form_keeps_what_was_typed(scenarios, staff, sign_in, value):
    url = reverse("reading_submit", args=[scenarios.pk])
    answer = sign_in(staff).post(url, SAID | {"value": value})

    assert answer.status_code == 400 and "2021年8月" in answer.content.decode()
    assert not Reading.objects.exists()


def test_a_correction_by_the_form_stands_beside_the_approved_one(approved, staff, sign_in):
    url = reverse("reading_correct", args=[approved.pk])
    given = SAID | {"value": "27.9", "reason": "统计局修订", "on": "2021-06-30"}

    assert sign_in(staff).get(url).status_code == 200
    assert sign_in(staff).post(url, given).status_code == 302

    new = Reading.objects.get(corrects=approved)
    assert (new.period, new.value, new.reason) == (approved.period, Decimal("27.9"), "统计局修订")
    page = words(sign_in(staff).get(reverse("indicator", args=[approved.indicator_id])))
    assert "更正前值：统计局修订" in page


def test_a_returned_reading_is_submitted_again_by_the_form(waiting, manager, staff, sign_in):
    office = sign_in(manager)
    office.post(reverse("reading_move", args=[waiting.pk, "return"]), {"comment": "请附表"})
    url = reverse("reading_again", args=[waiting.pk])

    assert "请附表" in words(sign_in(staff).get(url))
    assert sign_in(staff).post(url, SAID | {"value": "28.7"}).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.status, waiting.value, waiting.period) == ("submitted", Decimal("28.7"), "2021年8月")


def test_a_reading_is_decided_at_the_desk(waiting, manager, sign_in):
    office = sign_in(manager)
    page = words(office.get(reverse("desk_item", args=[waiting.pk, "reading"])))
    assert "28.6" in page and "服务贸易进出口同比" in page

    office.post(reverse("reading_move", args=[waiting.pk, "approve"]), {"version": waiting.version})
    waiting.refresh_from_db()
    assert waiting.status == "approved"


def test_the_desk_lists_it_among_what_waits(waiting, manager, sign_in):
    page = words(sign_in(manager).get(reverse("desk"), {"kind": "reading"}))

    assert "服务贸易进出口同比" in page


def test_an_ended_indicator_takes_no_reading_and_leaves_the_tiles(growth, programme, staff, admin, sign_in):
    indicators.end_indicator(growth, by=admin, reason="口径取消")

    page = words(sign_in(staff).get(reverse("indicator", args=[growth.pk])))
    assert "口径取消" in page and reverse("reading_submit", args=[growth.pk]) not in page
    assert tiles(staff, programme) == []
    answer = sign_in(staff).post(reverse("reading_submit", args=[growth.pk]), SAID | {"value": "1"})
    assert answer.status_code == 409


def test_tiles_cost_two_queries_whatever_their_number(
    programme, market, manager, staff, approved, django_assert_num_queries
):
    for number in range(2, 12):
        indicating.indicator(programme, market, by=manager, code=f"ZB-{number:02}", position=number)
    staff.forget()
    tiles(staff, programme)

    with django_assert_num_queries(2):
        found = tiles(staff, programme)
    assert len(found) == 8
    first = next(tile for tile in found if tile.figure)
    assert (first.figure, first.unit, first.when, first.is_press) == ("28.6", "%", indicating.HALF, True)


def test_the_menu_has_the_indicators_and_asks_nothing_for_them(growth, staff, sign_in):
    page = words(sign_in(staff).get(reverse("my_work")))

    assert reverse("indicator_list") in page


def test_the_page_of_the_past_shows_what_was_in_force_then(growth, moment, staff, manager, sign_in):
    row = indicating.reading(growth, by=staff)
    with clock.at(moment + datetime.timedelta(hours=3)):
        sign_in(manager).post(reverse("reading_move", args=[row.pk, "approve"]))
    url = reverse("indicator_list")
    with clock.at(moment + datetime.timedelta(days=3)):
        browser = sign_in(staff)
        before = words(browser.get(url, {"as_of": "2021-09-24T11:00"}))
        after = words(browser.get(url, {"as_of": "2021-09-25"}))

    assert "28.6" not in before
    assert "28.6" in after


def test_an_administrator_defines_an_indicator_and_its_target(programme, market, admin, sign_in):
    browser = sign_in(admin)
    given = {
        "code": "ZB-09", "name": "服务外包执行额", "form": "figure", "unit": "元", "scale": "100000000",
        "decimals": "2", "direction": "up", "formula": "当年累计", "owner": market.pk, "position": "9",
    }  # fmt: skip
    assert browser.post(reverse("admin:indicators_indicator_add"), given).status_code == 302

    row = Indicator.objects.get()
    aim = {
        "indicator": row.pk,
        "kind": "target",
        "period": "2021年",
        "on": "2021-12-31",
        "value": "5000000000",
    }
    assert browser.post(reverse("admin:indicators_indicatortarget_add"), aim).status_code == 302
    assert row.targets.get().value == 5_000_000_000
