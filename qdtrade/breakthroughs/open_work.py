"""What of breakthroughs waits for a person or a bureau, told to those who let somebody leave or merge bureaus."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qdtrade.accounts.models import Bureau
from qdtrade.people import open_work
from qdtrade.people.open_work import BureauWork, PersonalWork
from qdtrade.programmes.models import Membership, Role

from .models import Breakthrough


def _claimed(membership: Membership) -> QuerySet[Breakthrough]:
    """Claims that the person made and that came back: a colleague completes them."""
    rows = Breakthrough.objects.filter(
        status=Breakthrough.Status.RETURNED,
        task__programme=membership.programme_id,
        claimed_by=membership.user_id,
    )
    return rows.select_related("task__programme").order_by("task__code", "pk")


def _under_way(bureau: Bureau) -> QuerySet[Breakthrough]:
    rows = Breakthrough.objects.filter(Q(bureau=bureau) | Q(task__lead=bureau))
    rows = rows.filter(status__in=[*Breakthrough.WAITING_FOR_BUREAU, Breakthrough.Status.CLAIMED])
    return rows.select_related("task__programme").order_by("task__code", "pk")


def _page(row: Breakthrough) -> str:
    return reverse("breakthrough", args=[row.pk])


def offer() -> None:
    """Called once, when the app is ready."""
    open_work.register(
        PersonalWork(
            "breakthroughs",
            _("Claims of breakthroughs that came back to them"),
            _("A colleague of the bureau completes them."),
            frozenset({Role.STAFF, Role.HEAD}),
            _claimed,
            _page,
        ),
        BureauWork(
            "breakthroughs",
            _("Breakthroughs under way"),
            _("Decide what is claimed; candidates follow the task to its new lead bureau."),
            _under_way,
            _page,
        ),
    )
