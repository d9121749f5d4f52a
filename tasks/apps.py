from django.apps import AppConfig


class TasksConfig(AppConfig):
    """The pilot: its tasks (specification), milestones (roadmap) and reports (inspection line)."""

    name = "tasks"
    verbose_name = "Tasks"

    def ready(self) -> None:
        from qdtrade.programmes import ledgers

        from . import trail_words  # noqa: F401
        from .ledger import LEDGER
        from .notice_words import speak_of_tasks

        ledgers.register(LEDGER)
        speak_of_tasks()
