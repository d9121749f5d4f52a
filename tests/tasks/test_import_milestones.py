"""Milestones in one cell."""

import datetime

import pytest

from qdtrade.imports.reading.dates import Span
from qdtrade.imports.reading.findings import Unreadable
from tasks.imports.milestones import read_milestones

PILOT = Span(datetime.date(2020, 8, 2), datetime.date(2023, 8, 1))


def pairs(text):
    return [(one.title, one.plan_on.isoformat()) for one in read_milestones(text, PILOT)]


@pytest.mark.parametrize(
    "text",
    [
        "1. 制定方案（2021-06-30）\n2. 全面实施（2021年底）",
        "1、制定方案（2021年6月底）\n2、全面实施（2021-12-31）",
        "1.制定方案(2021.6)；2.全面实施(2021.12)",
        "①制定方案（2021年6月底前）②全面实施（2021年12月）",
        "（1）制定方案：2021年6月；（2）全面实施：2021年12月",
        "制定方案：2021年6月底；全面实施：2021年底",
        "2021年6月底前，制定方案；2021年底前，全面实施",
        "2021年6月：制定方案\n2021年12月：全面实施",
        "2021-06-30 制定方案\n2021-12-31 全面实施",
        "制定方案，2021年6月30日前完成\n全面实施，2021年第四季度",
        "1. 制定方案（2021-06-30） 2. 全面实施（2021-12-31）",
        "一、制定方案（20210630）\n\n二、全面实施（20211231）。",
    ],
)
def test_the_usual_writings_mean_the_same(text):
    assert pairs(text) == [("制定方案", "2021-06-30"), ("全面实施", "2021-12-31")]


def test_titles_stay_as_typed():
    assert pairs("1. 建成“海外仓”（二期），新增3家（2021-06-30）") == [
        ("建成“海外仓”（二期），新增3家", "2021-06-30")
    ]


def test_an_open_end_is_the_programmes():
    assert pairs("持续优化（长期）") == [("持续优化", "2023-08-01")]


@pytest.mark.parametrize("text", ["", "—", "无", " \n "])
def test_nothing_is_no_milestone(text):
    assert pairs(text) == []


@pytest.mark.parametrize(
    "text",
    ["制定方案", "1. 制定方案（6月底）", "制定方案（2021年13月）", "1. 制定方案（2021-06-30）\n2. 实施"],
)
def test_a_milestone_without_a_day_is_named(text):
    with pytest.raises(Unreadable) as caught:
        pairs(text)

    assert "制定方案" in caught.value.reason or "实施" in caught.value.reason
