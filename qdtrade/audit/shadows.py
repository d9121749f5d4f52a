"""A table as it stood at a moment, as a temporary table of the same name that hides the real one.

It is filled in SQL. An object that no record has touched since is its row of today (`verify` compares these with the
records). Of every other that the list of objects names, the last state at or before the given record of its chain is
taken, each field turned from the records' text into what its column holds (RECORDS 4). What the records do not hold
comes from the row of today, where it still stands, else it is empty; a field that did not exist yet has the value that
the rows of old were given (`began_as` of the model, where a new row begins with something else).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection, models

from .canonical import plain
from .models import Event, RecordedObject

Bounds = dict[int, int]
"""By the id of a chain: the number of its last record at the moment."""

MANY = 200
"""From so many rows on a shadow is worth its indexes."""

NO_VERSION = "0"
"""What stands in a counter of changes that is not recorded."""

BEFORE = "before"
"""The name under which the row of today stands in the statement that fills a shadow."""


@dataclass(frozen=True)
class Shadow:
    """What hides a table in the past: the states of a kind, nothing at all, or the records up to the moment."""

    model: type[models.Model]
    kind: str
    """The word of the model in the records; empty for what they do not hold."""
    mend: "Callable[[Any], None] | None" = None
    """Sets what follows from several rows; takes the look at the past."""

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def is_view(self) -> bool:
        return self.model is Event


def real(table: str) -> str:
    """The name of the real table, whatever hides it."""
    return f"{_schema()}.{connection.ops.quote_name(table)}"


def hidden_by(table: str) -> str:
    """The name of what hides the table."""
    schema = "temp" if connection.vendor == "sqlite" else "pg_temp"
    return f"{schema}.{connection.ops.quote_name(table)}"


@cache
def _schema() -> str:
    if connection.vendor == "sqlite":
        return "main"
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        return str(cursor.fetchone()[0])


def raise_shadow(shadow: Shadow, bounds: Bounds, past: Any, *, by_states: bool = False) -> None:
    """Make what hides the table and fill it; `by_states` takes no row of today's, touched since or not."""
    with connection.cursor() as cursor:
        if shadow.is_view:
            cursor.execute(_view(shadow, bounds))
            return
        cursor.execute(_table(shadow.model))
        if not shadow.kind or not bounds:
            return
        count = 0
        for filling in [_states] if by_states else [_untouched, _touched]:
            cursor.execute(*filling(shadow, bounds))
            count += cursor.rowcount
    _derive(shadow)
    if shadow.mend is not None:
        shadow.mend(past)
    _index(shadow, count)


def drop(shadow: Shadow) -> None:
    what = "VIEW" if shadow.is_view else "TABLE"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP {what} IF EXISTS {hidden_by(shadow.table)}")


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _name(one: "models.Field[Any, Any]") -> str:
    """The quoted name of a field's column."""
    return _quoted(str(one.column))


def _view(shadow: Shadow, bounds: Bounds) -> str:
    """The records as far as they went: nobody reads in the past what happened later."""
    within = [f"(chain_id = {chain} AND seq <= {seq})" for chain, seq in bounds.items()] or ["1 = 0"]
    name = _quoted(shadow.table)
    return f"CREATE TEMP VIEW {name} AS SELECT * FROM {real(shadow.table)} WHERE {' OR '.join(within)}"


def _table(model: type[models.Model]) -> str:
    columns = [_column(one) for one in model._meta.concrete_fields]
    return f"CREATE TEMP TABLE {_quoted(model._meta.db_table)} ({', '.join(columns)})"


def _column(one: "models.Field[Any, Any]") -> str:
    is_key = " PRIMARY KEY" if one.primary_key else ""
    return f"{_name(one)} {_type(one)}{is_key}"


def _type(one: "models.Field[Any, Any]") -> str:
    return str(one.rel_db_type(connection) if one.primary_key else one.db_type(connection))


def _columns(shadow: Shadow) -> str:
    return ", ".join(_name(one) for one in shadow.model._meta.concrete_fields)


