"""Who may do what to an import, and when."""

import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade.audit.trail import Acting
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes.held import SERVER, acting
from qdtrade.programmes.models import Programme, Role
from qdtrade.workflow import Act

from .kinds import Kind
from .models import Import

ABANDONED_AFTER = datetime.timedelta(days=1)
"""How long an upload is its uploader's alone; then any other who may import may clear it away."""


def may_import(kind: Kind, programme: Programme, user: Any) -> bool:
    """Whether the person may upload such a file: pages offer it to them alone."""
    try:
        kind.runs(programme, user)
    except NotAllowed:
        return False
    return True


def runs(row: Import, user: Any) -> Acting:
    """Whoever may import such a file: the register a reviewer or an administrator of the programme, bureaus and people
    an administrator or the server's."""
    return row.what.runs(row.programme, user) or SERVER


def uploaded(row: Import, user: Any) -> Acting:
    """The one who uploaded the file, as long as they may import such a file."""
    membership = runs(row, user)
    if row.added_by_id != user.pk:
        refusal = _("%(person)s uploaded this file; only they decide what becomes of it.")
        raise NotAllowed(refusal % {"person": row.added_by})
    return membership


def works(row: Import, user: Any) -> Acting:
    """The program itself, in the background."""
    refusal = _("The program does this by itself, in the background.")
    return acting(user, row.programme_id, [Role.TIMER], refusal=refusal)


def is_given_up_by(row: Import, act: Act) -> None:
    """By the one who uploaded it; by another when it has lain for a day."""
    if row.added_by_id != act.by.pk and act.at < row.added_at + ABANDONED_AFTER:
        refusal = _("%(person)s uploaded this file; others may give it up when it has lain for a day.")
        raise NotAllowed(refusal % {"person": row.added_by})


def is_clean(row: Import, act: Act) -> None:
    """Nothing is refused, every name of a bureau is settled, and something would be written."""
    counts = row.counts
    refused, unknown = counts.get("refused", 0), counts.get("unknown", 0)
    if counts.get("problems"):
        raise WrongState(_("Something stands against the whole file. Correct it and upload it again."))
    if refused:
        words = ngettext(
            "%(rows)d row is refused. Correct the file and upload it again.",
            "%(rows)d rows are refused. Correct the file and upload it again.",
            refused,
        )
        raise WrongState(words % {"rows": refused})
    if unknown:
        words = ngettext(
            "%(names)d name of a bureau waits for you to choose.",
            "%(names)d names of bureaus wait for you to choose.",
            unknown,
        )
        raise WrongState(words % {"names": unknown})
    if not (counts.get("new") or counts.get("changed")):
        raise WrongState(_("Every row is as it is here already; there is nothing to write."))


def nothing_built_on(row: Import, act: Act) -> None:
    """As long as nothing has built on what it wrote: no task was changed since, accepted or reported on."""
    if row.what.taking_back is None:
        raise WrongState(
            _("Such an import cannot be taken back: people may have worked under it. Correct the rows.")
        )
    row.what.taking_back.refuses(row, act)
