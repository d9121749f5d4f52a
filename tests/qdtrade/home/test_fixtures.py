"""The files under `fixtures/` keep what they promise; every visitor of the demo sees them."""

import datetime
import itertools
from collections import Counter

import chinese_calendar
import pytest

from qdtrade import clock
from qdtrade.home.demo import data

DEMO_DAY = datetime.date(2021, 9, 27)
MEASURES = [
    '国际贸易"单一窗口"向服务贸易事项拓展',
    "医疗器械注册人制度试点",
    "优化知识产权发展和保护制度框架",
    "研发实验用物质进出口便利化",
    "世界知识产权组织在华技术与创新支持中心（TISC）",
    "创新发展供应链物流服务业态",
    '专利权质押融资"青岛模式"',
    '院士港"移民服务站"',
    '海内外人才创业"绿色通道"',
    '城市定制型商业健康补充保险"琴岛e保"',
    "青岛文化产权交易中心音乐作品交易服务系统",
    "数字人民币试点",
]
TASKS = data.register()
VERSIONS = data.versions().values()
STEPS = data.steps()
BUREAUS = data.rows("bureaus.csv")
PEOPLE = data.rows("people.csv")
REAL = {task.code: task for task in TASKS if not task.is_sample}
BY_CODE = {task.code: task for task in TASKS}
SHORT = {row["简称"] for row in BUREAUS}

every_task = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.code)
every_month = pytest.mark.parametrize("month", [f"2021-{month:02}" for month in range(1, 10)])


def of(month):
    return [version for version in VERSIONS if version.period == month]


def planned(task, day):
    whole = (task.due_on - task.starts_on).days + 1
    return max(0, min(100, round(100 * ((day - task.starts_on).days + 1) / whole)))


def moments(action):
    return {(step.period, step.codes[0]): step.at for step in STEPS if step.action == action and step.codes}


def test_the_register_has_133_tasks_with_codes_of_their_own():
    assert len(TASKS) == len({task.code for task in TASKS}) == 133
    assert len({task.title for task in TASKS}) == 133


def test_the_tasks_lie_in_the_eight_fields_of_the_plan():
    assert {task.field for task in TASKS} == set(data.programme()["fields"])
    assert len(data.programme()["fields"]) == 8


def test_the_real_measures_are_those_of_the_press_report():
    assert sorted(task.title for task in REAL.values()) == sorted(MEASURES)
    assert sorted(data.programme()["real_measures"]) == sorted(MEASURES)


@every_task
def test_a_task_says_what_of_it_is_invented(task):
    assert bool(task.sample_fields) != task.is_sample
    assert ("样例" in task.source) == task.is_sample


@every_task
def test_a_task_stands_inside_the_pilot_and_reads_like_a_register(task):
    assert datetime.date(2020, 8, 2) <= task.starts_on < task.due_on <= datetime.date(2023, 8, 1)
    assert 40 <= len(task.standard) <= 80
    assert len(task.supporting) <= (6 if task.code == "4-02" else 3)


@every_task
def test_milestones_are_in_order_and_inside_the_task(task):
    days = [day for _title, day in task.milestones]
    assert 3 <= len(days) <= 6
    assert days == sorted(set(days))
    assert task.starts_on <= days[0]
    assert days[-1] <= task.due_on


@every_task
def test_every_bureau_of_a_task_is_known_and_the_lead_can_report(task):
    filers = {row["单位"] for row in PEOPLE if row["角色"] == "填报人"}
    assert {task.lead, *task.supporting} <= SHORT
    assert task.lead in filers
    assert task.lead not in task.supporting


def test_about_fifteen_measures_are_of_the_city_s_own_choosing():
    assert sum(task.own_choice for task in TASKS) == 15


def test_the_staff_of_the_demo_have_eight_tasks():
    led = sorted(task.code for task in TASKS if task.lead == "市市场监管局")
    assert led == ["2-01", "2-02", "2-03", "4-03", "5-01", "6-01", "6-11", "7-06"]


