"""The lights of objects that were read without them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

FIELDS = ("light", "light_on", "light_computed", "light_reasons")


def light_up(objects: Iterable[Any]) -> None:
    """Gives each object what `with_light()` would have given it; one query for each kind of object."""
    of_model: dict[Any, list[Any]] = defaultdict(list)
    for one in objects:
        of_model[type(one)].append(one)
    for model, ones in of_model.items():
        rows = model._default_manager.filter(pk__in={one.pk for one in ones}).with_light()
        found = {pk: values for pk, *values in rows.values_list("pk", *FIELDS)}
        for one in ones:
            for name, value in zip(FIELDS, found.get(one.pk, ("", None, "", None)), strict=True):
                setattr(one, name, value)
