"""Amounts of money, exact and in yuan: read from what people write, and shown in 亿元 and 万元. No float anywhere.

3,410,000万元, 341亿元 and 34.1 bn yuan are one value.
"""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

YI, WAN = Decimal(100_000_000), Decimal(10_000)
FEN = Decimal("0.01")

MOST = 100_000 * YI
"""10万亿元: no project is that large (our choice); what is more was given in a wrong unit."""

UNITS = {
    "": Decimal(1), "百": Decimal(100), "千": Decimal(1_000), "万": WAN, "十万": 10 * WAN, "百万": 100 * WAN,
    "千万": 1_000 * WAN, "亿": YI, "百亿": 100 * YI, "千亿": 1_000 * YI, "万亿": 10_000 * YI,
    "k": Decimal(1_000), "thousand": Decimal(1_000), "m": 100 * WAN, "mn": 100 * WAN, "million": 100 * WAN,
    "bn": 10 * YI, "billion": 10 * YI, "tn": 10_000 * YI, "trillion": 10_000 * YI,
}  # fmt: skip
YUAN = {"", "元", "圆", "元人民币", "人民币", "人民币元", "yuan", "cny", "rmb", "renminbi"}
AMOUNT = re.compile(
    r"(?P<before>[^\d+\-.]*)(?P<sign>[+-]?)(?P<figure>\d[\d,\s]*(?:\.\d+)?|\.\d+)\s*(?P<after>\D*)"
)


def parse(text: object, unit: Decimal = Decimal(1)) -> Decimal:
    """The yuan that a text or a number means; a bare number counts `unit` yuan, a text may bring a unit of its own.

    Raises ValidationError for what is no amount, or is one in another currency, or has parts of a fen.
    """
    if isinstance(text, float):
        text = repr(text)  # a spreadsheet's number, as it is written
    if isinstance(text, int | Decimal):
        text = format(Decimal(text), "f")
    plain = unicodedata.normalize("NFKC", str(text)).strip().replace("−", "-").replace("，", ",")
    found = AMOUNT.fullmatch(plain)
    if found is None:
        raise ValidationError(_no_amount(text))
    figure = Decimal(re.sub(r"[,\s]", "", found["figure"]))
    yuan = figure * _factor(found["before"], found["after"], unit, text)
    return in_fen(-yuan if found["sign"] == "-" else yuan)


def in_fen(yuan: Decimal) -> Decimal:
    """The amount with its two digits; raises ValidationError where it has parts of a fen."""
    if yuan.adjusted() > 30:
        raise ValidationError(_("This is more than any amount of money."))
    whole = yuan.quantize(FEN)
    if whole != yuan:
        raise ValidationError(_("An amount has at most two digits after the point, in yuan."))
    return whole


def _factor(before: str, after: str, unit: Decimal, text: object) -> Decimal:
    before = before.strip().lower()
    if before not in {*YUAN, "¥"}:
        raise ValidationError(_other_currency(before))
    words = re.sub(r"\s+", "", after.lower())
    if not words:
        return unit
    for name in sorted(UNITS, key=len, reverse=True):
        if words.startswith(name) and words.removeprefix(name) in YUAN:
            return UNITS[name]
    if words[-1:] == "元" or re.search(r"usd|eur|jpy|hkd|gbp|krw|dollar|euro|\$|€|£|yen", words):
        raise ValidationError(_other_currency(after.strip()))
    raise ValidationError(_no_amount(text))


def _no_amount(text: object) -> str:
    return _("“%(text)s” is no amount. Write it like 341亿元, 12,000万元 or 5000000.") % {
        "text": str(text)[:40]
    }


def _other_currency(words: str) -> str:
    return _("“%(words)s” is not yuan. Give the amount in its currency, with the rate and its day.") % {
        "words": words[:20]
    }


def rounded(yuan: Decimal, unit: Decimal, digits: int) -> Decimal:
    """The amount in a larger unit, rounded once, half up (DOMAIN, figures)."""
    return (yuan / unit).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def yi(yuan: Decimal | None) -> str:
    """In 亿元 with two digits: 341.00; nothing for nothing, for 0 is a value."""
    return "" if yuan is None else f"{rounded(yuan, YI, 2):,}"


def wan(yuan: Decimal | None) -> str:
    """In 万元 without digits: 3,410,000."""
    return "" if yuan is None else f"{rounded(yuan, WAN, 0):,}"


def plain(yuan: Decimal | None) -> str:
    """In yuan, to the fen where there is one: 34,100,000,000."""
    if yuan is None:
        return ""
    return f"{yuan:,.0f}" if yuan == yuan.to_integral_value() else f"{yuan:,.2f}"


def written(yuan: Decimal | None) -> str:
    """Exactly, in the largest unit that needs at most two digits, as a person would type it: 18亿元, 12,000万元."""
    if yuan is None:
        return ""
    for unit, name in ((YI, "亿元"), (WAN, "万元")):
        figure = yuan / unit
        if abs(figure) >= 1 and figure == figure.quantize(FEN):
            return f"{figure.normalize():,f}{name}"
    return f"{plain(yuan)}元"
