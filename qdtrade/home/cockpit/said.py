"""The sentence at the top, built from the figures below it: what is in trouble is named first."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade.templatetags import days

from .asked import Figure, Scope
from .course import Breakthroughs
from .lit import Heat, Lights
from .reporting import Reporting


@dataclass(frozen=True)
class Part:
    """A clause; its figure leads to its rows. `is_trouble` puts it first and in bold red words."""

    words: str
    figure: Figure | None = None
    is_trouble: bool = False


def sentence(
    scope: Scope, course: Breakthroughs, lights: Lights, fields: Heat, reports: Reporting | None
) -> list[Part]:
    """All clauses, those of trouble first, otherwise in the order of the panels."""
    parts = [*_of_course(course), *_of_lights(lights, fields), *_of_reports(scope, reports)]
    return sorted(parts, key=lambda part: not part.is_trouble)


def _of_course(course: Breakthroughs) -> Iterator[Part]:
    count = course.recognised.count
    words = ngettext("%(n)d breakthrough recognised", "%(n)d breakthroughs recognised", count) % {"n": count}
    if course.ahead is None:
        yield Part(words, course.recognised)
    elif course.ahead < 0:
        lacking = _("%(lack)d fewer than due by now") % {"lack": -course.ahead}
        yield Part(_(", ").join([words, lacking]), course.recognised, is_trouble=True)
    else:
        reached = _("as many as due by now, or more")
        yield Part(_(", ").join([words, reached]), course.recognised)
    if course.forecast is not None:
        yield Part(_("on today's pace %(low)d–%(high)d by the year's end") % {
            "low": course.forecast.low, "high": course.forecast.high
        })  # fmt: skip


def _of_lights(lights: Lights, fields: Heat) -> Iterator[Part]:
    red = lights.lights[0].figure
    if not lights.all.count or lights.unlit.count == lights.all.count:
        return
    if not red.count:
        yield Part(_("no red light"))
        return
    yield Part(
        ngettext("%(n)d red light", "%(n)d red lights", red.count) % {"n": red.count}, red, is_trouble=True
    )
    most = max(fields.lines, key=lambda line: line.cells[0].figure.count)
    of_field = most.cells[0].figure
    if len(fields.lines) > 1 and 1 < of_field.count < red.count:
        yield Part(
            _("%(n)d of them in “%(field)s”") % {"n": of_field.count, "field": most.name},
            of_field,
            is_trouble=True,
        )


def _of_reports(scope: Scope, reports: Reporting | None) -> Iterator[Part]:
    period = scope.period
    if reports is None or period is None:
        yield Part(_("no period has opened yet"))
        return
    if not reports.owed.count:
        yield Part(_("nothing is owed for %(period)s") % {"period": period})
        return
    missing = reports.missing
    if not missing.count:
        yield Part(_("all reports of %(period)s are in") % {"period": period})
        return
    counted = {"n": missing.count, "period": period}
    if not period.is_running or period.due_on < scope.today:
        words = ngettext(
            "%(n)d report of %(period)s is missing", "%(n)d reports of %(period)s are missing", missing.count
        )
        yield Part(words % counted, missing, is_trouble=True)
        return
    words = ngettext(
        "%(n)d report of %(period)s is still to come",
        "%(n)d reports of %(period)s are still to come",
        missing.count,
    )
    words %= counted
    due = _("due by 24:00 on %(day)s") % {"day": days.in_words(period.due_on)}
    yield Part(_(", ").join([words, due]), missing)
