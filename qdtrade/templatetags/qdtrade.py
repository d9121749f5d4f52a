"""The design system's tags and filters. They are built in: no template needs to load them.

Drawings     {% icon "search" %} · {% mark %} (the product's sign) · the three papers: "spec", "roadmap", "inspection"
Lights       {% light "red" %} · short=True in columns · meaning=True adds what it means · own=True self-rated ·
             chip=True in a page head
States       {% state report.status report.get_status_display %} · without a label it takes the design system's own word
Marks        {% sample_mark task %} (the name) · {% sample_mark task "lead" %} (one field)
Progress     {% progress actual planned %} · {% progress_key %} · {% diamonds milestones %} · {% diamond "done" %}
Moves        {% move_button move kind="main" version=task.version next=request.path key="a" told=True %}
Lists        {% sort_header "due_on" label css="num" %} · {% column_header column %}
             · {% plain_cells columns row %} · value|in_cell
             · {% pages page %} · {% pill form.field %}
Forms        {% field form.title number=1 beside=sentence %}
Calendar     {% day_strip days %} · {% day_axis %}
Filters      day|iso · moment|iso_moment · moment|clock_time · day|day_words · day|day_short · day|day_full ·
             day|weekday · moment|moment_words · number|percent · text|first_line · text|other_lines · things|listed ·
             yuan|yi (亿元, two digits) · yuan|wan (万元, none) · yuan|yuan (to the fen)
"""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Protocol

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from qdtrade import clock, money

from . import days, icons, words

register = template.Library()

THIN = "\N{NO-BREAK SPACE}"  # as narrow as a space is, and in every typeface
TRACK = 76

register.filter("iso", days.iso)
register.filter("iso_moment", days.iso_moment)
register.filter("clock_time", days.time_of_day)
register.filter("day_words", days.in_words)
register.filter("day_short", days.short)
register.filter("day_full", days.full)
register.filter("weekday", days.weekday)
register.filter("moment_words", days.moment_in_words)
register.filter("listed", words.listed)
register.filter("grouped", words.grouped)
register.filter("yi", money.yi)
register.filter("wan", money.wan)
register.filter("yuan", money.plain)


class Marked(Protocol):
    """A row with provenance."""

    source: str
    is_sample: bool
    sample_fields: list[str]


class Planned(Protocol):
    """A milestone as the diamonds see it; a row that carries `claimed` is drawn as claimed until it is done."""

    def state(self, today: datetime.date) -> str: ...


class Listed(Protocol):
    """A column that a list shows."""

    name: str
    heading: words.Words
    sorts: str


class Worded(Protocol):
    """The columns of a list, which put a row into words."""

    def words(self, row: Any) -> list[tuple[Any, Any]]: ...


class OfferedMove(Protocol):
    """A move with its answer for this person: open, or refused with the reason."""

    name: str
    label: str
    open: bool
    reason: str
    needs_comment: bool
    url: str


@register.simple_tag
def icon(name: str) -> SafeString:
    """A 16 px drawing, hidden from screen readers: always put a word beside it."""
    return icons.draw(name)


@register.simple_tag
def mark() -> SafeString:
    """The product's sign: the needle on the inspection line."""
    return mark_safe(icons.MARK)


@register.simple_tag
def light(
    level: str, *, short: bool = False, meaning: bool = False, own: bool = False, chip: bool = False
) -> SafeString:
    """A light as shape and word; nothing for a level that is not set yet."""
    if level not in words.LIGHTS:
        return mark_safe(days.NONE)
    light_words = words.LIGHTS[level]
    css = f"light light-{level}" + " light-own" * own + " light-chip" * chip
    gloss = format_html(" <small>{}</small>", light_words.meaning) if meaning else ""
    label = light_words.colour if short else light_words.label
    return format_html('<span class="{}">{}{}{}</span>', css, icons.draw(f"light-{level}"), label, gloss)


@register.simple_tag
def state(code: str, label: words.Words = "") -> SafeString:
    """A state as box, icon and word. The label comes from the model's choices; a late or missing one from here."""
    look = words.STATES[code]
    drawing = icons.draw(look.icon) if look.icon else ""
    label = label or words.STATE_LABELS.get(code, code)
    return format_html('<span class="state state-{}">{}{}</span>', look.box, drawing, label)


@register.simple_tag
def sample_mark(row: Marked, field: str = "") -> SafeString | str:
    """样例 right after an invented text. Without a field: the row's name, which says 报道 when the press names it.

    A row of a real register has nothing invented and bears no mark.
    """
    if row.is_sample or field in row.sample_fields:
        return format_html('<span class="sample">{}</span>', _("sample"))
    if field or not row.source or not row.sample_fields:
        return ""
    return format_html('<span class="source" title="{}">{}</span>', row.source, _("press"))


@register.simple_tag
def progress(actual: Decimal | int | None, planned: Decimal | int | None = None) -> SafeString:
    """What was reached against what the plan asks for today, both in percent."""
    if planned is None:
        said = _("%(actual)d percent done") % {"actual": actual or 0}
    else:
        said = _("%(actual)d percent done, %(planned)d percent planned") % {
            "actual": actual or 0,
            "planned": planned,
        }
    tick = None if planned is None else _on_track(planned, TRACK - 2)
    return icons.draw_progress(_on_track(actual or 0, TRACK), tick, said)


def _on_track(percent: Decimal | int, width: int) -> int:
    return round(max(0, min(100, percent)) * width / 100)


