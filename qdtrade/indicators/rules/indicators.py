"""What an indicator and what it aims at must hold."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.accounts.rules import takes_new_work
from qdtrade.errors import WrongState

from ..models import Indicator, IndicatorTarget


def goes_on(indicator: Indicator) -> None:
    """Raises WrongState for an indicator that was ended."""
    if indicator.ended_at is not None:
        raise WrongState(_("“%(indicator)s” was ended; it takes no readings.") % {"indicator": indicator})


def takes_owner(bureau: Bureau) -> None:
    """Raises ValidationError for a bureau that was merged into another one."""
    try:
        takes_new_work(bureau, clock.today())
    except ValidationError as fault:
        raise ValidationError({"owner": fault.messages}) from None


def check_indicator(indicator: Indicator) -> None:
    """Raises one ValidationError that names every field in which an indicator makes no sense."""
    faults: dict[str, Any] = {}
    if indicator.form != Indicator.Form.FIGURE:
        plain = {"scale": Indicator.Scale.ONE, "decimals": 0, "is_signed": False}
        for name, usual in plain.items():
            if getattr(indicator, name) != usual:
                faults[name] = _("Only a figure has a multiple, digits after the point and a sign.")
    elif not indicator.unit:
        faults["unit"] = _("A figure says its unit.")
    if indicator.owner.region_id != indicator.programme.region_id:
        faults["owner"] = _("The bureau is of another region.")
    if faults:
        raise ValidationError(faults)


def check_target(target: IndicatorTarget) -> None:
    """A standing in words has no target; a baseline lies before every target, or at one's own day."""
    if not target.indicator.is_of_numbers:
        raise ValidationError(
            {"value": _("This indicator stands in words; only figures and ranks have targets.")}
        )
    others = IndicatorTarget.objects.filter(indicator=target.indicator).exclude(pk=target.pk)
    first = others.filter(kind=IndicatorTarget.Kind.BASELINE).first()
    if target.kind == IndicatorTarget.Kind.TARGET and first is not None and target.on <= first.on:
        raise ValidationError({"on": _("A target comes after the baseline.")})
    if target.kind == IndicatorTarget.Kind.BASELINE and others.filter(on__lte=target.on).exists():
        raise ValidationError({"on": _("The baseline comes before every target.")})
