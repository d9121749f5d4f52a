"""The sentence above the list of projects, from the counts and sums of its rows."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import money
from qdtrade.lists import query


@dataclass(frozen=True)
class Part:
    """A part of the sentence: urgent or not, with the address that leaves its rows alone in the list."""

    words: str
    url: str = ""
    is_urgent: bool = False


def sentence(request: HttpRequest, totals: dict[str, Any], counts: dict[str, int]) -> list[Part]:
    """What became of what was signed, in one sentence; each count leads to its rows."""
    words = ngettext(
        "%(n)d project signed, %(amount)s 亿元: %(industrial)d industrial, %(service)d service trade",
        "%(n)d projects signed, %(amount)s 亿元: %(industrial)d industrial, %(service)d service trade",
        totals["projects"],
    )
    said = {"n": totals["projects"], "amount": money.yi(totals["planned_investment"])}
    parts = [Part(words % (said | {name: totals[name] for name in ("industrial", "service")}))]
    told = {"behind": _("%(n)d behind"), "stalled": _("%(n)d stalled"), "waiting": _("%(n)d to confirm")}
    for name, count in told.items():
        if counts[name]:
            url = query(request, **{name: "true"})
            parts.append(Part(count % {"n": counts[name]}, url, is_urgent=name != "waiting"))
    return parts
