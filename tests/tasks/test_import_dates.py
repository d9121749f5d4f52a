"""Days as bureaus write them."""

import datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from qdtrade.imports.reading.dates import Span, read_range, read_span
from qdtrade.imports.reading.findings import Unreadable


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


PILOT = Span(datetime.date(2020, 8, 2), datetime.date(2023, 8, 1))
D = datetime.date


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        (D(2021, 6, 30), "2021-06-30", "2021-06-30"),
        (datetime.datetime(2021, 6, 30, 8), "2021-06-30", "2021-06-30"),
        (44377, "2021-06-30", "2021-06-30"),
        (44377.0, "2021-06-30", "2021-06-30"),
        ("44377", "2021-06-30", "2021-06-30"),
        (20210630, "2021-06-30", "2021-06-30"),
        ("20210630", "2021-06-30", "2021-06-30"),
        ("2021-06-30", "2021-06-30", "2021-06-30"),
        ("2021-6-3", "2021-06-03", "2021-06-03"),
        ("2021/6/30", "2021-06-30", "2021-06-30"),
        ("2021.6.30", "2021-06-30", "2021-06-30"),
        ("2021年6月30日", "2021-06-30", "2021-06-30"),
        ("2021年6月30日前", "2021-06-30", "2021-06-30"),
        ("２０２１年６月３０日", "2021-06-30", "2021-06-30"),
        ("２０２１．６", "2021-06-01", "2021-06-30"),
        (" 2021 年 6 月 ", "2021-06-01", "2021-06-30"),
        ("2021.6", "2021-06-01", "2021-06-30"),
        (2021.6, "2021-06-01", "2021-06-30"),
        (2021.12, "2021-12-01", "2021-12-31"),
        ("2021.10", "2021-10-01", "2021-10-31"),
        ("2021-06", "2021-06-01", "2021-06-30"),
        ("2020年2月", "2020-02-01", "2020-02-29"),
        ("2021年6月份", "2021-06-01", "2021-06-30"),
        ("2021年6月底", "2021-06-01", "2021-06-30"),
        ("2021年6月底前", "2021-06-01", "2021-06-30"),
        ("2021年6月底前完成", "2021-06-01", "2021-06-30"),
        ("2021年6月上旬", "2021-06-01", "2021-06-10"),
        ("2021年6月中旬", "2021-06-11", "2021-06-20"),
        ("2021年6月下旬", "2021-06-21", "2021-06-30"),
        ("2021年上半年", "2021-01-01", "2021-06-30"),
        ("2021年下半年", "2021-07-01", "2021-12-31"),
        ("2021年底", "2021-01-01", "2021-12-31"),
        ("2021年年底", "2021-01-01", "2021-12-31"),
        ("2021年底前", "2021-01-01", "2021-12-31"),
        ("2021年", "2021-01-01", "2021-12-31"),
        (2021, "2021-01-01", "2021-12-31"),
        ("2021年第三季度", "2021-07-01", "2021-09-30"),
        ("2021年3季度末", "2021-07-01", "2021-09-30"),
        ("2021Q3", "2021-07-01", "2021-09-30"),
    ],
)
def test_a_writing_means_these_days(cell, first, last):
    span = read_span(cell)

    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)
    assert span.words == ""


@pytest.mark.parametrize("cell", [None, "", "  ", "—", "-", "/", "无", True])
def test_nothing_is_no_date(cell):
    assert read_span(cell) is None


@pytest.mark.parametrize("text", ["长期", "长期坚持", "持续推进", "持续", "试点期内", "ongoing"])
def test_open_ended_words_mean_the_programme(text):
    assert read_span(text, PILOT) == Span(PILOT.first, PILOT.last, text)


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("2021年13月底", "1 to 12"),
        ("2021-06-31", "1 to 30"),
        ("2021-02-29", "28"),
        ("6月底", "2021-06-30"),
        ("21.6", "2021"),
        ("尽快", "2021-06-30"),
        ("2021年6月前", "2021-06-30"),
        (2021.1, "2021-10"),
        (12, "2021-06-30"),
        ("1021-06-30", ""),
        ("2021-06-30-07", "2021-06-30"),
        ("2021-06/30", "2021-06-30"),
        ("长期", ""),
    ],
)
def test_what_is_not_understood_says_how_to_write_it(cell, part):
    with pytest.raises(Unreadable) as caught:
        read_span(cell)

    assert caught.value.reason
    assert part in caught.value.cure


@pytest.mark.parametrize(
    ("cell", "start", "due"),
    [
        ("2020.10-2022.3", "2020-10-01", "2022-03-31"),
        ("2020年10月至2022年3月", "2020-10-01", "2022-03-31"),
        ("2020年10月—2022年3月", "2020-10-01", "2022-03-31"),
        ("2020年10月－2022年3月底", "2020-10-01", "2022-03-31"),
        ("2020-10-01 - 2022-03-31", "2020-10-01", "2022-03-31"),
        ("2020-10-01-2022-03-31", "2020-10-01", "2022-03-31"),
        ("2020/10/1~2022/3/31", "2020-10-01", "2022-03-31"),
        ("2021年3月-12月", "2021-03-01", "2021-12-31"),
        ("2021年3-12月", "2021-03-01", "2021-12-31"),
        ("2021年3月至年底", "2021-03-01", "2021-12-31"),
        ("2020年10月起至2022年3月", "2020-10-01", "2022-03-31"),
        ("自2020年10月至2022年3月止", "2020-10-01", "2022-03-31"),
        ("2020年8月至长期", "2020-08-01", "2023-08-01"),
        ("2021-06", None, "2021-06-30"),
        ("2021年6月底前", None, "2021-06-30"),
        ("至2022年3月", None, "2022-03-31"),
        ("2021年3月起", "2021-03-01", None),
        (D(2021, 6, 30), None, "2021-06-30"),
        (None, None, None),
    ],
)
def test_a_range_has_a_start_and_an_end(cell, start, due):
    first, last = read_range(cell, PILOT)

    assert (first.first.isoformat() if first else None) == start
    assert (last.last.isoformat() if last else None) == due


def test_a_range_not_understood_is_refused():
    with pytest.raises(Unreadable):
        read_range("2021年至今后", PILOT)


@given(st.dates(D(1990, 1, 1), D(2099, 12, 31)))
def test_every_day_is_read_in_every_plain_form(day):
    forms = [
        day,
        day.isoformat(),
        day.strftime("%Y%m%d"),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y/%m/%d}",
    ]

    assert {read_span(form) for form in forms} == {Span(day, day)}


@given(st.text(alphabet="0123456789年月日-./至底前上半Q第季度 长期起"))
def test_no_text_breaks_the_reader(text):
    try:
        read_range(text, PILOT)
    except Unreadable as fault:
        assert fault.reason
