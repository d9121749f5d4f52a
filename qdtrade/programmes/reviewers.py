"""Which bureaus' reports nobody may review (DECISIONS 3), and which nobody may sign."""

from collections import defaultdict

from qdtrade import clock
from qdtrade.accounts.models import Bureau

from .models import Membership, Programme, Role


def without_reviewer(programme: Programme) -> list[Bureau]:
    """Bureaus with reporters for which every reviewer is one of their own people, or there is no reviewer."""
    of_person: dict[int, set[int]] = defaultdict(set)
    reviewers, reporting = set(), {}
    members = Membership.objects.filter(programme=programme).on(clock.today())
    for member in members.select_related("bureau").order_by("bureau__position", "pk"):
        if member.bureau is not None:
            of_person[member.user_id].add(member.bureau.pk)
        if member.role == Role.MANAGER:
            reviewers.add(member.user_id)
        elif member.role in {Role.STAFF, Role.HEAD} and member.bureau is not None:
            reporting[member.bureau.pk] = member.bureau
    return [
        bureau for pk, bureau in reporting.items() if all(pk in of_person[person] for person in reviewers)
    ]


def without_head(programme: Programme) -> list[Bureau]:
    """Bureaus with reporters and no head with an account: where heads sign, their reports would wait for nobody."""
    members = (
        Membership.objects.filter(programme=programme).of_bureaus(clock.today()).select_related("bureau")
    )
    found: dict[int, Bureau] = {}
    headed = set()
    for member in members.order_by("bureau__position", "pk"):
        if member.bureau is not None:
            found[member.bureau.pk] = member.bureau
            headed |= {member.bureau.pk} if member.role == Role.HEAD else set()
    return [bureau for pk, bureau in found.items() if pk not in headed]
