"""What the administration does to rows of any ledger: excusing them, or taking them later."""

from typing import Any

from django.utils.translation import gettext_lazy

from qdtrade.errors import refusal_of
from qdtrade.moderation import RowAct
from qdtrade.moderation.acts import Asked

from .. import actions
from ..rules import is_not_filed, manages


def _exempt(row: Any, asked: Asked, seen: int | None) -> Any:
    return actions.exempt(row, by=asked.by, reason=asked.comment)


def _accept_later(row: Any, asked: Asked, seen: int | None) -> Any:
    assert asked.day is not None
    return actions.grant_exception(row, by=asked.by, until=asked.day, reason=asked.comment)


def _why_not(row: Any, user: Any) -> str:
    return refusal_of(lambda: manages(row.period, user), lambda: is_not_filed(row))


def _is_for(row: Any, user: Any) -> bool:
    return not refusal_of(lambda: manages(row.period, user))


EXEMPT = RowAct("exempt", gettext_lazy("Exempt"), _exempt, _why_not, _is_for, needs_comment=True)
ACCEPT_LATER = RowAct(
    "grant_exception", gettext_lazy("Accept later"), _accept_later, _why_not, _is_for,
    needs_comment=True, needs_day=True,
)  # fmt: skip
EXPECTED_ACTS = (EXEMPT, ACCEPT_LATER)
