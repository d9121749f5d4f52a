"""What has built on an import: rows that changed since, and rows of other kinds that point to what it made."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import DO_NOTHING, QuerySet

from .models import ImportedRow


def first_differing(left: Mapping[int, str], now: Mapping[int, str]) -> int | None:
    """The id of the first row whose mark is not the one that the import left."""
    return min((pk for pk, mark in left.items() if now.get(pk) != mark), default=None)


def users_of(model: Any, made: QuerySet[ImportedRow], *, but: Collection[str]) -> Iterator[Any]:
    """The first row of each kind, other than these, that points to one of the rows that were made."""
    for relation in _pointing_to(model, but):
        rows = relation.related_model._base_manager
        found = rows.filter(**{f"{relation.field.name}__in": made.values("object_id")}).order_by("pk").first()
        if found is not None:
            yield found


def is_unused(row: Any) -> bool:
    """Whether no row of any kind points to this one."""
    return not any(
        one.related_model._base_manager.filter(**{one.field.name: row}).exists()
        for one in _pointing_to(type(row), ())
    )


def _pointing_to(model: Any, but: Collection[str]) -> list[Any]:
    """The relations by which rows of other kinds point to this model, but for those that outlive what they name."""
    relations = [
        one for one in model._meta.get_fields(include_hidden=True) if one.one_to_many or one.one_to_one
    ]
    return [
        one
        for one in relations
        if one.auto_created
        and one.on_delete is not DO_NOTHING
        and one.related_model._meta.model_name not in but
    ]
