"""The indicators as tiles: what the cockpit and its wall show of them, in two queries."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from qdtrade.programmes.models import Programme

from .models import Indicator, Reading, with_newest
from .said import is_press, said

MOST = 8
"""How many tiles there are; the list has all."""


@dataclass(frozen=True)
class Tile:
    """One indicator with its newest reading in force, as it was said; without one, `figure` is empty."""

    name: str
    url: str
    qualifier: str = ""
    figure: str = ""
    unit: str = ""
    when: str = ""
    on: datetime.date | None = None
    source: str = ""
    is_press: bool = False
    is_sample: bool = False


def tiles(user: Any, programme: Programme, most: int = MOST) -> list[Tile]:
    """The first indicators that go on, each with its newest approved reading; two queries whatever their number."""
    rows = Indicator.objects.visible_to(user).filter(programme=programme).going_on().in_order()
    return [_tile(row, programme) for row in with_newest(rows)[:most]]


def _tile(indicator: Indicator, programme: Programme) -> Tile:
    name = indicator.display_name
    url = f"{reverse('indicator', args=[indicator.pk])}?programme={programme.code}"
    reading: Reading | None = indicator.newest
    if reading is None:
        return Tile(name, url, is_sample=indicator.is_sample)
    reading.indicator = indicator
    words = said(reading)
    return Tile(
        name=name,
        url=url,
        qualifier=words.qualifier,
        figure=words.figure,
        unit=words.unit,
        when=reading.period,
        on=reading.on,
        source=reading.source,
        is_press=is_press(reading),
        is_sample=reading.is_sample or indicator.is_sample,
    )
