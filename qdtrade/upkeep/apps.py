from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    """What keeps the program running: timers' last runs, health, status, backup and restore."""

    name = "qdtrade.upkeep"
    label = "upkeep"
    verbose_name = "Upkeep"

    def ready(self) -> None:
        from . import checks  # noqa: F401  (the app registry must be ready before checks are registered)
