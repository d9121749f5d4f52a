"""What of the indicators waits for a person or a bureau, told to those who let somebody leave or merge bureaus."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qdtrade.accounts.models import Bureau
from qdtrade.people import open_work
from qdtrade.people.open_work import BureauWork, PersonalWork
from qdtrade.programmes.models import Membership, Role

from .models import Indicator, Reading


def _returned(membership: Membership) -> QuerySet[Reading]:
    """Readings that the person submitted and that came back: a colleague submits them again."""
    rows = Reading.objects.filter(
        status=Reading.Status.RETURNED,
        indicator__programme=membership.programme_id,
        submitted_by=membership.user_id,
    )
    return rows.select_related("indicator__programme").in_order()


def _owned(bureau: Bureau) -> QuerySet[Indicator]:
    return Indicator.objects.going_on().filter(owner=bureau).select_related("programme").in_order()


def _reading_page(reading: Reading) -> str:
    return reverse("indicator", args=[reading.indicator_id])


def _indicator_page(indicator: Indicator) -> str:
    return reverse("indicator", args=[indicator.pk])


def offer() -> None:
    """Called once, when the app is ready."""
    open_work.register(
        PersonalWork(
            "readings",
            _("Readings that came back to them"),
            _("A colleague of the bureau submits them again."),
            frozenset({Role.STAFF, Role.HEAD}),
            _returned,
            _reading_page,
        ),
        BureauWork(
            "indicators",
            _("Indicators that it owes"),
            _("Say in the administration which bureau owes them from now on."),
            _owned,
            _indicator_page,
        ),
    )
