"""The rates that a programme begins with, as data (DOMAIN, investment project); each is changed by a new version."""

from typing import Any

from .models import Measure, Rate

FIRST_RATES: tuple[dict[str, Any], ...] = (
    {"code": "performance", "name": "履约率", "name_en": "Performance rate", "numerator": Measure.PERFORMING},
    {
        "code": "contract", "name": "正式合同率", "name_en": "Contract rate", "numerator": Measure.CONTRACT,
        "at_foot": True,
    },
    {
        "code": "registration", "name": "注册率", "name_en": "Registration rate", "numerator": Measure.REGISTERED,
        "at_foot": True,
    },
    {
        "code": "start", "name": "开工率（占签约）", "name_en": "Start rate, of signed", "numerator": Measure.STARTED,
        "at_foot": True,
    },
    {
        "code": "start-chain", "name": "开工率（占履约）", "name_en": "Start rate, of performing",
        "numerator": Measure.STARTED, "denominator": Measure.PERFORMING,
    },
    {
        "code": "production", "name": "投产率（占签约）", "name_en": "Production rate, of signed",
        "numerator": Measure.PRODUCING,
    },
    {
        "code": "production-chain", "name": "投产率（占开工）", "name_en": "Production rate, of started",
        "numerator": Measure.PRODUCING, "denominator": Measure.STARTED,
    },
    {
        "code": "inflow", "name": "资金到位率", "name_en": "Money-in rate", "numerator": Measure.IN, "at_foot": True,
    },
    {
        "code": "ahead", "name": "超欠进度", "name_en": "Ahead or behind", "numerator": Measure.INVESTED,
        "less": Rate.Less.ELAPSED, "by": Rate.By.AMOUNT,
    },
)  # fmt: skip
