import datetime
import re

from qdtrade.charts import leaders

TODAY = datetime.date(2021, 9, 27)


def day(month, year=2021):
    return datetime.date(year, month, 4)


def draw(*steps):
    return leaders.draw(steps, wide=1188, today=TODAY, name=lambda day, step: str(day), flag="today 9-27")


def test_each_mark_stands_at_its_true_place_and_its_line_leads_there():
    picture = draw(
        leaders.Step(day(9), day(9), "done"),
        leaders.Step(day(12), day(12), "due"),
        leaders.Step(None, None, "due"),
    )

    first, second = picture.marks
    assert (first.x, second.x) == (picture.left, picture.right)
    assert [re.findall(r"H(\d+)", mark.leader) for mark in picture.marks] == [["14"], ["1174"]]
    assert (picture.done_to, picture.sure_to) == (14, 14)


def test_what_came_late_is_red_from_its_plan():
    mark = draw(
        leaders.Step(day(5), day(9), "claimed", late_until=day(9)), leaders.Step(day(12), day(12), "due")
    ).marks[0]

    assert mark.plan == mark.late_from < mark.late_to == mark.x


def test_lines_to_the_left_lie_deeper_one_after_the_other_so_that_none_crosses():
    steps = [leaders.Step(None, datetime.date(2021, 9, number), "due") for number in range(1, 7)]
    levels = [int(re.search(r"V(\d+)H", mark.leader)[1]) for mark in draw(*steps).marks]

    to_left = levels[1:]
    assert to_left == sorted(to_left)


def test_without_a_day_there_is_no_picture():
    assert draw(leaders.Step(None, None, "due")) is None
