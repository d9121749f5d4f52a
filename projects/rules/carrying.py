"""Who writes of a project, and who decides about it."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from qdtrade.errors import NotAllowed
from qdtrade.programmes.held import acting
from qdtrade.programmes.interest import Interest, interest
from qdtrade.programmes.models import Membership, Programme, Role
from qdtrade.programmes.rules import manages
from qdtrade.programmes.writing import writes_for

from ..models import Gate, Project


def reads_imports(programme: Programme, user: Any) -> Membership:
    """A reviewer, an administrator or an auditor of the programme: a file holds everybody's rows."""
    refusal = _("Only the pilot office and the auditors of the programme may read its imports.")
    roles = [Role.MANAGER, Role.ADMIN, Role.AUDITOR]
    return acting(user, programme.pk, roles, refusal=refusal)


def carries(project: Project, user: Any) -> Membership:
    """Staff or head of the carrier; a reviewer of the pilot office, where nobody there has an account."""
    refusal = _("%(bureau)s carries this project; only its reporters and its head may do this.") % {
        "bureau": project.carrier
    }
    return writes_for(project.carrier, project.programme_id, user, refusal)


def proposes(gate: Gate, user: Any) -> Membership:
    """Staff or head of the carrier; a reviewer of the pilot office, where nobody there has an account."""
    return carries(gate.project, user)


def decides(gate: Gate, user: Any) -> Membership:
    """A reviewer of the programme."""
    return manages(gate, user)


def is_independent(gate: Gate, user: Any) -> None:
    """Never who proposed it, and never anybody of the carrier; a deputy is bound by what binds the absent one."""
    _refuse(gate.project, decides(gate, user), user, {gate.proposed_by_id, gate.proposed_for_id})


def is_independent_of_carrier(project: Project, user: Any) -> None:
    """Never anybody of the carrier; a deputy is bound by what binds the absent one."""
    _refuse(project, manages(project, user), user, ())


def _refuse(project: Project, acts: Membership, user: Any, people: Collection[int | None]) -> None:
    found = interest(acts, user, bureau_id=project.carrier_id, people=people)
    words = {
        Interest.HAND: _("You proposed this; somebody else must decide it."),
        Interest.BUREAU: _("Your own bureau carries this project; another reviewer must decide it."),
        Interest.HAND_OF_ABSENT: _(
            "You act for %(person)s, who proposed this; another reviewer must decide it."
        ),
        Interest.BUREAU_OF_ABSENT: _(
            "You act for %(person)s, whose bureau carries this project; another reviewer must decide it."
        ),
    }
    if found is not None:
        raise NotAllowed(words[found] % {"person": acts.absent})
