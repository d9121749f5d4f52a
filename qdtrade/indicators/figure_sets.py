"""The readings of indicators that bulletins quote and a frozen period keeps."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from qdtrade.programmes.freezing import FigureSet, figure, last_day
from qdtrade.programmes.models import Period, PeriodFigure

from .models import Indicator, Reading
from .said import said


def readings(period: Period) -> Iterator[PeriodFigure]:
    """Of each indicator that goes on the newest reading in force that stands for a day up to the period's last one."""
    if not period.is_of_reports:
        return
    rows = Reading.objects.in_force().filter(
        indicator__in=Indicator.objects.filter(programme=period.programme).going_on(),
        on__lte=last_day(period),
    )
    newest: dict[int, Reading] = {}
    for reading in rows.select_related("indicator").newest_first():
        newest.setdefault(reading.indicator_id, reading)
    for reading in sorted(newest.values(), key=lambda one: (one.indicator.position, one.indicator.pk)):
        yield _figure(reading)


def _figure(reading: Reading) -> PeriodFigure:
    """As it was said, in the language of the programme: figure and unit are a text that nobody rounds again."""
    indicator = reading.indicator
    with translation.override(settings.LANGUAGE_CODE):
        words = said(reading)
    return figure(
        indicator.code,
        reading.value,
        by="indicator",
        key=str(indicator.pk),
        label=reading.period,
        title=f"{indicator.name}（{reading.period}）",
        title_en=f"{indicator.name_en} ({reading.period})" if indicator.name_en else "",
        words=f"{words.figure}{words.unit}",
        qualifier="" if reading.qualifier == "exact" else reading.qualifier,
        formula=f"{indicator.formula}（{reading.source}）" if reading.source else indicator.formula,
        as_of=reading.on,
    )


def _page(row: PeriodFigure) -> str:
    """The indicator with its readings."""
    return f"{reverse('indicator', args=[row.key])}?programme={row.period.programme.code}"


SETS = (FigureSet("indicators.readings", _("Indicators"), readings, url=_page),)
"""Dated facts: a reading corrected since is restated."""