@register.inclusion_tag("parts/progress_key.html")
def progress_key() -> dict[str, object]:
    """What fill and tick mean: the heading of a progress column."""
    return {}


@register.simple_tag
def diamond(kind: str) -> SafeString:
    """One milestone's shape: done, claimed, due, overdue, waived."""
    return icons.draw_diamond(kind)


@register.filter
def diamond_kind(milestone: Planned) -> str:
    """How a milestone is drawn today."""
    kind = str(milestone.state(clock.today()))
    if kind != "done" and getattr(milestone, "claimed", False):
        return "claimed"
    return "due" if kind == "pending" else kind


@register.inclusion_tag("parts/diamonds.html")
def diamonds(milestones: Iterable[Planned]) -> dict[str, object]:
    """All milestones of a task in order, then done / all. Give it a list that is already loaded."""
    kinds = [diamond_kind(milestone) for milestone in milestones]
    owed = len(kinds) - kinds.count("waived")
    return {"kinds": kinds, "done": kinds.count("done"), "overdue": kinds.count("overdue"), "all": owed}


@register.filter
def percent(value: Decimal | float | None) -> str:
    """66 %, with the thin gap; a dash for nothing."""
    return days.NONE if value is None else f"{float(value):g}{THIN}%"


@register.filter
def first_line(text: object) -> str:
    """What happened: the bold line of a message."""
    return str(text).partition("\n")[0]


@register.filter
def other_lines(text: object) -> str:
    """Why, and what next: the second line of a message."""
    return str(text).partition("\n")[2]


@register.inclusion_tag("parts/move_button.html", takes_context=True)
def move_button(
    context: template.Context,
    move: OfferedMove,
    *,
    kind: str = "plain",
    version: object = "",
    next: str = "",
    key: str = "",
    told: bool = False,
    place: str = "",
    bureaus: Iterable[object] = (),
) -> dict[str, object]:
    """A form that makes this move, or the greyed button with its reason below. kind: main, plain or bare.

    `told=True` leaves the reason to the row or the page head, which then shows it; screen readers hear it all the same.
    `place` tells the same move at two places of a page, or for two rows, apart; `bureaus` are to be chosen from.
    """
    return {
        "place": place,
        "bureaus": bureaus,
        "told": told,
        "move": move,
        "kind": kind,
        "version": version,
        "next": next,
        "key": key,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("parts/sort_header.html", takes_context=True)
def sort_header(context: template.Context, name: str, label: str, css: str = "") -> dict[str, object]:
    """A column heading that sorts by `?ordering=`; a second click turns it round."""
    request: HttpRequest = context["request"]
    now = request.GET.get("ordering", "")
    direction = {name: "ascending", f"-{name}": "descending"}.get(now, "")
    following = f"-{name}" if direction == "ascending" else name
    return {"request": request, "label": label, "css": css, "direction": direction, "following": following}


@register.inclusion_tag("parts/column_header.html", takes_context=True)
def column_header(context: template.Context, column: Listed) -> dict[str, object]:
    """The heading of a column that was chosen; it sorts as `sort_header` does. The list's usual order shows too."""
    request: HttpRequest = context["request"]
    now = str(request.GET.get("ordering") or context.get("usual_ordering", ""))
    name = column.sorts
    direction = {name: "ascending", f"-{name}": "descending"}.get(now, "") if name else ""
    following = f"-{name}" if direction == "ascending" else name
    return {"request": request, "column": column, "direction": direction, "following": following}


@register.inclusion_tag("parts/plain_cells.html")
def plain_cells(columns: Worded, row: object) -> dict[str, object]:
    """What the chosen columns hold of a row that its template does not draw itself."""
    return {"words": columns.words(row)}


@register.filter
def in_cell(value: object) -> object:
    """What a file would hold, as a page writes it."""
    if value is None or value == "":
        return days.NONE
    if isinstance(value, datetime.datetime):
        return days.iso_moment(value)
    return days.iso(value) if isinstance(value, datetime.date) else value


@register.inclusion_tag("parts/pages.html", takes_context=True)
def pages(context: template.Context, page: Page[Any]) -> dict[str, object]:
    """Which rows these are, and the way to the others; every link keeps the filters."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    steps = [(number, number not in range(page.number - 1, page.number + 2)) for number in numbers]
    return {"request": context["request"], "page": page, "steps": steps, "sizes": (25, 50, 100)}


@register.inclusion_tag("parts/pill.html", takes_context=True)
def pill(context: template.Context, bound: BoundField) -> dict[str, object]:
    """One filter as a pill with a real form field in it; a set one has a ring and a way to drop it."""
    query = context["request"].GET.copy()
    for name in (bound.html_name, "page"):
        query.pop(name, None)
    return {"bound": bound, "set": bool(bound.value()), "without": f"?{query.urlencode()}"}


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, *, number: int | None = None, beside: str = "") -> dict[str, object]:
    """A form field with label, hint and errors. `beside` is a sentence at its right."""
    return {"bound": bound, "number": number, "beside": beside}


@register.inclusion_tag("parts/day_strip.html")
def day_strip(strip: Iterable[object]) -> dict[str, object]:
    """A month's days, each with `kind` (work, weekend, holiday, makeup), `phase` (open, grace), `due`, `today`."""
    return {"days": strip}


@register.inclusion_tag("parts/day_axis.html")
def day_axis() -> dict[str, object]:
    """The numbers above the day strips: 1, 5, 10 … 30."""
    return {"numbers": ["1" if day == 1 else str(day) if day % 5 == 0 else "" for day in range(1, 32)]}
