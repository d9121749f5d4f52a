"""Why a task's light is what it is, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qdtrade.lights import words
from qdtrade.lights.words import Reason


def _milestone_overdue(reason: Reason) -> str:
    days = reason["days"]
    said = ngettext(
        "milestone %(number)s is %(days)d day overdue", "milestone %(number)s is %(days)d days overdue", days
    ) % {"number": reason["number"], "days": days}
    others = reason.get("others")
    if not others:
        return said
    more = ngettext(
        "%(said)s and %(others)d more milestone is overdue",
        "%(said)s and %(others)d more milestones are overdue",
        others,
    )
    return more % {"said": said, "others": others}


def _milestone_soon(reason: Reason) -> str:
    days = reason["days"]
    if not days:
        return _("milestone %(number)s is due today") % {"number": reason["number"]}
    said = ngettext(
        "milestone %(number)s is due in %(days)d day", "milestone %(number)s is due in %(days)d days", days
    )
    return said % {"number": reason["number"], "days": days}


def _task_overdue(reason: Reason) -> str:
    days = reason["days"]
    said = ngettext("the task is %(days)d day overdue", "the task is %(days)d days overdue", days)
    return said % {"days": days}


def _task_soon(reason: Reason) -> str:
    days = reason["days"]
    if not days:
        return _("the task is due today")
    return ngettext("the task is due in %(days)d day", "the task is due in %(days)d days", days) % {
        "days": days
    }


def _not_filed(reason: Reason) -> str:
    days = reason["days"]
    said = ngettext(
        "the report of %(period)s is %(days)d day overdue",
        "the report of %(period)s is %(days)d days overdue",
        days,
    )
    return said % {"period": words.period_of(reason), "days": days}


def _start_missed(reason: Reason) -> str:
    months = reason["months"]
    said = ngettext(
        "not begun %(months)d month after its start day",
        "not begun %(months)d months after its start day",
        months,
    )
    return said % {"months": months}


SAID: dict[str, words.Say] = {
    "milestone_overdue": _milestone_overdue,
    "milestone_soon": _milestone_soon,
    "task_overdue": _task_overdue,
    "task_soon": _task_soon,
    "report_late": lambda one: _("the report of %(period)s was late") % {"period": words.period_of(one)},
    "report_missing": lambda one: _("the report of %(period)s is missing") % {"period": words.period_of(one)},
    "report_not_filed": _not_filed,
    "start_missed": _start_missed,
    "registered": lambda one: _("not signed for yet"),
    "not_started": lambda one: _("starts on %(day)s by plan") % {"day": one["day"]},
    "done": lambda one: pgettext("light", "done"),
    "suspended": lambda one: pgettext("light", "suspended"),
    "dropped": lambda one: pgettext("light", "dropped"),
}
