from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """The records: chains of events that the database lets nobody change."""

    name = "qdtrade.audit"
    label = "audit"
    verbose_name = "Records"

    def ready(self) -> None:
        from qdtrade import trigrams

        from . import checks, guards  # noqa: F401  (the app registry must be ready before models are read)
        from .searching import INDEX

        post_migrate.connect(guards.stand, sender=self)
        trigrams.register(INDEX)
