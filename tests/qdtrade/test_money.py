from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from qdtrade import money

BILLION = Decimal("34100000000.00")


@pytest.mark.parametrize(
    "text",
    [
        "3,410,000万元", "341亿元", "341 亿", "34.1 bn yuan", "34.1 billion", "RMB 34.1 bn", "¥34,100,000,000",
        "34100000000", "３４１亿元", "34,100,000,000.00元", "0.0341万亿元", 34100000000, Decimal("34100000000.00"),
        "3,410,000 万", "341亿元人民币", "34100 million yuan",
    ],
)  # fmt: skip
def test_whatever_it_is_written_like_it_is_one_value(text):
    assert money.parse(text) == BILLION


def test_a_bare_number_counts_in_the_unit_of_its_column():
    assert money.parse("341", money.YI) == money.parse(3410000, money.WAN) == BILLION


def test_a_text_brings_its_own_unit_into_any_column():
    assert money.parse("3,410,000万元", money.YI) == BILLION


@pytest.mark.parametrize("text", ["", "about 5", "三亿", "5亿吨", "1.2.3", "5 apples", "1e9"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValidationError):
        money.parse(text)


@pytest.mark.parametrize("text", ["5亿美元", "USD 5 m", "$5m", "5 million euro", "300万港元"])
def test_another_currency_is_never_taken_for_yuan(text):
    with pytest.raises(ValidationError) as refused:
        money.parse(text)

    assert "is not yuan" in str(refused.value) or "不是人民币" in str(refused.value)


def test_parts_of_a_fen_are_refused():
    with pytest.raises(ValidationError):
        money.parse("0.001")


def test_a_minus_stays_a_minus():
    assert money.parse("−1,240万元") == Decimal("-12400000.00")


def test_figures_are_rounded_once_half_up():
    assert money.yi(BILLION) == "341.00"
    assert money.yi(Decimal("500000")) == "0.01"
    assert money.yi(Decimal("499999.99")) == "0.00"
    assert money.wan(BILLION) == "3,410,000"
    assert money.wan(Decimal("5000")) == "1"
    assert money.plain(BILLION) == "34,100,000,000"
    assert money.plain(Decimal("0.50")) == "0.50"


def test_nothing_is_no_zero():
    assert (money.yi(None), money.wan(Decimal(0))) == ("", "0")


@given(st.decimals(min_value=0, max_value=money.MOST, places=2))
def test_what_is_shown_in_yuan_is_read_back_to_the_fen(amount):
    assert money.parse(money.plain(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (BILLION, "341亿元"),
        (Decimal(120_000_000), "1.2亿元"),
        (Decimal("123450000"), "12,345万元"),
        (Decimal("0.5"), "0.50元"),
    ],
)
def test_a_form_shows_an_amount_as_a_person_would_type_it(amount, text):
    assert money.written(amount) == text
    assert money.parse(text) == amount
