"""What a version of the thresholds says, as a table of dimensions and levels."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade.errors import Words
from qdtrade.templatetags.words import listed

from .levels import Level
from .models import LightRule


@dataclass(frozen=True)
class Dimension:
    """One thing that is looked at, and what of it makes which light; the worst dimension decides."""

    label: Words
    what: Words
    green: str
    yellow: str
    red: str

    @property
    def levels(self) -> list[tuple[Level, str]]:
        return [(Level.GREEN, self.green), (Level.YELLOW, self.yellow), (Level.RED, self.red)]


def dimensions(rule: LightRule) -> list[Dimension]:
    """The four dimensions of a version (DOMAIN, lights)."""
    return [_gap(rule), _milestones(rule), _reports(rule), _start(rule)]


def ahead(rule: LightRule) -> str:
    """When a light is blue."""
    words = _("%(points)s points ahead of plan or more and no dimension at risk, or done.")
    return words % {"points": _points(rule.ahead_points)}


def _points(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _gap(rule: LightRule) -> Dimension:
    yellow, red = _points(rule.gap_yellow), _points(rule.gap_red)
    return Dimension(
        _("Schedule gap"),
        _("planned progress − actual progress, in points"),
        _("below %(points)s") % {"points": yellow},
        _("%(from)s to %(to)s") % {"from": yellow, "to": red},
        _("above %(points)s") % {"points": red},
    )


def _milestones(rule: LightRule) -> Dimension:
    days = rule.milestone_days
    return Dimension(
        _("Milestones"),
        _("days to the planned day of what is not done"),
        ngettext("more than %(days)d day left", "more than %(days)d days left", days) % {"days": days},
        ngettext("%(days)d day left or less", "%(days)d days left or less", days) % {"days": days},
        _("overdue"),
    )


def _reports(rule: LightRule) -> Dimension:
    says: dict[str, list[str]] = {
        Level.GREEN.value: [_("on time")],
        Level.YELLOW.value: [],
        Level.RED.value: [],
    }
    says[rule.late_report].append(_("late"))
    says[rule.missing_report].append(_("missing"))
    words = {level: listed(found) if found else "—" for level, found in says.items()}
    return Dimension(
        _("Reports"), _("of the last period that was due"), words["green"], words["yellow"], words["red"]
    )


def _start(rule: LightRule) -> Dimension:
    first, last = rule.start_yellow, rule.start_red
    return Dimension(
        _("Start missed"),
        _("whole months since the planned start without any progress"),
        ngettext("less than %(months)d month", "less than %(months)d months", first) % {"months": first},
        _("%(from)d to %(to)d months") % {"from": first, "to": last - 1}
        if last - first > 1
        else ngettext("%(months)d month", "%(months)d months", first) % {"months": first}
        if last > first
        else "—",
        ngettext("%(months)d month or more", "%(months)d months or more", last) % {"months": last},
    )
