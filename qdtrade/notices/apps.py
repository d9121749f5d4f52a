from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What people are told: an inbox for each."""

    name = "qdtrade.notices"
    label = "notices"
    verbose_name = "Notices"
