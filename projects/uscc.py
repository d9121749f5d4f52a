"""The unified social credit code (统一社会信用代码) that every Chinese firm has, by GB 32100-2015."""

import re

DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""No I, O, S, V or Z: they look like figures."""

FORM = re.compile(rf"[{DIGITS}]{{18}}")


def check_digit(body: str) -> str:
    """The last of the eighteen, which follows from the seventeen before it."""
    total = sum(DIGITS.index(digit) * pow(3, place, 31) for place, digit in enumerate(body))
    return DIGITS[-total % 31]


def tidy(text: str) -> str:
    """As it is kept: capitals, without spaces or hyphens."""
    return re.sub(r"[\s\-]", "", text).upper()


def is_right(code: str) -> bool:
    """Whether these are eighteen digits of the standard, and the last one follows from the others."""
    return FORM.fullmatch(code) is not None and check_digit(code[:-1]) == code[-1]
