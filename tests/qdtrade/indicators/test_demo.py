"""What the demo says of the indicators: the eight readings of the report, and what is invented beside them."""

from decimal import Decimal

import pytest

from qdtrade.home.demo import data
from qdtrade.indicators.actions import samples
from qdtrade.indicators.models import Indicator, IndicatorTarget, Reading
from tests import indicating

REPORTED = {
    "ZB-01": ("2021年上半年", "准确", "28.6", ""),
    "ZB-02": ("试点一年", "超过", "120000", ""),
    "ZB-03": ("试点一年", "超过", "900000000", ""),
    "ZB-04": ("累计", "超过", "500", ""),
    "ZB-05": ("累计", "超过", "1100000000", ""),
    "ZB-06": ("2021年", "准确", "3000000", ""),
    "ZB-07": ("2020年", "准确", "1", ""),
    "ZB-08": ("“十三五”时期", "准确", "", "第一梯队"),
}
"""As the press report has them; “more than” is part of the fact."""


def test_the_real_readings_are_those_of_the_press_report():
    real = [row for row in data.rows("demo_readings.csv") if row["样例"] == "否"]

    found = {row["指标编号"]: (row["时间"], row["修饰"], row["数值"], row["文字表述"]) for row in real}
    assert found == REPORTED
    assert {row["来源"] for row in real} == {indicating.PRESS}


def test_what_is_invented_says_so():
    invented = [row for row in data.rows("demo_readings.csv") if row["样例"] == "是"]

    assert all("不是真实数据" in row["来源"] for row in (*invented, *data.rows("demo_targets.csv")))
    assert all("归口单位" in row["样例栏"] for row in data.rows("indicators.csv"))


def test_every_reading_is_submitted_once_and_the_real_ones_are_approved():
    steps = [step for step in data.steps() if step.action in {"报送指标", "通过指标"}]
    submitted = [(*step.codes, step.version) for step in steps if step.action == "报送指标"]
    approved = {(*step.codes, step.version) for step in steps if step.action == "通过指标"}

    rows = {(row["指标编号"], int(row["稿次"])): row for row in data.rows("demo_readings.csv")}
    assert sorted(submitted) == sorted(rows)
    assert {key for key, row in rows.items() if row["样例"] == "否"} <= approved


@pytest.fixture
def mixed(growth, staff, manager):
    """A reported reading with an invented one and an invented target beside it."""
    indicating.approved(growth, by=staff, approved_by=manager)
    indicating.reading(growth, by=staff, period="2021年1月", value=Decimal(9), is_sample=True)
    return indicating.target(growth, by=manager, is_sample=True)


def test_removing_samples_keeps_what_the_press_reported(mixed, programme, service):
    assert samples.count_samples(programme) == {"reading": 1, "indicatortarget": 1, "indicator": 0}

    assert samples.remove_samples(programme, by=service)["reading"] == 1

    assert Reading.objects.get().period == indicating.HALF
    assert Indicator.objects.count() == 1 and not IndicatorTarget.objects.exists()
