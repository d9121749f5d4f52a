"""Writing the people of a file: all of them or nothing, by the actions that make one person and give one role."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from qdtrade.accounts.actions import edit_person
from qdtrade.accounts.models import Bureau, User
from qdtrade.audit import trail
from qdtrade.errors import Stale
from qdtrade.imports.actions.journal import Journal
from qdtrade.imports.kinds import Progress
from qdtrade.imports.models import Import
from qdtrade.programmes.actions import add_member, add_person, end_membership
from qdtrade.programmes.models import Membership, Programme

from ..person_file import PersonEntry


def write_people(
    entries: Sequence[PersonEntry], programme: Programme, *, by: Any, of: Import, progress: Progress
) -> None:
    """Make people, change them, give roles and end them; who is new is kept with the import, for their links."""
    with trail.unit():
        names = {entry.username for entry in entries}
        people = {one.username: one for one in User.objects.filter(username__in=names).order_by("pk")}
        bureaus = Bureau.objects.in_bulk({entry.bureau for entry in entries if entry.bureau is not None})
        journal = Journal()
        for number, entry in enumerate(entries, 1):
            bureau = bureaus[entry.bureau] if entry.bureau is not None else None
            before = people.get(entry.username)
            people[entry.username] = _written(entry, before, programme, bureau, by)
            if before is None:
                journal.made([people[entry.username]])
            progress(number, len(entries))
        journal.keep(of)


def _written(
    entry: PersonEntry, person: User | None, programme: Programme, bureau: Bureau | None, by: Any
) -> User:
    fields = dict(entry.fields)
    term = {"role": entry.role, "bureau": bureau, "starts_on": entry.starts_on, "ends_on": entry.ends_on}
    if person is None:
        if entry.pk is not None:
            raise Stale(_("Somebody else changed the people in the meantime. Look at it again."))
        return add_person(entry.username, by=by, programme=programme, **fields, **term)  # type: ignore[arg-type]
    if fields and entry.pk is not None:
        have = {name: getattr(person, name) for name in ("name", "email", "phone")}
        edit_person(person, have | fields, by=by)
    if entry.gives:
        add_member(programme, person, by=by, **term)  # type: ignore[arg-type]
    elif entry.ends is not None and entry.ends_on is not None:
        end_membership(Membership.objects.get(pk=entry.ends), by=by, ends_on=entry.ends_on)
    return person
