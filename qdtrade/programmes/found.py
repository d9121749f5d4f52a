"""What the search finds of people, and how hits on names are ordered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qdtrade.accounts.models import User
from qdtrade.differences import Run

from .current import looks_after
from .finding import Asked, Group


@dataclass(frozen=True)
class PersonHit:
    """A person, and what they do here."""

    person: User
    name: list[Run]
    roles: list[str]
    url: str


def best_first(typed: str, *names: str) -> Case:
    """A whole name before its beginning, its beginning before its middle, and any name before what only sounds so."""
    looks = [("iexact", 0), ("istartswith", 1), ("icontains", 2)]
    cases = [When(_any(names, look, typed), then=Value(place)) for look, place in looks]
    return Case(*cases, default=Value(3), output_field=IntegerField())


def _any(names: Iterable[str], look: str, text: str) -> Q:
    found = Q()
    for name in names:
        found |= Q(**{f"{name}__{look}": text})
    return found


def people(asked: Asked) -> QuerySet[User] | None:
    """The people of the programme, for those who look after them."""
    if not looks_after(asked.by):
        return None
    members = asked.programme.memberships.order_by().values("user")
    rows = User.objects.visible_to(asked.by).filter(pk__in=members).sought(asked.words)
    found: QuerySet[User] = rows.order_by(
        best_first(asked.text, "name", "username"), "name", "username", "pk"
    )
    return found


def people_hits(rows: Sequence[User], asked: Asked) -> Iterable[PersonHit]:
    """With their roles in the programme, which `for_list()` would read for all programmes."""
    held = asked.programme.memberships.filter(user__in=rows).select_related("bureau").order_by("pk")
    roles: dict[int, list[str]] = {}
    for membership in held:
        words = f"{membership.bureau or ''} {membership.get_role_display()}".strip()
        roles.setdefault(membership.user_id, []).append(words)
    for person in rows:
        url = f"{reverse('person', args=[person.pk])}?programme={asked.programme.code}"
        yield PersonHit(person, asked.marked(person.name), list(dict.fromkeys(roles.get(person.pk, []))), url)


PEOPLE = Group(
    name="people",
    label=_("People"),
    looked_in=_("name, account, bureau"),
    template="accounts/_found_person.html",
    rows=people,
    hits=people_hits,
    place=60,
    is_beside=True,
)
