"""Bureaus by code, name and other name, with what they owe of the tasks that the person sees."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qdtrade.accounts.models import Bureau, BureauAlias
from qdtrade.accounts.models.bureau import BureauQuerySet
from qdtrade.differences import Run
from qdtrade.programmes.finding import HEARD_IN, Asked, Group
from qdtrade.programmes.found import best_first
from qdtrade.sought import Word

from ..models import TaskBureau
from .tasks import in_programme


@dataclass(frozen=True)
class BureauHit:
    """A bureau, the other name by which it was found, and how many tasks it leads and supports."""

    bureau: Bureau
    name: list[Run]
    whole_name: list[Run]
    aliases: list[list[Run]]
    leads: int
    supports: int
    url: str


def _region(asked: Asked) -> BureauQuerySet:
    return Bureau.objects.visible_to(asked.by).of_region(asked.programme.region_id)


def bureaus(asked: Asked) -> QuerySet[Bureau]:
    rows = _region(asked).sought(asked.words)
    return rows.order_by(best_first(asked.text, "code", "short_name", "name"), "position", "code", "pk")


def bureau_hits(rows: Sequence[Bureau], asked: Asked) -> Iterable[BureauHit]:
    aliases = _aliases(rows)
    links = TaskBureau.objects.filter(bureau__in=rows, task__in=in_programme(asked)).order_by()
    leads = Count("pk", filter=Q(part=TaskBureau.Part.LEAD))
    owed = {one["bureau"]: one for one in links.values("bureau").annotate(leads=leads, parts=Count("pk"))}
    for bureau in rows:
        counts = owed.get(bureau.pk, {"leads": 0, "parts": 0})
        yield BureauHit(
            bureau=bureau,
            name=asked.marked(bureau.short_name),
            whole_name=asked.marked(bureau.name) if bureau.name != bureau.short_name else [],
            aliases=[asked.marked(name) for name in aliases.get(bureau.pk, ()) if asked.holds(name)],
            leads=counts["leads"],
            supports=counts["parts"] - counts["leads"],
            url=_register_of(bureau, counts["leads"], asked),
        )


def _aliases(rows: Sequence[Bureau]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    names = BureauAlias.objects.filter(bureau__in=rows).order_by("pk").values_list("bureau", "name")
    for bureau, name in names:
        found.setdefault(bureau, []).append(name)
    return found


def _register_of(bureau: Bureau, leads: int, asked: Asked) -> str:
    """The register of what it leads, or where it leads nothing of what it takes part in."""
    which = {"lead": bureau.pk} if leads else {"q": bureau.short_name}
    return f"{reverse('task_list')}?{urlencode({'programme': asked.programme.code, **which})}"


def bureau_names(word: Word, asked: Asked) -> Iterable[str]:
    rows = _region(asked)
    named = rows.filter(word.sounds()).order_by("pk")[:HEARD_IN]
    for short, whole in named.values_list("short_name", "name"):
        yield from {short, whole}
    aliases = BureauAlias.objects.filter(word.sounds(), bureau__in=rows).order_by("pk")
    yield from aliases.values_list("name", flat=True)[:HEARD_IN]


BUREAUS = Group(
    name="bureaus",
    label=_("Bureaus"),
    looked_in=_("name, other name, pinyin"),
    template="tasks/_found_bureau.html",
    rows=bureaus,
    hits=bureau_hits,
    named=bureau_names,
    place=50,
    is_beside=True,
)