def _untouched(shadow: Shadow, bounds: Bounds) -> tuple[str, list[Any]]:
    """The rows of today that no record has named since."""
    fields = shadow.model._meta.concrete_fields
    values = ", ".join(
        NO_VERSION if _is_counter(shadow.model, one) else f"{BEFORE}.{_name(one)}" for one in fields
    )
    sql = (
        f"INSERT INTO {hidden_by(shadow.table)} ({_columns(shadow)}) SELECT {values} FROM {_objects(bounds)}"
        f" JOIN {real(shadow.table)} {BEFORE} ON {BEFORE}.id = o.object_id"
        f" WHERE o.kind = %s AND {_last()} <= c.seq"
    )
    return sql, [shadow.kind]


def _touched(shadow: Shadow, bounds: Bounds) -> tuple[str, list[Any]]:
    """The objects that some record has named since, as their last state before says."""
    sql, params = _states(shadow, bounds)
    return f"{sql} AND {_last()} > c.seq", params


def _states(shadow: Shadow, bounds: Bounds) -> tuple[str, list[Any]]:
    """Every object as its last state within the bounds says."""
    expressions, params = [], []
    for one in shadow.model._meta.concrete_fields:
        text, given = _value(shadow.model, one)
        expressions.append(text)
        params += given
    sql = (
        f"INSERT INTO {hidden_by(shadow.table)} ({_columns(shadow)}) SELECT {', '.join(expressions)}"
        f" FROM {_objects(bounds)} {_last_states()}{_read(shadow.model)}"
        f" LEFT JOIN {real(shadow.table)} {BEFORE} ON {BEFORE}.id = o.object_id"
        " WHERE o.kind = %s AND e.state IS NOT NULL"
    )
    return sql, [*params, shadow.kind]


def _objects(bounds: Bounds) -> str:
    """The objects `o` of each chain `c`, which ends at `c.seq`; SQLite joins from left to right."""
    ends = " UNION ALL ".join(f"SELECT {chain} AS chain_id, {seq} AS seq" for chain, seq in bounds.items())
    join = "CROSS JOIN" if connection.vendor == "sqlite" else "JOIN"
    return f"({ends}) c {join} {real(RecordedObject._meta.db_table)} o ON o.chain_id = c.chain_id"


SAME = "chain_id = o.chain_id AND kind = o.kind AND object_id = o.object_id"


def _last() -> str:
    """The number of the last record of all that names the object."""
    return f"(SELECT max(seq) FROM {real(Event._meta.db_table)} WHERE {SAME})"


def _last_states() -> str:
    """The last event of each object within the bounds: `e`."""
    events = real(Event._meta.db_table)
    if connection.vendor == "sqlite":
        return (
            f"CROSS JOIN {events} e ON e.chain_id = o.chain_id AND e.kind = o.kind AND e.object_id = o.object_id"
            f" AND e.seq = (SELECT max(seq) FROM {events} WHERE {SAME} AND seq <= c.seq)"
        )
    return f"CROSS JOIN LATERAL (SELECT state FROM {events} WHERE {SAME} AND seq <= c.seq ORDER BY seq DESC LIMIT 1) e"


def _is_counter(model: type[models.Model], one: "models.Field[Any, Any]") -> bool:
    """Whether the field counts the changes of its row, unrecorded: in the past nothing can be changed."""
    return one.name == "version" and one not in _recorded(model)


def _read(model: type[models.Model]) -> str:
    """PostgreSQL reads a state once, with the types that need no further care; SQLite field by field."""
    if connection.vendor == "sqlite":
        return ""
    fields = [f"{_quoted(one.name)} {_read_as(one)}" for one in _recorded(model)]
    return f" CROSS JOIN LATERAL json_to_record(e.state::json) AS r({', '.join(fields)})"


def _read_as(one: "models.Field[Any, Any]") -> str:
    return "text" if isinstance(one, models.JSONField) else _type(one)


