"""Readings in and out of files: read, refused by place, submitted as a whole, and the same after a round trip."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from qdtrade.errors import NotAllowed
from qdtrade.indicators import workflow
from qdtrade.indicators.actions import readings
from qdtrade.indicators.models import Reading
from qdtrade.workflow import perform
from tests import indicating
from tests.qdtrade.indicators.importing import HEAD, applied, imported

GOOD = "ZB-02,试点一年,2021-08-01,超过,12万,,统计表,首年"


def whole(client, form="csv"):
    answer = client.get(reverse("readings_export"), {"format": form})
    return b"".join(answer.streaming_content)


def test_a_file_submits_readings_that_another_reviewer_approves(programme, scenarios, manager, manager2):
    applied(programme, f"{HEAD}\n{GOOD}\n", by=manager)

    row = Reading.objects.for_move().get()
    assert (row.value, row.qualifier, row.source, row.status) == (120000, "more_than", "统计表", "submitted")
    with pytest.raises(NotAllowed):
        perform(workflow.APPROVE, row, by=manager)
    assert perform(workflow.APPROVE, row, by=manager2).is_in_force


def test_zero_in_a_file_is_a_value(programme, growth, manager):
    applied(programme, f"{HEAD}\nZB-01,2020年,2020-12-31,,0,,统计表,\n", by=manager)

    assert Reading.objects.get().value == 0


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ("ZB-02", "ZB-99", "指标编号", "没有编号为ZB-99的指标"),
        ("2021-08-01", "2021-12-01", "对应日期", "不能晚于今天"),
        ("2021-08-01", "", "对应日期", "“对应日期”为空"),
        ("超过", "大概", "修饰", "大概"),
        ("12万", "许多", "数值", "不是该指标的数值"),
        ("12万", "", "数值", "请填数值"),
        ("12万,", "12万,第一", "文字表述", "该指标为数值"),
        ("统计表", "", "来源", "“来源”为空"),
    ],
)
def test_a_refused_row_names_its_row_and_column(programme, scenarios, manager, old, new, column, words):
    row = imported(programme, f"{HEAD}\n{GOOD.replace(old, new)}\n", by=manager)

    told = str(row.summary)
    assert row.counts["refused"] == 1
    assert column in told
    assert not Reading.objects.exists()


def test_what_is_exported_is_imported_without_a_change(programme, growth, scenarios, staff, manager, sign_in):
    said = {"period": "试点一年", "on": datetime.date(2021, 8, 1), "qualifier": "more_than"}
    indicating.approved(scenarios, by=staff, approved_by=manager, value=Decimal(120000), **said)
    first = indicating.approved(growth, by=staff, approved_by=manager)
    new = readings.correct_reading(first, by=staff, reason="Revised", value=Decimal("27.9"))
    perform(workflow.APPROVE, new, by=manager)
    browser = sign_in(manager)

    for form in ("csv", "xlsx"):
        row = imported(programme, whole(browser, form), by=manager, name=f"指标.{form}")
        assert (row.counts["new"], row.counts["changed"], row.counts["refused"]) == (0, 0, 0), row.summary
        assert row.counts["unchanged"] == 3


def test_another_value_for_an_approved_period_becomes_a_correction(programme, approved, manager, manager2):
    line = f"ZB-01,{indicating.HALF},2021-06-30,准确,27.9,,{indicating.PRESS},"
    row = applied(programme, f"{HEAD}\n{line}\n", by=manager, name="修订.csv")

    new = Reading.objects.get(corrects=approved)
    assert (row.counts["changed"], new.value) == (1, Decimal("27.9"))
    assert "修订.csv" in new.reason
    assert Reading.objects.in_force().get() == approved


def test_two_rows_of_a_period_are_refused(programme, scenarios, manager):
    row = imported(programme, f"{HEAD}\n{GOOD}\n{GOOD}\n", by=manager)

    assert row.counts["refused"] == 2


@pytest.mark.parametrize("role", ["staff", "head", "auditor", "admin", "neighbour"])
def test_only_the_office_imports(role, programme, scenarios, request):
    with pytest.raises(NotAllowed):
        imported(programme, f"{HEAD}\n{GOOD}\n", by=request.getfixturevalue(role))


def test_the_file_holds_what_the_person_sees_alone(waiting, neighbour, staff, sign_in):
    assert indicating.HALF not in whole(sign_in(neighbour)).decode()
    assert indicating.HALF in whole(sign_in(staff)).decode()
