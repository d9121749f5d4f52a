"""Events, partners and sectors: what projects are registered by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.programmes.models import Membership, Programme

from .. import rules, uscc
from ..models import Partner, Sector, SigningEvent
from ..models.partner import CHINA

PLAIN: dict[type, tuple[str, ...]] = {
    SigningEvent: SigningEvent.plain_fields,
    Partner: Partner.plain_fields,
    Sector: ("number", "name"),
}


def create_event(programme: Programme, *, by: Any, **fields: Any) -> SigningEvent:
    """A fair at which projects are signed."""
    return _create(SigningEvent(programme=programme, **fields), by)


def create_partner(programme: Programme, *, by: Any, **fields: Any) -> Partner:
    """A firm that signs; raises ValidationError that names its code where that cannot be."""
    return _create(Partner(programme=programme, **_tidied(fields)), by)


@dataclass(frozen=True)
class Firm:
    """A partner as a form or a file names it: found by its code, else by its name, else made."""

    name: str
    country: str = CHINA
    uscc: str = ""


def firms(
    programme: Programme, wanted: Sequence[Partner | Firm], by: Any, acting: Membership
) -> list[Partner]:
    """The partners that are meant, each once; called inside the unit that links them."""
    found = [one if isinstance(one, Partner) else _firm(programme, one, by, acting) for one in wanted]
    return list(dict.fromkeys(found))


def _firm(programme: Programme, firm: Firm, by: Any, acting: Membership) -> Partner:
    rows, code = Partner.objects.filter(programme=programme), uscc.tidy(firm.uscc)
    known = (rows.filter(uscc=code).first() if code else None) or rows.filter(name=firm.name).first()
    if known is not None:
        if code and known.uscc and known.uscc != code:
            words = _("%(firm)s is registered with another unified social credit code, %(code)s.")
            raise ValidationError({"partners": words % {"firm": firm.name, "code": known.uscc}})
        return known
    row = Partner(programme=programme, name=firm.name, country=firm.country, uscc=code)
    try:
        return trail.create(row, by=by, acting=acting)
    except ValidationError as fault:
        raise ValidationError({"partners": [f"{firm.name}: {words}" for words in fault.messages]}) from None


def create_sector(programme: Programme, *, by: Any, number: int, name: str) -> Sector:
    """A sector that projects are grouped under."""
    return _create(Sector(programme=programme, number=number, name=name), by)


def _tidied(fields: dict[str, Any]) -> dict[str, Any]:
    """A code as it is kept, however it was written."""
    return fields | ({"uscc": uscc.tidy(fields["uscc"])} if fields.get("uscc") else {})


def _create(row: Any, by: Any) -> Any:
    acting = rules.runs_programme(row.programme, by)
    with trail.unit():
        return trail.create(row, by=by, acting=acting)


def edit(row: Any, fields: dict[str, Any], *, by: Any, seen: str = "") -> Any:
    """Change plain fields of an event, a partner or a sector."""
    by.forget()
    acting = rules.runs_programme(row.programme, by)
    unknown = fields.keys() - set(PLAIN[type(row)])
    if unknown:
        raise ValidationError(dict.fromkeys(sorted(unknown), _("This cannot be changed here.")))
    with trail.unit():
        fresh = trail.change(row, _tidied(fields), by=by, acting=acting, seen=seen)
        fresh.clean()
        fresh.validate_constraints()
        return fresh
