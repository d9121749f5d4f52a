"""The board: where each project stands now. It is for looking; a gate is passed by proposing and confirming it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.errors import Words
from qdtrade.lights import filters as lights
from qdtrade.lists import in_given_order, kept, pills, query, search_pill
from qdtrade.programmes.current import current_programme

from .. import lagging, showing, standing
from ..figures import Tally
from ..filters import ProjectFilter
from ..models import Project
from ..models.project import ProjectQuerySet
from . import above

PILLS = (*above.PILLS, "light", "waiting", "behind", "stalled")


@dataclass(frozen=True)
class Stand:
    """A group of the board: its cards, and the list of all that stand there."""

    name: str
    label: Words
    tally: Tally
    cards: list[showing.Row]
    url: str
    plan: standing.Plan | None

    @property
    def more(self) -> int:
        """How many stand there beyond the cards."""
        return self.tally.count - len(self.cards)


@require_GET
def project_board(request: HttpRequest) -> HttpResponse:
    """Where each stands now, the worst light first in every group."""
    programme, today = current_programme(request), clock.today()
    scope = Project.objects.visible_to(request.user).filter(programme=programme).with_light()
    data = above.asked(request, {*above.COHORT, *PILLS})
    filters = ProjectFilter(data, scope, request=request)
    found = filters.rows()
    meant = above.Meant(request, programme)
    stands = _stands(meant, found)
    context = {
        "programme": programme,
        "stands": [one for one in stands if one.name in GATES or one.tally.count],
        "lights_on": lights.count(found).on,
        "total": standing.total(one.tally for one in stands),
        "funnel": above.funnel(meant, today),
        "ways": above.ways(request, programme, "project_board"),
        "search": search_pill(filters.form, "q", _("Code, name, carrier, partner")),
        "pills": pills(filters.form, PILLS),
        "set": filters.in_use().keys() & set(PILLS),
        "kept": kept(request, "programme", "q", "view", "show", "ordering", *PILLS),
        "is_narrowed": bool(filters.in_use().keys() - {"programme"}),
        "without": query(request, **dict.fromkeys(filters.in_use().keys() - {"programme"})),
        "now": clock.now(),
    }
    return render(request, "projects/board.html", context)


GATES = frozenset(standing.STANDS) - {Project.Status.SIGNED, standing.ENDED}
"""Groups that stand there even while they are empty."""


def _stands(meant: above.Meant, found: ProjectQuerySet) -> list[Stand]:
    today = clock.today()
    tallies, plans = standing.tallies(found), standing.plans(found)
    cards = _cards(meant.request.user, standing.first_ids(found, today), today)
    return [
        Stand(
            name=name,
            label=label,
            tally=tallies.get(name, Tally()),
            cards=[one for one in cards if _stand(one.project) == name],
            url=_url(meant, name),
            plan=plans.get(name),
        )
        for name, label in standing.STANDS.items()
    ]


def _cards(user: Any, ids: list[int], today: datetime.date) -> list[showing.Row]:
    def whole(pks: list[Any]) -> Iterable[Any]:
        rows = Project.objects.visible_to(user).with_light().for_move().filter(pk__in=pks)
        return lagging.with_lags(rows, today)

    return showing.rows(in_given_order(ids, whole), today)


def _stand(project: Project) -> str:
    return str(project.status) if project.is_alive else standing.ENDED


def _url(meant: above.Meant, name: str) -> str:
    """The list of all that stand there, those that do not count among them."""
    asked = meant.request.GET
    more = {name: asked[name] for name in ("light", "waiting", "behind", "stalled") if asked.get(name)}
    status = {"ended": "true"} if name == standing.ENDED else {"status": name}
    return meant.opens(countable="", **more, **status)
