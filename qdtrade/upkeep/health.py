"""Whether the program can work, for whatever watches it: no sign-in, no session, no page around it."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from qdtrade.audit import guards

log = logging.getLogger(__name__)


class HealthMiddleware:
    """Answers /health/ before anything else is asked: neither the host's name nor HTTPS, session or language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.path = reverse("health")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return health(request) if request.path_info == self.path else self.get_response(request)


def health(request: HttpRequest) -> HttpResponse:
    """200 `ok`, or 503 with one word: `database` does not answer, `migrations` or the records' `guards` are missing."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    word = _what_is_wrong()
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(
        f"{word or 'ok'}\n", status=503 if word else 200, content_type="text/plain", headers=headers
    )


def _what_is_wrong() -> str:
    try:
        if unapplied():
            return "migrations"
        return "guards" if guards.missing() else ""
    except DatabaseError:
        log.exception("The database does not answer.")
        return "database"


def unapplied() -> list[str]:
    """The migrations of this program that the database has not seen, as `app.name`."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
