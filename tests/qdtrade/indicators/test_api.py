"""Indicators and readings for programs."""

from decimal import Decimal

import pytest

from qdtrade.indicators.models import Indicator, Reading
from tests import indicating

NEW = {"period": "2021年8月", "on": "2021-08-31", "value": "0", "source": "统计表", "qualifier": "about"}
READINGS, INDICATORS = "/api/v1/readings/", "/api/v1/indicators/"


def test_an_indicator_names_its_newest_reading_and_its_targets(approved, manager, neighbour, api):
    indicating.target(approved.indicator, by=manager)

    (row,) = api(neighbour).get(INDICATORS).json()["results"]

    assert (row["code"], row["newest"]["value"], row["newest"]["said"]) == ("ZB-01", "28.6000", "28.6 %")
    assert [(one["kind"], one["value"]) for one in row["targets"]] == [("target", "20.0000")]


def test_a_reading_is_submitted_approved_and_reopened(growth, staff, manager, api):
    made = api(staff).post(READINGS, NEW | {"indicator": growth.pk}, format="json")
    assert (made.status_code, made.json()["value"], made.json()["in_force"]) == (201, "0.0000", False)

    url = f"{READINGS}{made.json()['id']}/"
    assert api(staff).post(f"{url}approve/").status_code == 403
    assert api(manager).post(f"{url}approve/").json()["in_force"] is True
    assert (
        api(manager).post(f"{url}reopen/", {"comment": "Revised."}, format="json").json()["status"]
        == "reopened"
    )
    assert api(manager).post(f"{url}approve/").status_code == 409


def test_a_correction_is_a_reading_of_its_own(approved, staff, api):
    body = {"value": "27.9", "reason": "Revised table"}
    made = api(staff).post(f"{READINGS}{approved.pk}/correct/", body, format="json")

    assert (made.status_code, made.json()["corrects"], made.json()["value"]) == (201, approved.pk, "27.9000")
    assert Reading.objects.get(pk=approved.pk).value == Decimal("28.6")


def test_a_returned_reading_is_submitted_again(waiting, staff, manager, api):
    url = f"{READINGS}{waiting.pk}/"
    assert api(manager).post(f"{url}return/", {"comment": "Which table?"}, format="json").status_code == 200

    again = api(staff).post(f"{url}submit/", {"value": "28.7"}, format="json")
    assert (again.status_code, again.json()["value"], again.json()["status"]) == (200, "28.7000", "submitted")
    assert api(staff).post(f"{url}withdraw/").json()["status"] == "withdrawn"


def test_a_move_on_another_version_is_stale(waiting, manager, api):
    answer = api(manager).post(f"{READINGS}{waiting.pk}/approve/", headers={"If-Match": '"99"'})

    assert answer.status_code == 412


@pytest.mark.parametrize("value", [28.6, True, "many", "1.23456", "1" * 20])
def test_a_value_that_is_none_is_refused_by_name(growth, staff, api, value):
    answer = api(staff).post(READINGS, NEW | {"indicator": growth.pk, "value": value}, format="json")

    assert answer.status_code == 400 and "value" in str(answer.json())


def test_plain_fields_change_on_the_version_named(growth, admin, staff, api):
    url = f"{INDICATORS}{growth.pk}/"
    program = api(admin)
    assert program.patch(url, {"position": 3}, format="json").status_code == 428

    tag = program.get(url).headers["ETag"]
    assert program.patch(url, {"position": 3}, format="json", headers={"If-Match": tag}).status_code == 200
    assert program.patch(url, {"position": 4}, format="json", headers={"If-Match": tag}).status_code == 412
    assert program.patch(url, {"code": "X"}, format="json", headers={"If-Match": "*"}).status_code == 428
    assert api(staff).patch(url, {"position": 4}, format="json").status_code == 403
    assert Indicator.objects.get().position == 3


def test_an_unapproved_reading_is_outside_the_scope_of_others(waiting, neighbour, stranger, api):
    assert api(neighbour).get(f"{READINGS}{waiting.pk}/").status_code == 404
    assert api(stranger).get(INDICATORS).json()["count"] == 0
