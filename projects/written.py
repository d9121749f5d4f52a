"""What an import left of the projects it wrote, to see later whether anything has changed since."""

from collections import defaultdict

from django.db.models import QuerySet

from qdtrade.audit.canonical import digest, dumps

from .models import Gate, Project, ProjectPartner, ProjectTask

PROJECT = "project"
"""The kind of row that an import of projects writes, by its word in the records."""


def marks(projects: QuerySet[Project]) -> dict[int, str]:
    """For each of these projects a digest of it with its partners, tasks and gates: it differs after any change."""
    found: dict[int, list[list[str]]] = defaultdict(list)
    pks = projects.order_by().values("pk")
    for pk, version in projects.order_by("pk").values_list("pk", "version"):
        found[pk].append([str(version)])
    for model, names in (
        (ProjectPartner, ("partner_id", "position")),
        (ProjectTask, ("task_id",)),
        (Gate, ("number", "version")),
    ):
        rows = model._default_manager.filter(project__in=pks).order_by("pk")
        for project_id, *values in rows.values_list("project_id", *names):
            found[project_id].append([str(value) for value in values])
    return {pk: digest(dumps(values)) for pk, values in found.items()}
