"""What lists and pages show of an indicator: its newest reading, what it is held against, and a line of the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from qdtrade.charts import points

from .models import Indicator, IndicatorTarget, Reading
from .models.indicator import IndicatorQuerySet
from .said import Distance, Said, baseline_of, distance, is_press, said, target_for, value_words


@dataclass(frozen=True)
class Row:
    """One indicator in the list."""

    indicator: Indicator
    reading: Reading | None
    said: Said | None
    is_press: bool
    target: IndicatorTarget | None
    target_words: str
    distance: Distance | None
    baseline: IndicatorTarget | None
    baseline_words: str
    spark: points.Spark | None


def with_readings(indicators: IndicatorQuerySet) -> IndicatorQuerySet:
    """The indicators with all their readings in force, oldest first; one query more."""
    held = Reading.objects.in_force().order_by("on", "submitted_at", "pk")
    return indicators.prefetch_related(Prefetch("readings", held, to_attr="readings_in_force"))


def rows(indicators: Iterable[Indicator]) -> list[Row]:
    """The indicators came through `with_readings` and with what they aim at."""
    return [row(one) for one in indicators]


def row(indicator: Indicator) -> Row:
    held: list[Reading] = getattr(indicator, "readings_in_force", [])
    for one in held:
        one.indicator = indicator
    newest = held[-1] if held else None
    target, baseline = target_for(indicator, newest), baseline_of(indicator)
    return Row(
        indicator=indicator,
        reading=newest,
        said=said(newest) if newest else None,
        is_press=is_press(newest) if newest else False,
        target=target,
        target_words=value_words(indicator, target.value) if target else "",
        distance=distance(newest, target) if newest and target else None,
        baseline=baseline,
        baseline_words=value_words(indicator, baseline.value) if baseline else "",
        spark=_spark(indicator, held, target),
    )


def _spark(indicator: Indicator, held: list[Reading], target: IndicatorTarget | None) -> points.Spark | None:
    if indicator.form != Indicator.Form.FIGURE:
        return None
    values: list[tuple[object, Decimal]] = [(one.on, one.value) for one in held if one.value is not None]
    return points.spark(values, target.value if target else None)  # type: ignore[arg-type]
