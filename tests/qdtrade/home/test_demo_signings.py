"""The demo's signings: exactly what the press report says of them all, and nothing real about any single one."""

from collections import Counter
from decimal import Decimal

from qdtrade import money
from qdtrade.home.demo import data

SIGNED = data.signings()
STEPS = [step for step in data.steps() if any(code.startswith("QY-") for code in step.codes)]


def test_there_are_21_of_which_15_are_industrial_and_6_service_trade():
    assert len({one.code for one in SIGNED}) == len(SIGNED) == 21
    assert Counter(one.is_industrial for one in SIGNED) == {True: 15, False: 6}


def test_they_add_up_to_exactly_what_the_report_says():
    assert sum(money.parse(one.planned) for one in SIGNED) == Decimal("34100000000.00")


def test_their_sectors_are_those_that_the_report_names():
    assert {one.sector for one in SIGNED} == {
        "高端装备", "新能源新材料", "新一代信息技术", "生物医药", "文化创意", "精品旅游", "服务贸易",
    }  # fmt: skip


def test_each_says_that_it_is_invented():
    assert all("样例" in one.name and "样例" in one.partner[0] and "不是真实" in one.source for one in SIGNED)
    assert [
        step.comment
        for step in STEPS
        if step.comment not in {"", "无变化"} and "（样例）" not in step.comment
    ] == []


def test_no_task_that_the_report_names_is_said_to_be_served():
    real = {task.code for task in data.register() if not task.is_sample}
    assert real & {code for one in SIGNED for code in one.tasks} == set()