def _recorded(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    names = model.recorded  # type: ignore[attr-defined]
    return [one for one in model._meta.concrete_fields if one.name in names and not one.primary_key]


def _value(model: type[models.Model], one: "models.Field[Any, Any]") -> tuple[str, list[Any]]:
    """What stands in the column, and its parameters."""
    if one.primary_key:
        return "o.object_id", []
    if _is_counter(model, one):
        return NO_VERSION, []
    if one not in _recorded(model):
        return f"coalesce({BEFORE}.{_name(one)}, {_typed(one)})", [_empty(one)]
    if connection.vendor == "sqlite":
        return _from_text(one, f"json_extract(e.state, '$.{one.name}')")
    value = f"r.{_quoted(one.name)}"
    begins = _begins_as(one)
    if begins is not None:
        value = f"coalesce({value}, %s::{_read_as(one)})"
    value = f"{value}::jsonb" if isinstance(one, models.JSONField) else value
    return value, [] if begins is None else [begins]


def _typed(one: "models.Field[Any, Any]") -> str:
    return "%s" if connection.vendor == "sqlite" else f"%s::{_type(one)}"


def _empty(one: "models.Field[Any, Any]") -> Any:
    return one.get_db_prep_save(one.get_default(), connection)


def _begins_as(one: "models.Field[Any, Any]") -> str | None:
    """The recorded text of what a field held before any record named it; None where it may be empty."""
    if one.null:
        return None
    began: dict[str, str] = getattr(one.model, "began_as", {})
    default = one.get_default()
    return began.get(one.name, None if default is None else plain(one, default))


def _from_text(one: "models.Field[Any, Any]", text: str) -> tuple[str, list[Any]]:
    """SQLite's own form of a recorded text: what Django would have written into the column."""
    begins = _begins_as(one)
    given = [] if begins is None else [begins]
    if given:
        text = f"coalesce({text}, %s)"
    if isinstance(one, models.BooleanField):
        return f"CASE {text} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END", given
    if isinstance(one, models.DateTimeField):
        return f"replace(rtrim(replace({text}, 'T', ' '), 'Z'), '.000000', '')", given
    return text, given


def _derive(shadow: Shadow) -> None:
    """Compute what follows from a row's own words, where those were others than today's."""
    model = shadow.model
    derived = getattr(model, "derived", {})
    if not derived:
        return
    rows = list(model._base_manager.raw(_reworded(shadow)))
    if not rows:
        return
    sets = ", ".join(f"{_quoted(name)} = %s" for name in derived)
    values = [[*(follow(row) for follow in derived.values()), row.pk] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {hidden_by(shadow.table)} SET {sets} WHERE id = %s", values)


def _reworded(shadow: Shadow) -> str:
    """The rows whose words have changed since, or that are gone."""
    differs = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    names = shadow.model.derived_from  # type: ignore[attr-defined]
    changed = [f"t.{_quoted(name)} {differs} {BEFORE}.{_quoted(name)}" for name in names]
    return (
        f"SELECT t.* FROM {hidden_by(shadow.table)} t LEFT JOIN {real(shadow.table)} {BEFORE}"
        f" ON {BEFORE}.id = t.id WHERE {BEFORE}.id IS NULL OR {' OR '.join(changed)}"
    )


def _index(shadow: Shadow, count: int) -> None:
    """Ways to the rows by what they belong to, and on PostgreSQL what the planner must know of them."""
    if count < MANY:
        return
    with connection.cursor() as cursor:
        for at, column in enumerate(_ways(shadow.model)):
            name = _quoted(f"past_{shadow.table}_{at}")
            if connection.vendor == "sqlite":
                cursor.execute(f"CREATE INDEX temp.{name} ON {_quoted(shadow.table)} ({_quoted(column)})")
            else:
                cursor.execute(f"CREATE INDEX {name} ON {hidden_by(shadow.table)} ({_quoted(column)})")
        if connection.vendor == "postgresql":
            cursor.execute(f"ANALYZE {hidden_by(shadow.table)}")


def _ways(model: type[models.Model]) -> Sequence[str]:
    """The columns by which rows are found from others."""
    return [
        str(one.column) for one in model._meta.concrete_fields if one.is_relation and not _of_a_person(one)
    ]


def _of_a_person(one: "models.Field[Any, Any]") -> bool:
    return one.name.endswith(("_by", "_for", "author"))
