"""How a value reads in both languages, and how far it is from its target."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from qdtrade.indicators.models import Indicator, IndicatorTarget, Reading
from qdtrade.indicators.said import distance, rounded, said, target_for


def of(form="figure", unit="", unit_en="", scale=1, decimals=0, direction="up", is_signed=False):
    return Indicator(
        form=form, unit=unit, unit_en=unit_en, scale=scale, decimals=decimals, direction=direction, is_signed=is_signed
    )  # fmt: skip


def read(indicator, value, qualifier="exact", words=""):
    value = Decimal(value) if value is not None else None
    return Reading(
        indicator=indicator, value=value, qualifier=qualifier, words=words, on=datetime.date(2021, 6, 30)
    )


SCENARIOS = {"unit": "个", "unit_en": "scenarios", "scale": 10_000}
YUAN = {"unit": "元", "unit_en": "yuan", "scale": 100_000_000}


@pytest.mark.parametrize(
    ("indicator", "value", "qualifier", "zh", "en"),
    [
        (of(unit="%", decimals=1, is_signed=True), "28.6", "exact", "+28.6 %", "+28.6 %"),
        (of(unit="%", decimals=1, is_signed=True), "-3.25", "exact", "−3.3 %", "−3.3 %"),
        (of(unit="%", decimals=1, is_signed=True), "0", "exact", "0.0 %", "0.0 %"),
        (of(**SCENARIOS), "120000", "more_than", "超过12万个", "more than 120,000 scenarios"),
        (of(**YUAN), "900000000", "more_than", "超过9亿元", "more than 900 million yuan"),
        (of(**YUAN, decimals=2), "1153000000", "at_least", "不少于11.53亿元", "at least 1,153 million yuan"),
        (of(unit="家", unit_en="firms"), "520", "about", "约520家", "about 520 firms"),
        (of(form="rank", unit="位"), "1", "exact", "第1位", "no. 1"),
    ],
)
def test_a_value_keeps_its_qualifier_and_unit_in_both_languages(indicator, value, qualifier, zh, en):
    reading = read(indicator, value, qualifier)

    with translation.override("en"):
        assert str(said(reading)) == en
    with translation.override("zh-hans"):
        assert str(said(reading)) == zh


def test_a_standing_in_words_reads_as_it_was_said():
    assert said(read(of(form="words"), None, words="第一梯队")).figure == "第一梯队"


def test_a_value_is_rounded_once_half_up():
    assert [rounded(Decimal(text), 1) for text in ("2.25", "2.249", "-2.25", "-0.04", "1234.5")] == [
        "2.3", "2.2", "−2.3", "0.0", "1,234.5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("direction", "value", "qualifier", "is_reached", "words"),
    [
        ("up", "28.6", "exact", True, "reached, 8.6 points above"),
        ("up", "20", "exact", True, "reached"),
        ("up", "15", "exact", False, "5.0 points short"),
        ("up", "15", "more_than", False, "at most 5.0 points short"),
        ("up", "28.6", "more_than", True, "reached, 8.6 points above"),
        ("down", "15", "exact", True, "reached, 5.0 points below"),
        ("down", "28.6", "exact", False, "8.6 points over"),
        ("down", "28.6", "more_than", False, "at least 8.6 points over"),
        ("down", "15", "more_than", None, "the reading says only “more than”"),
    ],
)
def test_the_way_to_a_target_follows_the_direction_and_the_qualifier(
    direction, value, qualifier, is_reached, words
):
    indicator = of(unit="%", decimals=1, direction=direction)
    target = IndicatorTarget(indicator=indicator, kind="target", value=Decimal(20))

    with translation.override("en"):
        found = distance(read(indicator, value, qualifier), target)
    assert (found.is_reached, found.words) == (is_reached, words)


def test_a_standing_in_words_has_no_way_to_a_target():
    target = IndicatorTarget(kind="target", value=Decimal(1))

    assert distance(read(of(form="words"), None, words="第一梯队"), target) is None


class Fixed:
    def __init__(self, *targets):
        self.rows = targets

    def all(self):
        return self.rows


def test_a_reading_is_held_against_the_target_that_comes_next():
    aims = [
        IndicatorTarget(kind="target", on=datetime.date(year, 12, 31), value=Decimal(year))
        for year in (2022, 2020, 2021)
    ]

    class Stub:
        targets = Fixed(*aims)

    def year(day):
        return target_for(Stub, Reading(on=day)).value

    assert [year(datetime.date(2021, 6, 30)), year(datetime.date(2023, 1, 1))] == [2021, 2022]
    assert target_for(Stub, None).value == 2020
