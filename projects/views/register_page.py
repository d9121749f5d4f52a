"""The sentence above the list of projects, from the counts and sums of its rows."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import money


def sentence(totals: dict[str, Any], counts: dict[str, int]) -> list[tuple[str, bool]]:
    """What became of what was signed, in one sentence; its urgent parts are marked."""
    words = ngettext(
        "%(n)d project signed, %(amount)s 亿元: %(industrial)d industrial, %(service)d service trade",
        "%(n)d projects signed, %(amount)s 亿元: %(industrial)d industrial, %(service)d service trade",
        totals["projects"],
    )
    said = {"n": totals["projects"], "amount": money.yi(totals["planned_investment"])}
    parts = [(words % (said | {name: totals[name] for name in ("industrial", "service")}), False)]
    if counts["behind"]:
        parts.append((_("%(n)d behind") % {"n": counts["behind"]}, True))
    if counts["stalled"]:
        parts.append((_("%(n)d stalled") % {"n": counts["stalled"]}, True))
    if counts["waiting"]:
        parts.append((_("%(n)d to confirm") % {"n": counts["waiting"]}, False))
    return parts
