"""The figures of the responsibility page: each with the address of the list that holds exactly its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.accounts.models import Bureau
from qdtrade.errors import Words
from qdtrade.lights.levels import NO_LIGHT, is_strong
from qdtrade.templatetags.words import LIGHTS as LIGHT_WORDS

from ..chain import Branch
from ..responsibility import LIGHTS, Scope


@dataclass(frozen=True)
class Heading:
    """A column of the matrix: a figure, its words, and the list that opens exactly its rows."""

    name: str
    label: Words
    list_name: str
    opens: dict[str, str]
    is_alarm: bool = False
    light: str = ""

    @property
    def side(self) -> str:
        """Which of the two blocks it belongs to."""
        return "held" if self.list_name.startswith("part") else "led"


def _lit(prefix: str, list_name: str) -> tuple[Heading, ...]:
    """A column for each light, the worst first, and one for what has none yet."""
    return tuple(
        Heading(f"{prefix}_{light}", LABELS[light], list_name, {"light": light}, light=light)
        for light in LIGHTS
    )


LABELS: dict[str, Words] = {level: LIGHT_WORDS[level].colour for level in LIGHTS if level != NO_LIGHT}
LABELS[NO_LIGHT] = _("No light")
LED = (
    Heading("led", pgettext_lazy("counted", "Tasks"), "task_list", {}),
    *_lit("led", "task_list"),
    Heading("not_reported", pgettext_lazy("counted", "Not reported"), "report_list", {"filed": "false"}),
)
HELD = (
    Heading("held", pgettext_lazy("counted", "Parts"), "part_list", {}),
    *_lit("held", "part_list"),
    Heading("given", pgettext_lazy("counted", "To accept"), "part_list", {"status": "given"}),
    Heading("not_filed", pgettext_lazy("counted", "Not filed"), "part_report_list", {"filed": "false"}),
)
LED_TOO = (
    Heading("to_accept", pgettext_lazy("counted", "To accept"), "task_list", {"status": "registered"}),
    Heading("in_progress", pgettext_lazy("counted", "In progress"), "task_list", {"status": "in_progress"}),
    Heading("late_nodes", pgettext_lazy("counted", "Overdue"), "task_list", {"overdue": "true"}, True),
    Heading("settled", pgettext_lazy("counted", "Done tasks"), "task_list", {"status": "done"}),
)
HELD_TOO = (
    Heading("unsigned", pgettext_lazy("counted", "Of these late"), "part_list", {"clock": "unsigned"}, True),
    Heading("accepted", pgettext_lazy("counted", "Accepted"), "part_list", {"status": "accepted"}),
    Heading("overdue", pgettext_lazy("counted", "Of these overdue"), "part_list", {"clock": "over"}, True),
    Heading("back", pgettext_lazy("counted", "Sent back"), "part_list", {"status": "sent_back"}),
    Heading("done", pgettext_lazy("counted", "Done parts"), "part_list", {"status": "done"}),
)
"""What the file holds besides."""
BY_BUREAU = {
    "task_list": "lead",
    "report_list": "bureau",
    "part_list": "bureau",
    "part_report_list": "bureau",
}
OF_A_PERIOD = ("report_list", "part_report_list")


@dataclass(frozen=True)
class Cell:
    """A figure with the address of its rows; none for nothing."""

    heading: Heading
    value: int
    url: str
    tint: str = ""


@dataclass(frozen=True)
class Counts:
    """The figures of a line of the chain, each with the address of its rows."""

    tasks: Cell | None
    parts: Cell
    signed: Cell
    filed: Cell
    owed: Cell
    lights: list[Cell]


def counts(scope: Scope, figures: Mapping[str, int], branch: Branch | None = None) -> Counts:
    """Of a lead and of the city the lights are those of the tasks led; below, of the tasks of the parts."""
    place = _place(branch)
    is_lead = branch is None or branch.level == 1
    rows, narrowed = ("task_list", {}) if is_lead else ("part_list", {"ended": "false"})

    def cell(name: str, list_name: str, **opens: str) -> Cell:
        heading = Heading(
            name, LABELS.get(opens.get("light", ""), ""), list_name, opens, light=opens.get("light", "")
        )
        return _cell(scope, heading, figures, place)

    return Counts(
        tasks=cell("tasks", "task_list") if is_lead else None,
        parts=cell("parts", "part_list", ended="false"),
        signed=cell("signed", "part_list", ended="false", signed="true"),
        filed=cell("filed", "part_report_list", filed="true"),
        owed=cell("owed", "part_report_list", owed="true"),
        lights=[
            cell(f"lit_{light}", rows, **narrowed, light=light)
            for light in LIGHTS
            if figures.get(f"lit_{light}")
        ],
    )


def _place(branch: Branch | None) -> dict[str, str]:
    """Which rows belong to a line of the chain."""
    if branch is None:
        return {}
    if branch.level == 1:
        return {"lead": branch.lead.code}
    above = {"above": branch.above.code} if branch.above else {"direct": "true"}
    return {"lead": branch.lead.code, "bureau": branch.bureau.code} | above


def shown(headings: tuple[Heading, ...], totals: Mapping[str, int]) -> list[Heading]:
    """The columns of the page: one for what has no light stands only where there is any."""
    return [one for one in headings if one.light != NO_LIGHT or totals.get(one.name)]


def cells(
    scope: Scope, figures: Mapping[str, int], totals: Mapping[str, int], bureau: Bureau | None = None
) -> list[Cell]:
    """The figures of a line with what each opens; of the sums where they are no bureau's."""
    columns = [*shown(LED, totals), *shown(HELD, totals)]
    return [
        _cell(
            scope,
            one,
            figures,
            {BY_BUREAU[one.list_name]: bureau.code} if bureau else {},
            is_sum=bureau is None,
        )
        for one in columns
    ]


def _cell(
    scope: Scope,
    heading: Heading,
    figures: Mapping[str, int],
    place: Mapping[str, str],
    *,
    is_sum: bool = False,
) -> Cell:
    value = figures.get(heading.name, 0)
    if not value:
        return Cell(heading, 0, "")
    tint = "" if is_sum or heading.light in {"", NO_LIGHT} else f"heat-{heading.light}"
    if tint and is_strong(heading.light, value):
        tint += " heat-strong"
    return Cell(heading, value, _address(scope, heading, place), tint)


def _address(scope: Scope, heading: Heading, place: Mapping[str, str]) -> str:
    asked: dict[str, Any] = {"programme": scope.programme.code, **place}
    if heading.list_name in OF_A_PERIOD and scope.period is not None:
        asked["period"] = scope.period.pk
    if scope.field is not None:
        asked["field"] = scope.field.pk
    return f"{reverse(heading.list_name)}?{urlencode(asked | heading.opens)}"
