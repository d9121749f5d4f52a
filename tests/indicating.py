"""Indicators and readings as real actions and moves make them."""

import datetime
from decimal import Decimal

from qdtrade.indicators import workflow
from qdtrade.indicators.actions import indicators, readings
from qdtrade.workflow import perform

PRESS = "半岛都市报2021年9月关于服贸会的报道"
HALF, DAY = "2021年上半年", datetime.date(2021, 6, 30)


def indicator(programme, owner, *, by, code="ZB-01", **fields):
    values = {
        "name": "服务贸易进出口同比",
        "unit": "%",
        "decimals": 1,
        "formula": "本期 ÷ 上年同期 − 1",
    } | fields
    return indicators.add_indicator(programme, by=by, code=code, owner=owner, **values)


def reading(of, *, by, **said):
    values = {"period": HALF, "on": DAY, "value": Decimal("28.6"), "source": PRESS} | said
    return readings.submit_reading(of, by=by, **values)


def approved(of, *, by, approved_by, **said):
    return perform(workflow.APPROVE, reading(of, by=by, **said), by=approved_by)


def target(of, *, by, kind="target", period="2021年", on=datetime.date(2021, 12, 31), value=20, **fields):
    return indicators.set_target(of, by=by, kind=kind, period=period, on=on, value=Decimal(value), **fields)
