"""What a person decides about a file: which bureau a name means, which field a column holds, and the numbering."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.accounts.models import Bureau
from qdtrade.imports.reading.choices import columns_chosen

from .plan import Options
from .wording import FIELDS

NEW = "new"
"""The choice that makes a bureau of a name."""

BUREAU = "bureau-"
"""How the form calls its fields, each followed by the number of the name in the summary."""


def options_of(choices: Mapping[str, Any]) -> Options:
    """The stored choices as the planner takes them."""
    bureaus = {
        name: None if value == NEW else int(value) for name, value in choices.get("bureaus", {}).items()
    }
    return Options(
        renumbered=bool(choices.get("renumbered")), bureaus=bureaus, columns=choices.get("columns", {})
    )


def from_form(
    data: Mapping[str, str], summary: Mapping[str, Any], before: Mapping[str, Any], region: Bureau
) -> dict[str, Any]:
    """The choices after a form was sent: what it does not name stays as it was. Raises ValidationError."""
    names = [one["name"] for one in summary.get("bureaus", [])]
    chosen = {name: data[f"{BUREAU}{n}"] for n, name in enumerate(names) if data.get(f"{BUREAU}{n}")}
    _check_bureaus(chosen, region)
    columns = columns_chosen(data, summary, before.get("columns", {}), FIELDS)
    return {
        "renumbered": data.get("renumbered") == "on"
        if "numbering" in data
        else before.get("renumbered", False),
        "bureaus": {**before.get("bureaus", {}), **chosen},
        "columns": columns,
    }


def _check_bureaus(chosen: Mapping[str, str], region: Bureau) -> None:
    wanted = {value for value in chosen.values() if value != NEW}
    known = {str(pk) for pk in Bureau.objects.filter(region=region).values_list("pk", flat=True)}
    if wanted - known:
        raise ValidationError(_("One of the chosen bureaus is not of this region. Choose again."))
