"""What a shadow cannot take from one row's own state."""

from django.db import connection

from qdtrade.accounts.models import Bureau
from qdtrade.audit.past import Past
from qdtrade.audit.shadows import hidden_by, real
from qdtrade.programmes.models import Membership

HELD = "held"
"""The ids of the memberships that the viewer holds today (`middleware`)."""


def trace_paths(past: Past) -> None:
    """The tree of bureaus as it was: each path follows from the bureaus above."""
    table = Bureau._meta.db_table
    rows: dict[int, Bureau] = {row.pk: row for row in Bureau.objects.raw(f"SELECT * FROM {hidden_by(table)}")}
    moved: list[tuple[str, int]] = []
    for row in rows.values():
        path = _path(row, rows)
        if path != row.path:
            moved.append((path, row.pk))
    if moved:
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {hidden_by(table)} SET path = %s WHERE id = %s", moved)


def _path(row: Bureau, rows: dict[int, Bureau]) -> str:
    above: Bureau | None = row
    ids: list[int] = []
    while above is not None and above.pk not in ids:
        ids.append(above.pk)
        above = rows.get(above.parent_id) if above.parent_id else None
    return "/" + "".join(f"{pk}/" for pk in reversed(ids))


def stretch_memberships(past: Past) -> None:
    """Who looks has the roles of today, whatever they had then: as if each had always been held.

    An auditor who came later sees what was before; whoever lost a role sees nothing by it.
    """
    if past.viewer is None:
        return
    table = Membership._meta.db_table
    mine = past.known.get(HELD, [])
    columns = [str(one.column) for one in Membership._meta.concrete_fields]
    stretched = {"starts_on": "%s", "ends_on": "NULL", "deputy_of_id": "NULL"}
    values = ", ".join(stretched.get(column, column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {hidden_by(table)} WHERE user_id = %s", [past.viewer.pk])
        if mine:
            places = ", ".join(["%s"] * len(mine))
            cursor.execute(
                f"INSERT INTO {hidden_by(table)} ({', '.join(columns)}) SELECT {values} FROM {real(table)}"
                f" WHERE id IN ({places})",
                [past.moment.date().replace(year=past.moment.year - 1, day=1), *mine],
            )