def test_no_name_of_a_bureau_means_two_bureaus():
    codes = [row["代码"] for row in BUREAUS]
    names = [name for row in BUREAUS for name in {row["名称"], row["简称"], *row["别名"].split("；")} - {""}]
    assert [name for name, count in Counter(names + codes).items() if count > 1] == []
    assert {row["上级代码"] for row in BUREAUS} - {""} <= set(codes)


def test_every_person_has_a_known_bureau_and_the_stranger_none():
    assert {row["单位"] for row in PEOPLE} - {""} <= SHORT
    assert [row["账号"] for row in PEOPLE if not row["角色"]] == ["stranger"]
    assert {step.account for step in STEPS} <= {row["账号"] for row in PEOPLE} | {"service"}


@pytest.mark.parametrize("year", range(2020, 2027))
def test_working_days_agree_with_the_published_ones(year):
    listed = {row["日期"]: row["休班"] == "班" for row in data.rows("working_days.csv")}
    days = [datetime.date(year, 1, 1) + datetime.timedelta(days=n) for n in range(366)]
    ours = {day: listed.get(day.isoformat(), day.weekday() < 5) for day in days if day.year == year}
    assert ours == {day: chinese_calendar.is_workday(day) for day in ours}


def test_a_listed_day_off_belongs_to_a_holiday_and_a_worked_one_to_a_weekend():
    worked = [
        datetime.date.fromisoformat(row["日期"])
        for row in data.rows("working_days.csv")
        if row["休班"] == "班"
    ]
    assert {day.weekday() for day in worked} <= {5, 6}
    assert all(row["节日"] and row["来源"] for row in data.rows("working_days.csv"))


@every_month
def test_every_text_of_a_report_is_marked_as_a_sample(month):
    texts = [v.content[name] for v in of(month) for name in ("done", "problems", "progress_reason")]
    names = [name for v in of(month) for _number, name in v.files]
    assert [text for text in texts if text and not text.endswith("（样例）")] == []
    assert [name for name in names if "样例" not in name] == []
    assert [v.code for v in of(month) if not 13 <= len(v.content["done"]) <= 130] == []


@every_month
def test_a_claimed_milestone_is_proved_and_done_before_the_report(month):
    for version in of(month):
        claimed = {
            int(n): datetime.date.fromisoformat(day) for n, day in version.content["milestones"].items()
        }
        filed = clock.day_of(moments("提交").get((month, version.code), STEPS[-1].at))
        assert claimed.keys() <= {number for number, _name in version.files}, version.code
        assert all(BY_CODE[version.code].starts_on <= day <= filed for day in claimed.values()), version.code


def test_progress_falls_only_with_a_reason():
    ordered = sorted(VERSIONS, key=lambda v: (v.code, v.period, v.number))
    pairs = [(a, b) for a, b in itertools.pairwise(ordered) if a.code == b.code and a.period < b.period]
    falls = [b for a, b in pairs if int(b.content["progress"]) < int(a.content["progress"])]
    assert 1 <= len(falls) <= 5
    assert all(version.content["progress_reason"] for version in falls)


@every_month
def test_no_real_measure_is_behind_plan(month):
    for version in [v for v in of(month) if v.code in REAL]:
        day = clock.day_of(moments("提交").get((month, version.code), STEPS[-1].at))
        assert int(version.content["progress"]) >= planned(REAL[version.code], day), version.code
        assert version.content["self_light"] in {"green", "blue", ""}, version.code


def test_no_real_measure_is_in_trouble_on_the_day_of_the_demo():
    approved = moments("通过").keys()
    for code, task in REAL.items():
        held = [v for v in VERSIONS if v.code == code and (v.period, code) in approved]
        done = {number for version in held for number in version.content["milestones"]}
        assert int(max(held, key=lambda v: v.period).content["progress"]) >= planned(task, DEMO_DAY)
        assert [
            n for n, (_title, day) in enumerate(task.milestones, 1) if day <= DEMO_DAY and str(n) not in done
        ] == []


