"""Days, sums and what holds, as both databases count them: the same, and exact."""

from decimal import Decimal
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    DateField,
    Expression,
    F,
    Func,
    IntegerField,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Round


class Days(Func):
    """How many days the first day is after the second."""

    output_field = IntegerField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Julian days of whole days differ by whole numbers."""
        template = "CAST(JULIANDAY(%(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - JULIANDAY(", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """A day less a day is a number there."""
        return self.as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" - ", **context)


class DayOf(Func):
    """The day in Beijing of a moment."""

    output_field = DateField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Moments are kept in UTC there."""
        return self.as_sql(compiler, connection, template="DATE(%(expressions)s, '+8 hours')", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "((%(expressions)s) AT TIME ZONE 'Asia/Shanghai')::date"
        return self.as_sql(compiler, connection, template=template, **context)


def fen(amount: str | Expression) -> Cast:
    """An amount as a whole number of fen: SQLite keeps amounts as floating numbers, whole ones add up exactly."""
    yuan = F(amount) if isinstance(amount, str) else amount
    return Cast(Round(yuan * Value(100)), BigIntegerField())


def of_fen(number: int | Decimal | None) -> Decimal:
    """The amount in yuan that so many fen are."""
    return (Decimal(int(number or 0)) / 100).quantize(Decimal("0.01"))


class InFen(BigIntegerField):
    """Yuan that the database counts in fen."""

    def from_db_value(self, number: int | Decimal | None, *_around: Any) -> Decimal | None:
        return None if number is None else of_fen(number)


def sum_of(amount: str, among: Q | None = None) -> Sum:
    """What the amounts of the rows come to, of those that the filter leaves: in yuan, exact, 0 where there are none."""
    return Sum(fen(amount), filter=among, default=0, output_field=InFen())


def whether(rule: Q) -> Case | Value:
    """Whether a rule holds of the row; one that asks nothing holds of every row."""
    if not rule:
        return Value(True)
    return Case(When(rule, then=Value(True)), default=Value(False), output_field=BooleanField())
