"""Which icon, box and word a light or a state has. Stored codes come in, labels are the caller's or these."""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

Words: TypeAlias = str | Promise


def grouped(number: int | None) -> str:
    """A count as people read it: 13,096."""
    return "" if number is None else f"{number:,}"


class Light(NamedTuple):
    """The words of one light: its colour, as a narrow column shows it, and what it means."""

    colour: Words
    meaning: Words

    @property
    def label(self) -> str:
        """The light's full name: 红灯, Red."""
        # Translators: the full name of a light, made of its colour.
        return gettext("%(colour)s") % {"colour": self.colour}


LIGHTS = {
    "red": Light(_("Red"), _("behind")),
    "yellow": Light(_("Yellow"), _("at risk")),
    "green": Light(_("Green"), _("on track")),
    "blue": Light(_("Blue"), _("ahead or done")),
    "grey": Light(_("Grey"), _("not started or suspended")),
}


def light_words(level: str) -> str:
    """A light's full name; empty for a level that is not set yet."""
    return LIGHTS[level].label if level in LIGHTS else ""


class State(NamedTuple):
    """How a state looks: `box` is dashed, way, settled, frozen or alert."""

    box: str
    icon: str = ""


# dashed: nothing official yet; way: on its way; settled: done; frozen: for good; alert: somebody must act.
STATES = {
    "draft": State("dashed", "pencil"),
    "not_filed": State("dashed"),
    "expected": State("dashed"),
    "exempt": State("dashed"),
    "registered": State("dashed", "clock"),
    "to_accept": State("dashed", "clock"),
    "declined": State("alert", "return"),
    "sent_back": State("alert", "return"),
    "given": State("dashed", "clock"),
    "to_claim": State("dashed", "flag"),
    "asked": State("dashed", "clock"),
    "signed": State("way", "arrow"),
    "granted": State("settled", "check"),
    "to_confirm": State("dashed", "clock"),
    "planned": State("dashed"),
    "proposed": State("way", "arrow"),
    "candidate": State("dashed", "flag"),
    "recognised": State("settled", "check"),
    "not_recognised": State("alert", "minus"),
    "promoted": State("frozen", "check"),
    "counter": State("way", "return"),
    "terminated": State("frozen", "minus"),
    "removed": State("dashed", "minus"),
    "behind": State("alert", "alert"),
    "stalled": State("alert", "pause"),
    "not_due": State("dashed"),
    "pending": State("dashed"),
    "withdrawn": State("dashed", "return"),
    "waived": State("dashed", "minus"),
    "suspended": State("dashed", "pause"),
    "dropped": State("dashed", "minus"),
    "ended": State("dashed", "minus"),
    "in_progress": State("way"),
    "open": State("way", "pencil"),
    "grace": State("way", "clock"),
    "sign_off": State("way", "arrow"),
    "submitted": State("way", "arrow"),
    "taken": State("way", "arrow"),
    "claimed": State("way", "arrow"),
    "completion_claimed": State("way", "arrow"),
    "reopened": State("way", "return"),
    "accepted": State("settled", "check"),
    "approved": State("settled", "check"),
    "confirmed": State("settled", "check"),
    "on_time": State("settled", "check"),
    "filed": State("settled", "check"),
    "done": State("settled", "check"),
    "closed": State("settled", "check"),
    "account_open": State("settled", "check"),
    "account_first": State("dashed", "pencil"),
    "account_locked": State("alert", "lock"),
    "account_closed": State("dashed", "minus"),
    "live": State("settled", "check"),
    "expired": State("dashed", "clock"),
    "revoked": State("dashed", "minus"),
    "superseded": State("dashed", "minus"),
    "frozen": State("frozen", "lock"),
    "returned": State("alert", "return"),
    "late": State("alert", "clock"),
    "overdue": State("alert", "alert"),
    "missing": State("alert", "alert"),
    "waiting": State("way", "clock"),
    "read": State("dashed", "pencil"),
    "unreadable": State("alert", "alert"),
    "applying": State("way", "arrow"),
    "applied": State("settled", "check"),
    "failed": State("alert", "alert"),
    "taken_back": State("dashed", "return"),
    "refused": State("alert", "alert"),
}

# Words for codes that no model's choices name.
STATE_LABELS: dict[str, Words] = {
    "draft": _("draft"),
    "not_filed": _("not filed"),
    "exempt": _("exempt"),
    "to_accept": _("to accept"),
    "declined": _("declined"),
    "sent_back": _("sent back"),
    "to_claim": _("all done"),
    "to_confirm": _("to confirm"),
    "not_due": _("not due"),
    "submitted": _("submitted"),
    "approved": _("approved"),
    "confirmed": _("confirmed"),
    "on_time": _("on time"),
    "filed": _("filed"),
    "frozen": _("frozen"),
    "returned": _("returned"),
    "late": _("late"),
    "overdue": _("overdue"),
    "missing": _("missing"),
    "done": _("done"),
    "claimed": _("claimed"),
    "refused": _("refused"),
    "account_open": _("in use"),
    "account_first": _("first password"),
    "account_locked": _("locked"),
    "account_closed": _("account closed"),
    "live": _("works"),
    "expired": _("expired"),
    "revoked": _("revoked"),
    "counter": _("counter-entry"),
}


def listed(things: Iterable[object]) -> str:
    """Things of one kind one after the other, as the reader's language separates them: 甲、乙."""
    return pgettext("between things of one kind", ", ").join(map(str, things))


def standing_in(who: object, absent: object) -> str:
    """A name, and whom the person acts for (王五（代李四）); the name alone for those who act for themselves."""
    return gettext("%(who)s (for %(absent)s)") % {"who": who, "absent": absent} if absent else str(who)
