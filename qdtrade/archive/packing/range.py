"""Which records a package holds: one range without a gap, that begins behind a checkpoint or with the first record."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit.checkpoints import heads_of
from qdtrade.audit.models import Chain, Checkpoint
from qdtrade.audit.verify import START
from qdtrade.errors import WrongState

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Range:
    """From which record to which; the hash before the first, and that of the last."""

    first: int
    last: int
    prev: str
    hash: str

    @property
    def count(self) -> int:
        return self.last - self.first + 1


def range_of(chain: Chain, from_on: datetime.date | None, to_on: datetime.date | None) -> Range:
    """The records of these days, both included, and those around them that tie them to checkpoints.

    Raises WrongState where nothing was recorded then.
    """
    seq, prev = _begin(chain, _midnight(from_on)) if from_on else (0, START)
    last = _end(chain, _midnight(to_on + DAY)) if to_on else chain.length
    if last <= seq:
        raise WrongState(_("Nothing was recorded in these days. Choose others."))
    hashed = chain.events.values_list("hash", flat=True).get(seq=last)
    return Range(seq + 1, last, prev, hashed)


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), clock.BEIJING)


def _begin(chain: Chain, moment: datetime.datetime) -> tuple[int, str]:
    """Where the last checkpoint before this moment left the chain."""
    row = Checkpoint.objects.filter(at__lte=moment).order_by("-number").first()
    return heads_of(row).get(chain.code, (0, START)) if row else (0, START)


def _end(chain: Chain, moment: datetime.datetime) -> int:
    """The last record before this moment; or the one at the next checkpoint, which signs it."""
    before = chain.events.filter(at__lt=moment).order_by("-seq").values_list("seq", flat=True).first() or 0
    after = Checkpoint.objects.filter(at__gte=moment).order_by("number").first()
    signed = heads_of(after).get(chain.code, (0, START))[0] if after else 0
    return max(before, signed) if before else 0
