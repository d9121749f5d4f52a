"""The course of a count, short trends and cut bars: every number has its place, and nothing leaves the picture."""

import datetime
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qdtrade.charts import course, stack, trend

FIRST, TODAY, LAST = datetime.date(2021, 1, 1), datetime.date(2021, 9, 27), datetime.date(2021, 12, 31)
FRAMES = [course.Frame(680, 290), course.Frame(358, 250, every=2)]
TARGET = [(FIRST, 0), (datetime.date(2021, 9, 30), 30), (LAST, 45)]
REACHED = [(datetime.date(2021, 3, 1), 4), (datetime.date(2021, 9, 24), 27)]
WORDS = course.Words("recognised 27", "claimed 6", "target 45", "about 36", "range 32–43")


def draw(reached=REACHED, target=TARGET, frame=FRAMES[0], words=WORDS, today=TODAY, **more):
    return course.draw(
        reached, target, frame, first=FIRST, today=today, last=LAST, words=words,
        name=lambda day, step: f"{day.month}", **more,
    )  # fmt: skip


def numbers(*paths):
    return [int(number) for path in paths for number in re.findall(r"-?\d+", path)]


@pytest.mark.parametrize("frame", FRAMES)
def test_the_total_goes_in_steps_until_today_and_the_range_leads_on_from_there(frame):
    picture = draw(frame=frame, waiting=6, ahead=course.Range(Decimal("36.3"), 32, 43))

    assert picture.reached.endswith(f"H{picture.now_x}")
    assert picture.middle.startswith(f"M{picture.now_x} {picture.now_y}L{picture.right}")
    assert picture.band.startswith(f"M{picture.now_x} {picture.now_y}")
    assert picture.waiting.y + picture.waiting.height == picture.now_y


def test_before_the_first_one_the_target_stands_alone():
    picture = draw(reached=[], words=course.Words("recognised 0", target="target 45"))

    assert (picture.reached, picture.band, picture.middle, picture.waiting) == ("", "", "", None)
    assert picture.now_y == picture.bottom
    assert picture.target


def test_without_a_target_there_is_no_word_for_it():
    picture = draw(target=[], words=course.Words("recognised 27"))

    assert picture.target == ""
    assert [label.kind for label in picture.labels] == ["reached"]


def test_a_narrow_picture_names_every_second_month():
    wide, narrow = (draw(frame=frame) for frame in FRAMES)

    assert [tick.label for tick in wide.ticks] == [f"{month}" for month in range(1, 13)]
    assert [tick.label for tick in narrow.ticks] == ["1", "3", "5", "7", "9", "11"]


@given(st.integers(0, 500), st.integers(0, 200), st.integers(0, 300), st.dates(FIRST, LAST))
def test_nothing_leaves_the_picture(total, waiting, more, today):
    ahead = course.Range(Decimal(total) + Decimal(more) / 2, total, total + more)
    picture = draw([(FIRST, total)] if total else [], today=today, waiting=waiting, ahead=ahead)

    assert all(0 <= one <= picture.width for one in numbers(picture.reached, picture.band, picture.middle))
    assert all(0 <= label.y <= picture.height for label in picture.labels)
    ends = [label.y for label in picture.labels if label.kind in {"target", "middle", "range"}]
    assert all(abs(one - other) >= 18 for number, one in enumerate(ends) for other in ends[:number])


def test_what_is_not_known_leaves_a_gap_in_a_trend():
    picture = trend.draw(
        [("4", Decimal("96.0")), ("5", Decimal("94.4")), ("6", None), ("7", Decimal("90.3"))],
        width=480,
        height=132,
    )

    assert len(picture.lines) == 1
    assert [dot.value for dot in picture.dots] == [Decimal("96.0"), Decimal("94.4"), Decimal("90.3")]
    assert picture.low == 80


def test_a_trend_of_nothing_has_its_axis_alone():
    picture = trend.draw([("4", None)], width=480, height=132)

    assert (picture.low, picture.dots, picture.lines) == (0, [], [])


@given(st.lists(st.decimals(0, 100, places=1), min_size=1, max_size=6))
def test_the_dots_of_a_trend_lie_in_it(values):
    picture = trend.draw([(str(number), value) for number, value in enumerate(values)], width=340, height=132)

    assert all(0 <= dot.x <= 340 and 0 <= dot.y <= 132 and 0 < dot.words_y < 132 for dot in picture.dots)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6).filter(any), st.integers(100, 1000))
def test_the_pieces_of_a_bar_fill_it_and_each_can_be_seen(parts, room):
    pieces = stack.draw(parts, room)

    assert pieces[-1].x + pieces[-1].width in {room, room + 1}
    assert all((piece.width > 0) == (part > 0) for piece, part in zip(pieces, parts, strict=True))
    assert [piece.x for piece in pieces] == sorted(piece.x for piece in pieces)


def test_a_bar_of_nothing_has_no_pieces():
    assert stack.draw([0, 0], 1000) == [stack.Piece(0, 0), stack.Piece(0, 0)]
