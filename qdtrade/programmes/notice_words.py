"""What people are told of roles, deputies and reminders."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qdtrade.notices.models import Notice
from qdtrade.notices.words import Kind, speak
from qdtrade.templatetags import days
from qdtrade.templatetags.words import listed

from . import duties
from .duties import DUTIES, Thing
from .held import programme_ids
from .models import Reminder

MOST_LINES = 20
"""So many things stand in a mail; the rest is a number."""


def is_member(notice: Notice, user: Any) -> bool:
    """A deputy's role may be gone when it is told that it ended; it was the person's own matter."""
    return notice.scope in programme_ids(user)


def _place(notice: Notice) -> str:
    """The list of deputies, or one's own work for what was handed over."""
    return reverse("my_work" if notice.move == "take_over" else "deputies")


def reminded_of(params: Mapping[str, Any]) -> str:
    """Who reminds of what: “Reminder: 3 reports to file, due Tue 28 Sep 24:00”."""
    known = [(DUTIES[name], n) for name, n in params.get("duties", {}).items() if name in DUTIES]
    things = listed(duty.counted(n) for duty, n in known)
    if params.get("code"):
        things = _("%(things)s (%(code)s)") % {"things": things, "code": params["code"]}
    due = parse_date(str(params.get("due", "")))
    if due is not None:
        return _("Reminder: %(things)s, due %(day)s 24:00") % {"things": things, "day": days.in_words(due)}
    if params.get("overdue"):
        late = ngettext("%(n)d of them overdue", "%(n)d of them overdue", params["overdue"])
        things = _("%(things)s, %(late)s") % {"things": things, "late": late % {"n": params["overdue"]}}
    return _("%(by)s reminds you: %(things)s") % {"by": params.get("by", ""), "things": things}


def way_to_it(notice: Notice) -> str:
    """To the thing itself where it is one, else to where the person finds all of them."""
    names = [name for name in notice.params.get("duties", {}) if name in DUTIES]
    if len(names) == 1 and notice.params.get("one"):
        return reverse(DUTIES[names[0]].page, args=[notice.params["one"]])
    of_reviewers = all(DUTIES[name].is_of_reviewers for name in names)
    return reverse("desk") if names and of_reviewers else reverse("my_work")


def what_is_owed(notice: Notice, user: Any) -> list[str] | None:
    """What is still owed of what the reminder named, as far as the person sees it; None where nothing is."""
    reminder = (
        Reminder.objects.visible_to(user).select_related("programme").filter(pk=notice.object_id).first()
    )
    if reminder is None:
        return None
    owed = duties.still_owed(user, reminder.programme, reminder.owed)
    if not owed:
        return None
    lines = [line_of(thing) for thing in owed[:MOST_LINES]]
    rest = len(owed) - MOST_LINES
    if rest > 0:
        lines.append(ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest})
    return lines


def line_of(thing: Thing) -> str:
    """One thing that is owed, with its day."""
    colon, mark = _(": "), _(" (sample)") if thing.is_sample else ""
    name = f"{thing.duty.label}{colon}{thing.code} {thing.title}{mark}"
    if thing.period is not None and not thing.period.is_running:
        name = f"{name} {thing.period}"
    if thing.due_on is None:
        return name
    words = _("%(name)s (was due %(day)s)") if thing.is_overdue else _("%(name)s (due %(day)s 24:00)")
    return words % {"name": name, "day": days.in_words(thing.due_on)}


MEMBERSHIP = Kind(
    group="people",
    moves={
        "appoint_deputy": gettext_lazy("%(by)s made you a deputy: %(label)s"),
        "be_deputised": gettext_lazy("%(by)s appointed somebody to act for you: %(label)s"),
        "end_deputy": gettext_lazy("%(by)s ended a deputy: %(label)s"),
        "take_over": gettext_lazy("%(by)s handed over to you what waits for: %(label)s"),
    },
    path=_place,
    sees=is_member,
)
REMINDER = Kind(
    group="reminders",
    moves={"remind": reminded_of},
    path=way_to_it,
    sees=is_member,
    lines=what_is_owed,
)


def speak_of_programmes() -> None:
    """Called once, when the app is ready."""
    speak("membership", MEMBERSHIP)
    speak("reminder", REMINDER)
