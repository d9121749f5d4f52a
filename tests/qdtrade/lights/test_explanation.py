"""The page that explains lights is right: its numbers are read from it."""

import datetime
from decimal import Decimal

import pytest
from django.conf import settings

from qdtrade.lights.judging import Filed
from qdtrade.lights.models import LightRule
from tasks.lights import Facts, Node, light_of

TODAY = datetime.date(2021, 9, 24)
PAGE = settings.BASE_DIR / "docs" / "explanation" / "figures-and-lights.md"
HEADING = "| planned % | progress % |"


def worked_out():
    lines = iter(PAGE.read_text("utf-8").splitlines())
    next(line for line in lines if line.startswith(HEADING))
    next(lines)
    for line in lines:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split("|")]


def months_before(months):
    return TODAY.replace(month=TODAY.month - months)


@pytest.mark.parametrize("row", worked_out(), ids=" ".join)
def test_each_worked_number_comes_out_as_the_page_says(row):
    planned, progress, days, report, months, was_red, expected = row
    due = datetime.timedelta(days=int(days)) if days else None
    facts = Facts(
        status="in_progress",
        registered_on=datetime.date(2021, 1, 4),
        starts_on=months_before(int(months)) if months else datetime.date(2021, 1, 1),
        due_on=datetime.date(2021, 12, 31),
        planned=int(planned),
        progress=Decimal(progress),
        nodes=(Node(3, TODAY + due),) if due is not None else (),
        has_begun=not months,
        report=Filed("month", datetime.date(2021, 8, 1), TODAY, report) if report else None,
        was_red=was_red == "yes",
    )

    assert str(light_of(facts, LightRule(), TODAY).level) == expected


def test_the_page_has_every_light_but_grey_worked_out():
    assert {row[-1] for row in worked_out()} == {"red", "yellow", "green", "blue"}
