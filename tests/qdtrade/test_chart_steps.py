"""Step lines and lying bars: every number has its place, and nothing leaves the picture."""

import datetime
import itertools
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qdtrade.charts import bars, scale, steps

FIRST = datetime.date(2021, 9, 1)
TODAY, LAST = datetime.date(2021, 9, 27), datetime.date(2021, 12, 31)
FRAMES = [steps.Frame(540, 220), steps.Frame(358, 200)]

amounts = st.decimals(-(10**13), 10**13, places=2)
days = st.dates(FIRST, LAST)


def draw(*lines, frame=FRAMES[0], **more):
    return steps.draw(
        lines, frame, first=FIRST, until=TODAY, last=LAST, name=lambda day, step: f"{day:%m/%y}", **more
    )


def day(number, month=9):
    return datetime.date(2021, month, number)


def corners(path):
    """The coordinates of a path of H and V, in order."""
    return [(letter, int(number)) for letter, number in re.findall(r"([HV])(-?\d+)", path)]


def test_a_total_holds_until_the_next_day_and_runs_on_to_today():
    picture = draw(steps.Line("signed 21", "actual", steps.running([(day(4), Decimal(21))], FIRST)))

    line = picture.lines[0]
    assert line.path.startswith(f"M{picture.left} {picture.bottom}H")
    assert [letter for letter, _number in corners(line.path)] == ["H", "V", "H"]
    assert (line.end_x, corners(line.path)[-1]) == (picture.until, ("H", picture.until))


def test_a_plan_runs_to_the_end_of_the_picture():
    picture = draw(steps.Line("contracted 5", "plan", [(FIRST, Decimal(5))]))

    assert picture.until < picture.lines[0].end_x == picture.right


def test_nothing_is_a_value_and_lies_on_the_ground_line():
    picture = draw(steps.Line("in 0.00", "actual", [(FIRST, Decimal(0))]))

    assert picture.lines[0].end_y == picture.bottom
    assert [level.words for level in picture.levels] == ["0", "1"]


def test_counts_have_whole_steps_and_amounts_round_ones():
    counts = draw(steps.Line("", "actual", [(FIRST, Decimal(3))]), whole=True)
    sums = draw(steps.Line("", "actual", [(FIRST, Decimal("1.5"))]))

    assert [level.words for level in counts.levels] == ["0", "1", "2", "3"]
    assert [level.words for level in sums.levels] == ["0", "0.5", "1", "1.5"]


@pytest.mark.parametrize("frame", FRAMES, ids=["desk", "phone"])
@given(
    lines=st.lists(st.lists(st.tuples(days, amounts), max_size=30), min_size=1, max_size=4),
    kind=st.sampled_from(["actual", "plan"]),
)
def test_no_line_and_no_word_leaves_the_picture(frame, lines, kind):
    drawn = [steps.Line("money in 1,234.56", kind, steps.running(sorted(points), FIRST)) for points in lines]
    picture = draw(*drawn, frame=frame)

    for line in picture.lines:
        xs = [number for letter, number in corners(line.path) if letter == "H"]
        ys = [number for letter, number in corners(line.path) if letter == "V"]
        assert xs == sorted(xs)
        assert all(picture.left <= x <= picture.right for x in xs)
        assert all(picture.top <= y <= picture.bottom for y in ys)
        assert line.words_x + line.room <= picture.width + steps.GAP
        assert 0 <= line.hit_y <= picture.height
    words = sorted(line.words_y for line in picture.lines)
    assert all(below - above >= steps.APART for above, below in itertools.pairwise(words))


@given(values=st.lists(amounts, max_size=20), parts=st.integers(2, 8))
def test_an_axis_holds_zero_and_every_value_between_round_lines(values, parts):
    held = scale.measure(values, 200, 10, parts=parts)

    assert held.low <= min([0, *values]) <= max([0, *values]) <= held.top
    assert held.low < held.top
    lines = held.lines()
    assert (lines[0][0], lines[-1][0]) == (200, 10)
    assert 1 <= len(lines) - 1 <= parts + 2
    assert str(held.step.normalize()).strip("-0.E+")[0] in "125"


@given(st.lists(amounts, min_size=2, max_size=20))
def test_more_stands_higher_on_an_axis(values):
    held = scale.measure(values, 200, 10)

    places = [held.at(value) for value in sorted(values)]
    assert places == sorted(places, reverse=True)


@given(places=st.lists(st.integers(-50, 250), min_size=1, max_size=8), apart=st.integers(1, 40))
def test_words_are_moved_apart_in_their_order_and_stay_in_the_room(places, apart):
    moved = scale.spread(places, apart, 0, 200)

    at_least = min(apart, 200 // max(1, len(places) - 1))
    pairs = sorted(zip(places, moved, strict=True))
    assert all(0 <= place <= 200 for place in moved)
    ordered = sorted(moved)
    assert [place for _old, place in pairs] == ordered
    assert all(b - a >= at_least for a, b in itertools.pairwise(ordered))


wholes = st.decimals(0, 10**13, places=2)


@pytest.mark.parametrize("frame", [bars.DESK, bars.PHONE], ids=["desk", "phone"])
@given(rows=st.lists(st.tuples(wholes, wholes, st.text("项目a1", max_size=40)), max_size=12))
def test_bars_share_one_scale_and_their_notes_stand_in_the_picture(frame, rows):
    groups = [
        bars.Group(name, "21个 341.00亿元", max(pair), [min(pair)]) for *pair, name in rows if max(pair) > 0
    ]
    picture = bars.draw(groups, frame)

    for group, bar in zip(groups, picture.bars, strict=True):
        assert bar.width > 0
        assert 0 <= bar.parts[0] <= bar.width
        assert (bar.parts[0] > 0) is (group.parts[0] > 0)
        assert bar.note_x + scale.width(bar.note) <= picture.width + 1
        assert scale.width(bar.name) <= (picture.left or frame.width)
        assert bar.row_y <= bar.words_y - 10 < bar.words_y <= bar.row_y + picture.row
    if len(groups) > 1:
        largest = max(range(len(groups)), key=lambda number: groups[number].whole)
        assert picture.bars[largest].width == max(bar.width for bar in picture.bars)


def test_where_a_name_has_no_room_beside_its_bar_all_stand_above_and_whole():
    names = ["服务贸易", "2021年中国国际服务贸易交易会青岛日"]
    picture = bars.draw([bars.Group(name, "1个", Decimal(5)) for name in names], bars.DESK)
    assert picture.left == 0
    assert [bar.name for bar in picture.bars] == names


@pytest.mark.parametrize(
    ("part", "whole", "long"), [(21, 21, 178), (9, 21, 76), (0, 21, 0), (1, 10**9, 1), (0, 0, 0), (5, 3, 178)]
)
def test_a_bar_is_as_long_as_its_share_and_what_is_there_can_be_seen(part, whole, long):
    assert bars.length(part, whole, 178) == long
