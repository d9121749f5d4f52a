from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The signings: projects from contract to production, their gates, their money and what is said of them."""

    name = "projects"
    verbose_name = "Projects"

    def ready(self) -> None:
        from qdtrade.programmes import ledgers

        from .ledger import LEDGER

        ledgers.register(LEDGER)
