from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The signings: projects from contract to production, their gates, their money and what is said of them."""

    name = "projects"
    verbose_name = "Projects"

    def ready(self) -> None:
        from qdtrade.programmes import ledgers, listing

        from .ledger import LEDGER
        from .listings import LISTINGS

        ledgers.register(LEDGER)
        for one in LISTINGS:
            listing.register(one)
