from django.apps import AppConfig


class HomeConfig(AppConfig):
    """What people see first: their work, the review desk, their notices."""

    name = "qdtrade.home"
    label = "home"
    verbose_name = "Home"
