"""How the database stands: its version, migrations, the records' guards, its clock, the heads of the chains."""

import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from qdtrade import clock, trigrams
from qdtrade.audit import guards, trail
from qdtrade.audit.models import SYSTEM, Chain
from qdtrade.programmes import held
from qdtrade.programmes.models import Role

from ..health import unapplied
from .facts import Fact, in_words

CLOCKS_APART = datetime.timedelta(minutes=1)
"""How far two clocks may differ before it is told."""


def database_facts(user: Any) -> list[Fact]:
    """A handful of queries, whatever the size of the database."""
    version = ".".join(map(str, connection.get_database_version()))
    kind = Fact(_("Database"), f"{connection.display_name} {version}")
    return [kind, _migrations(), _guards(), _search(), _clock(), _head_times(user)]


def chains(user: Any) -> QuerySet[Chain]:
    """The chains of the programmes that the person administers; the server's administrator sees every one."""
    rows = Chain.objects.order_by("pk")
    if user.is_superuser:
        return rows
    return rows.filter(scope__in=held.programme_ids(user, [Role.ADMIN])).exclude(scope=SYSTEM)


def _migrations() -> Fact:
    missing = unapplied()
    if not missing:
        return Fact(_("Migrations"), _("all applied"))
    trouble = _("The tables are older than the program. Run manage.py migrate, then start the program again.")
    return Fact(_("Migrations"), _("missing: %(names)s") % {"names": ", ".join(missing)}, trouble)


def _guards() -> Fact:
    gone = guards.missing()
    if not gone:
        is_kept = not guards.can_be_taken_down()
        return Fact(
            _("Guards of the records"),
            _("all standing, and this program's role cannot take them down")
            if is_kept
            else _("all standing"),
        )
    trouble = _(
        "The database no longer refuses changes of the records."
        " Run manage.py migrate, then find out who removed the guards."
    )
    return Fact(_("Guards of the records"), _("missing: %(names)s") % {"names": ", ".join(gone)}, trouble)


def _search() -> Fact:
    """Whether a search inside texts has its indexes; on SQLite there are none to have."""
    trouble = trigrams.trouble()
    words = {
        "indexes": _(
            "A search reads whole tables. Let a superuser run CREATE EXTENSION pg_trgm, then manage.py index_search."
        ),
        "chinese": _(
            "The database sees no Chinese in them: its LC_CTYPE is C. Make one with C.UTF-8, restore a backup into it."
        ),
    }
    if connection.vendor != "postgresql":
        return Fact(_("Search"), _("reads the texts; this database keeps no indexes for it"))
    return Fact(_("Search"), _("without indexes") if trouble else _("by indexes"), words.get(trouble, ""))


def _clock() -> Fact:
    """The server's clock against the database's; both should follow the same time server."""
    rows = Chain.objects.annotate(now=Now()).order_by("pk")
    theirs = rows.values_list("now", flat=True).first() or timezone.now()
    apart = abs(timezone.now() - theirs)
    words = _("%(span)s apart") % {"span": in_words(apart)}
    trouble = _("Two clocks differ. Let the server and the database follow the same time server.")
    return Fact(_("Server's clock and database's"), words, trouble if apart > CLOCKS_APART else "")


def _head_times(user: Any) -> Fact:
    """The records refuse acts when their last entry lies ahead of the clock (DECISIONS 8)."""
    ahead = [chain.code for chain in chains(user) if chain.at and chain.at - clock.now() > trail.CLOCK_AHEAD]
    if not ahead or clock.is_demo():
        return Fact(_("Records and clock"), _("no record lies in the future"))
    trouble = _("Nothing can be recorded until the clock has caught up. Set the server's clock.")
    return Fact(_("Records and clock"), _("ahead: %(names)s") % {"names": ", ".join(ahead)}, trouble)
