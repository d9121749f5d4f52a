"""What stands behind the figures of breakthroughs."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade import clock
from qdtrade.programmes.explained import Explained, Figure, Measured, Part, records_of, share
from qdtrade.programmes.models import Programme
from qdtrade.templatetags.words import grouped

from .models import Breakthrough, BreakthroughTarget


def _rows(user: Any, programme: Programme) -> QuerySet[Any]:
    return Breakthrough.objects.visible_to(user).of_programme(programme)


def _recognised(rows: Any, user: Any) -> Measured:
    number = rows.counted().count()
    words = _("each breakthrough that was recognised and not revoked, whatever became of it later")
    return Measured(grouped(number), words, [Part(_("recognised"), number, {"counted": "true"})])


def _claimed(rows: Any, user: Any) -> Measured:
    number = rows.to_decide().count()
    words = _("claimed and not decided; they stand beside, and count to nothing")
    return Measured(grouped(number), words, [Part(_("claimed"), number, {"status": "claimed"})])


def _of_target(rows: Any, user: Any) -> Measured:
    """Of the year that runs, in the programme of these rows."""
    year = clock.today().year
    number = rows.counted().of_year(year).count()
    first = rows.order_by().values_list("task__programme", flat=True).first()
    target = BreakthroughTarget.objects.visible_to(user).filter(programme=first, year=year).first()
    over = Part(_("recognised in %(year)d") % {"year": year}, number, {"year": str(year), "counted": "true"})
    return share(over, Part(_("target of the year"), target.total if target else 0))


def _decided(rows: Any, user: Any) -> Measured:
    """Of what was decided, how much was recognised."""
    found = rows.order_by().aggregate(
        known=Count("pk", filter=Q(status__in=Breakthrough.KNOWN)),
        refused=Count("pk", filter=Q(status=Breakthrough.Status.NOT_RECOGNISED)),
    )
    over = Part(_("ever recognised"), found["known"])
    return share(over, Part(_("ever recognised, or not recognised"), found["known"] + found["refused"]))


BREAKTHROUGHS = Explained(
    rows=_rows,
    records=records_of,
    counted=gettext_lazy("breakthroughs, from candidates to practice cases"),
    figures=[
        Figure(
            "recognised", gettext_lazy("Recognised"),
            gettext_lazy("recognised by that day and not revoked by then; practice cases among them"), _recognised,
        ),
        Figure(
            "claimed", gettext_lazy("Claimed"), gettext_lazy("waiting for the pilot office; they do not count"),
            _claimed,
        ),
        Figure(
            "of_target", gettext_lazy("Share of the target"),
            gettext_lazy("recognised in the year ÷ target of the year"), _of_target,
        ),
        Figure(
            "recognition_rate", gettext_lazy("Recognition rate"),
            gettext_lazy("ever recognised ÷ (ever recognised + not recognised)"), _decided,
        ),
    ],
    meanings={
        ("counted", "true"): gettext_lazy("recognised and not revoked: what the target is held against"),
        ("status", "claimed"): gettext_lazy("claimed by a bureau and not decided yet"),
        ("status", "candidate"): gettext_lazy("named, and not claimed yet"),
    },
)  # fmt: skip
