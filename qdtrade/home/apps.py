from django.apps import AppConfig


class HomeConfig(AppConfig):
    """What people see first: their work, the review desk, their notices."""

    name = "qdtrade.home"
    label = "home"
    verbose_name = "Home"

    def ready(self) -> None:
        from qdtrade.programmes import listing

        from .listings import DESK, RECORDS

        listing.register(RECORDS)
        listing.register(DESK)
