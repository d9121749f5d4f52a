"""The demo's steps that are about the indicators, each by the real move or action."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from qdtrade.accounts.models import User
from qdtrade.indicators import workflow
from qdtrade.indicators.actions import indicators, readings
from qdtrade.indicators.models import Indicator, IndicatorTarget, Qualifier, Reading
from qdtrade.workflow import Move, perform

from . import data

FORMS = {"数值": Indicator.Form.FIGURE, "位次": Indicator.Form.RANK, "文字": Indicator.Form.WORDS}
SCALES = {"": Indicator.Scale.ONE, "万": Indicator.Scale.WAN, "亿": Indicator.Scale.YI}
DIRECTIONS = {"越高越好": Indicator.Direction.UP, "越低越好": Indicator.Direction.DOWN}
KINDS = {"基期": IndicatorTarget.Kind.BASELINE, "目标": IndicatorTarget.Kind.TARGET}
QUALIFIERS = {
    "准确": Qualifier.EXACT, "不少于": Qualifier.AT_LEAST, "超过": Qualifier.MORE_THAN, "约": Qualifier.ABOUT,
}  # fmt: skip
FIELDS = {"归口单位": "owner", "公式": "formula", "对应日期": "on"}


def _define(replay: Any, step: data.Step, person: User) -> None:
    """All indicators, with the targets that are invented for the demo."""
    made = {}
    for row in data.rows("indicators.csv"):
        made[row["编号"]] = indicators.add_indicator(
            replay.programme, by=person, code=row["编号"], name=row["名称"], name_en=row["英文名"],
            form=FORMS[row["形式"]], unit=row["单位"], unit_en=row["英文单位"], scale=SCALES[row["显示倍数"]],
            decimals=int(row["小数位"]), is_signed=row["显示正负号"] == "是", direction=DIRECTIONS[row["方向"]],
            formula=row["公式"], owner=replay.bureaus[row["归口单位"]], position=int(row["次序"]),
            sample_fields=_invented(row),
        )  # fmt: skip
    for row in data.rows("demo_targets.csv"):
        indicators.set_target(
            made[row["指标编号"]], by=person, kind=KINDS[row["类别"]], period=row["时间"],
            on=datetime.date.fromisoformat(row["对应日期"]), value=Decimal(row["数值"]), source=row["来源"],
            is_sample=True,
        )  # fmt: skip


def _invented(row: data.Row) -> list[str]:
    return [FIELDS[name] for name in row["样例栏"].split("、") if name]


def _indicator(replay: Any, step: data.Step) -> Indicator:
    rows = Indicator.objects.for_list().filter(programme=replay.programme)
    return rows.get(code=step.codes[0])


def _row(step: data.Step) -> data.Row:
    """What `demo_readings.csv` says of the reading."""
    wanted = (step.codes[0], str(step.version))
    return next(row for row in data.rows("demo_readings.csv") if (row["指标编号"], row["稿次"]) == wanted)


def _submit(replay: Any, step: data.Step, person: User) -> None:
    row = _row(step)
    readings.submit_reading(
        _indicator(replay, step), by=person, period=row["时间"],
        on=datetime.date.fromisoformat(row["对应日期"]), qualifier=QUALIFIERS[row["修饰"]],
        value=Decimal(row["数值"]) if row["数值"] else None, words=row["文字表述"], source=row["来源"],
        note=row["备注"], is_sample=row["样例"] == "是", sample_fields=_invented(row),
    )  # fmt: skip


def _move(move: Move) -> Callable[[Any, data.Step, User], None]:
    def act(replay: Any, step: data.Step, person: User) -> None:
        rows = Reading.objects.for_move().filter(indicator=_indicator(replay, step))
        reading = rows.get(period=_row(step)["时间"], status__in=move.sources)
        perform(move, reading, by=person, comment=step.comment)

    return act


ACTIONS: dict[str, Callable[[Any, data.Step, User], None]] = {
    "设定指标": _define,
    "报送指标": _submit,
    "通过指标": _move(workflow.APPROVE),
    "退回指标": _move(workflow.RETURN),
}
