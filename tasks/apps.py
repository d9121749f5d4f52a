from django.apps import AppConfig


class TasksConfig(AppConfig):
    """The pilot: its tasks (specification), milestones (roadmap) and reports (inspection line)."""

    name = "tasks"
    verbose_name = "Tasks"

    def ready(self) -> None:
        from .ledger import LEDGER
        from qdtrade.programmes import ledgers

        ledgers.register(LEDGER)