def test_no_real_measure_was_returned_late_or_missing():
    filed = moments("提交")
    graces = {step.period: step.at for step in STEPS if step.action == "转补报"}
    months = [f"2021-{month:02}" for month in range(1, 9)]
    assert not {code for _period, code in moments("退回")} & REAL.keys()
    assert all(filed[month, code] < graces[month] for month in months for code in REAL)


def test_every_step_has_a_moment_of_its_own_before_the_day_of_the_demo():
    at = [step.at for step in STEPS]
    assert at == sorted(set(at))
    assert clock.day_of(at[-1]) < DEMO_DAY


def test_people_act_on_working_days_and_in_working_hours():
    acts = [step.at for step in STEPS if step.account != "service"]
    assert all(chinese_calendar.is_workday(at.date()) for at in acts)
    assert {at.hour for at in acts} <= set(range(9, 19))


def test_nobody_reviews_the_reports_of_their_own_bureau():
    leads = {task.code: task.lead for task in TASKS}
    bureaus = {row["账号"]: row["单位"] for row in PEOPLE}
    reviews = [step for step in STEPS if step.action in {"领取", "通过", "退回", "重新开启"}]
    assert all(leads[step.codes[0]] != bureaus[step.account] for step in reviews)


def test_a_report_is_written_by_the_bureau_that_owes_it():
    leads = {task.code: task.lead for task in TASKS}
    bureaus = {row["账号"]: row["单位"] for row in PEOPLE}
    written = [step for step in STEPS if step.action in {"签收", "提交", "报无变化", "撤回", "存草稿"}]
    assert all(leads[step.codes[0]] == bureaus[step.account] for step in written)


def test_september_stands_as_the_day_of_the_demo_finds_it():
    last = {}
    for step in STEPS:
        if step.period == "2021-09" and step.codes and step.action not in {"特许补报", "填报分工"}:
            last[step.codes[0]] = {"领取": "提交", "报无变化": "提交"}.get(step.action, step.action)
    assert Counter(last.values()) == {"通过": 68, "提交": 12, "退回": 5, "存草稿": 18, "免报": 1}


def test_parts_are_of_sample_tasks_alone_and_say_that_they_are_invented():
    steps = [step for step in STEPS if step.action in {"退回分工", "填报分工"}]
    samples = {task.code for task in TASKS if task.is_sample}

    given = [step.codes[0] for step in STEPS if step.action == "分派分工"]
    assert set(given) <= samples
    assert [step.comment for step in steps if not step.comment.endswith("（样例）")] == []


def test_one_person_stands_in_for_another_on_the_day_of_the_demo():
    (step,) = [step for step in STEPS if step.action == "指定代理"]
    bureaus = {row["账号"]: (row["单位"], row["角色"]) for row in PEOPLE}
    absent, deputy = bureaus[step.account], bureaus[step.codes[0]]

    assert absent == ("市商务局", "单位负责人")
    assert deputy == ("市商务局", "填报人")
    assert clock.day_of(step.at) < DEMO_DAY <= step.until


def test_one_bureau_that_leads_has_no_account_on_the_day_of_the_demo():
    """The office can file for it; what it owes is a sample."""
    ended = {row["单位"]: row["截止日期"] for row in PEOPLE if row["截止日期"]}
    heads = {row["单位"] for row in PEOPLE if row["角色"] == "单位负责人"}
    (bureau,) = ended.keys() - heads
    (task,) = [task for task in TASKS if task.lead == bureau]

    assert datetime.date.fromisoformat(ended[bureau]) < DEMO_DAY
    assert task.is_sample
    assert ("2021-09", task.code) not in moments("提交")
    assert max(step.at for step in STEPS if step.account == "bj-shsfq").date().isoformat() < ended[bureau]
