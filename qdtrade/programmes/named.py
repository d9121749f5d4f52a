"""Programmes and bureaus by what people call them, for commands."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from qdtrade.accounts.models import Bureau

from .models import Programme


def programme_called(code: str) -> Programme:
    """By its code; raises ValidationError that names those there are."""
    found = Programme.objects.filter(code=code).select_related("region").first()
    if found is None:
        have = ", ".join(Programme.objects.in_order().values_list("code", flat=True))
        words = {"code": code, "have": have}
        raise ValidationError(_("There is no programme %(code)s. There are: %(have)s") % words)
    return found


def bureau_called(programme: Programme, words: str) -> Bureau:
    """By code, name, short name or alias, in the programme's region, the region itself included."""
    names = Q(code=words) | Q(name=words) | Q(short_name=words) | Q(aliases__name=words)
    region = Q(region=programme.region_id) | Q(pk=programme.region_id)
    found = Bureau.objects.filter(names, region).distinct()
    if len(found) != 1:
        raise ValidationError(
            _("“%(words)s” names no single bureau of this region; write its code.") % {"words": words}
        )
    return found[0]
