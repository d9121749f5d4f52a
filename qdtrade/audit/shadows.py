"""A table as it stood at a moment, as a temporary table of the same name that hides the real one.

It is filled in SQL. An object that no record has touched since is its row of today (`verify` compares these with the
records). Of every other that the list of objects names, the last state at or before the given record of its chain is
taken, each field turned from the records' text into what its column holds (RECORDS 4). What the records do not hold
comes from the row of today, where it still stands, else it is empty; a field that did not exist yet has the value that
the rows of old were given (`began_as` of the model, where a new row begins with something else).
"""

from collections.abc import Callable, Iterable, Sequence
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

FEW = 20
"""Records of an object up to which all of a kind are read, rather than two looked up for each object."""

SAMPLED = 10
"""PostgreSQL's measure of how much of a shadow its planner looks at: enough for a table that is gone in a moment."""

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
        cursor.execute(*_fill(shadow, bounds, by_states))
        count = cursor.rowcount
    _derive(shadow)
    if shadow.mend is not None:
        shadow.mend(past)
    _index(shadow, count)


def drop(shadows: Iterable[Shadow]) -> None:
    """Take down what hides the tables, whatever of it stands."""
    _run(
        f"DROP {'VIEW' if shadow.is_view else 'TABLE'} IF EXISTS {hidden_by(shadow.table)}"
        for shadow in shadows
    )


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


def _fill(shadow: Shadow, bounds: Bounds, by_states: bool) -> tuple[str, list[Any]]:
    """The rows of today that no record has named since, and every other object as its last state before says."""
    ends, given = _ends(shadow, bounds)
    rows, params = _states(shadow)
    if not by_states:
        rows = f"{_today(shadow)} WHERE NOT o.is_touched UNION ALL {rows} AND o.is_touched"
    sql = f"INSERT INTO {hidden_by(shadow.table)} ({_columns(shadow)}) WITH o AS MATERIALIZED ({ends}) {rows}"
    return sql, [*given, *params]


def _today(shadow: Shadow) -> str:
    """The rows as they are."""
    values = ", ".join(
        NO_VERSION if _is_counter(shadow.model, one) else f"{BEFORE}.{_name(one)}"
        for one in shadow.model._meta.concrete_fields
    )
    return f"SELECT {values} FROM o {_join()} {real(shadow.table)} {BEFORE} ON {BEFORE}.id = o.object_id"


def _states(shadow: Shadow) -> tuple[str, list[Any]]:
    """The objects as their last state within the bounds says; those that were gone have none."""
    expressions, params = [], []
    for one in shadow.model._meta.concrete_fields:
        text, given = _value(shadow.model, one)
        expressions.append(text)
        params += given
    sql = (
        f"SELECT {', '.join(expressions)} FROM o"
        f" {_join()} {real(Event._meta.db_table)} e ON e.chain_id = o.chain_id AND e.seq = o.seq{_read(shadow.model)}"
        f" LEFT JOIN {real(shadow.table)} {BEFORE} ON {BEFORE}.id = o.object_id"
        " WHERE e.state IS NOT NULL"
    )
    return sql, params


def _ends(shadow: Shadow, bounds: Bounds) -> tuple[str, list[Any]]:
    """Of every object of the kind: its last record within the bound of its chain, and whether there was one since.

    Where objects have few records each, all of these are read along their index; where they have many, two are
    looked up for each object.
    """
    chains = " UNION ALL ".join(
        f"SELECT {chain} AS chain_id, {seq} AS bound" for chain, seq in bounds.items()
    )
    events, objects = real(Event._meta.db_table), real(RecordedObject._meta.db_table)
    if _has_few_records(shadow.kind, bounds):
        return (
            "SELECT c.chain_id, e.object_id, max(CASE WHEN e.seq <= c.bound THEN e.seq END) AS seq,"
            " max(e.seq) > c.bound AS is_touched"
            f" FROM ({chains}) c {_join()} {events} e ON e.chain_id = c.chain_id WHERE e.kind = %s"
            " GROUP BY c.chain_id, c.bound, e.object_id HAVING min(e.seq) <= c.bound"
        ), [shadow.kind]
    same = f"FROM {events} WHERE chain_id = o.chain_id AND kind = o.kind AND object_id = o.object_id"
    return (
        f"SELECT c.chain_id, o.object_id, (SELECT max(seq) {same} AND seq <= c.bound) AS seq,"
        f" EXISTS (SELECT 1 {same} AND seq > c.bound) AS is_touched"
        f" FROM ({chains}) c {_join()} {objects} o ON o.chain_id = c.chain_id WHERE o.kind = %s"
    ), [shadow.kind]


def _has_few_records(kind: str, bounds: Bounds) -> bool:
    """Whether reading all records of a kind along their index is less work than looking two up for each object."""
    of_kind = f"chain_id IN ({', '.join(map(str, bounds))}) AND kind = %s"
    most = f"SELECT {FEW} * count(*) AS rows FROM {real(RecordedObject._meta.db_table)} WHERE {of_kind}"
    some = f"SELECT 1 FROM {real(Event._meta.db_table)} WHERE {of_kind} LIMIT (SELECT rows + 1 FROM most)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH most AS MATERIALIZED ({most})"
            f" SELECT (SELECT count(*) FROM ({some}) s) <= (SELECT rows FROM most)",
            [kind, kind],
        )
        return bool(cursor.fetchone()[0])


def _join() -> str:
    """SQLite joins from left to right where it is told so."""
    return "CROSS JOIN" if connection.vendor == "sqlite" else "JOIN"


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
    table = hidden_by(shadow.table)
    ways = [
        (_quoted(f"past_{shadow.table}_{at}"), _quoted(way)) for at, way in enumerate(_ways(shadow.model))
    ]
    if connection.vendor == "sqlite":
        _run(f"CREATE INDEX temp.{name} ON {_quoted(shadow.table)} ({column})" for name, column in ways)
        return
    _run(
        [
            *(f"CREATE INDEX {name} ON {table} ({column})" for name, column in ways),
            f"SET default_statistics_target = {SAMPLED}",
            f"ANALYZE {table}",
            "RESET default_statistics_target",
        ]
    )


def _run(statements: Iterable[str]) -> None:
    """Some statements without parameters: PostgreSQL takes them all at once."""
    given = list(statements)
    with connection.cursor() as cursor:
        for statement in given if connection.vendor == "sqlite" else ["; ".join(given)]:
            cursor.execute(statement)


def _ways(model: type[models.Model]) -> Sequence[str]:
    """The columns by which rows are found from others."""
    return [
        str(one.column)
        for one in model._meta.concrete_fields
        if one.remote_field is not None and not one.remote_field.hidden
    ]
