"""Who owes what now, by bureau, the worst first: read for the page, the files and the texts alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from qdtrade.accounts.models import Bureau
from qdtrade.lists import as_listed
from qdtrade.programmes import duties
from qdtrade.programmes.actions.reminding import is_lately
from qdtrade.programmes.contacts import Contact, contacts
from qdtrade.programmes.duties import Asked, Duty, Figures, Thing
from qdtrade.programmes.models import Programme, Reminder

SHOWN = 6
"""So many things of each duty stand in a bureau's row; the rest is one link away."""


@dataclass(frozen=True)
class Group:
    """The things of one duty that stand in a row, and how many more there are."""

    duty: Duty
    figures: Figures
    things: list[Thing]

    @property
    def more(self) -> int:
        return self.figures.count - len(self.things)

    @property
    def has_samples(self) -> bool:
        return any(thing.is_sample for thing in self.things)


@dataclass
class Owing:
    """One bureau: what it owes by duty, whom to ask (None where that is not to be known), when it was last reminded."""

    bureau: Bureau
    figures: list[tuple[Duty, Figures]]
    groups: list[Group] = field(default_factory=list)
    people: list[Contact] | None = None
    last: Reminder | None = None
    last_by_hand: Reminder | None = None

    @property
    def reminded_lately(self) -> bool:
        """Whether reminding it now would be refused as a second click."""
        return self.last_by_hand is not None and is_lately(self.last_by_hand)

    @property
    def has_account(self) -> bool:
        return bool(self.people)

    @property
    def first(self) -> Thing | None:
        """The thing to begin with, where the office files for a bureau without an account."""
        return next((thing for group in self.groups for thing in group.things), None)


@dataclass(frozen=True)
class Chase:
    """What this person may see of what is owed in a programme, cut to what was asked for."""

    user: Any
    programme: Programme
    asked: Asked
    found: dict[int, dict[str, Figures]]

    @property
    def duties(self) -> list[Duty]:
        """The columns."""
        return self.asked.duties()

    @property
    def totals(self) -> list[Figures]:
        """Of all bureaus, by column."""
        return [
            _sum([line[duty.name] for line in self.found.values() if duty.name in line])
            for duty in self.duties
        ]

    def cut(self, bureaus: QuerySet[Bureau]) -> "Chase":
        """The same for these bureaus alone."""
        kept = set(bureaus.values_list("pk", flat=True))
        return Chase(
            self.user, self.programme, self.asked, {pk: f for pk, f in self.found.items() if pk in kept}
        )

    def bureaus(self, rows: QuerySet[Bureau]) -> QuerySet[Bureau]:
        """These bureaus, those that owe something, the worst first; with the id of their last reminder."""
        order = sorted(self.found, key=lambda pk: _badness(self.found[pk].values()), reverse=True)
        reminders = Reminder.objects.visible_to(self.user).filter(programme=self.programme)
        made = reminders.filter(bureau=OuterRef("pk")).order_by("-made_at", "-pk").values("pk")
        by_hand = made.filter(mark="", channel=Reminder.Channel.NOTICE)
        rows = rows.filter(pk__in=order).annotate(
            last_reminder=Subquery(made[:1]), last_by_hand=Subquery(by_hand[:1])
        )
        return as_listed(rows, order)

    def lines(self, bureaus: Sequence[Bureau], shown: int = SHOWN) -> list[Owing]:
        """What a page or a file says of these bureaus, in a fixed number of queries."""
        ids = [bureau.pk for bureau in bureaus]
        people = contacts(self.user, self.programme, ids)
        wanted = {pk for bureau in bureaus for pk in _reminders_of(bureau) if pk}
        reminders = Reminder.objects.visible_to(self.user).select_related("made_by").in_bulk(wanted)
        by_bureau: dict[tuple[int | None, str], list[Thing]] = {}
        for thing in duties.things(self.user, self.programme, self.asked, ids, shown):
            by_bureau.setdefault((thing.bureau, thing.duty.name), []).append(thing)
        lines = []
        for bureau in bureaus:
            of_bureau = self.found.get(bureau.pk, {})
            figures = [(duty, of_bureau.get(duty.name, Figures())) for duty in self.duties]
            groups = [
                Group(duty, of_bureau[duty.name], by_bureau.get((bureau.pk, duty.name), []))
                for duty in self.duties
                if duty.name in of_bureau
            ]
            last, by_hand = (reminders.get(pk or 0) for pk in _reminders_of(bureau))
            lines.append(Owing(bureau, figures, groups, people.get(bureau.pk), last, by_hand))
        return lines


def chase_of(user: Any, programme: Programme, asked: Asked) -> Chase:
    """What is owed as far as the person sees it, by bureau: as much as a period's figures count for them."""
    return Chase(user, programme, asked, duties.counts(user, programme, asked))


def _reminders_of(bureau: Any) -> tuple[int | None, int | None]:
    """The ids of its last reminder and of the last one by hand, as `bureaus()` read them."""
    return bureau.last_reminder, bureau.last_by_hand


def _badness(figures: Any) -> tuple[int, int, int]:
    """Closed first, then overdue, then most."""
    whole = _sum(list(figures))
    return whole.closed, whole.overdue, whole.count


def _sum(figures: list[Figures]) -> Figures:
    wholes = [one.whole for one in figures if one.whole is not None]
    return Figures(
        sum(one.count for one in figures),
        sum(one.overdue for one in figures),
        sum(one.closed for one in figures),
        sum(one.drafts for one in figures),
        sum(wholes) if wholes else None,
    )
