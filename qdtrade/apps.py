from django.apps import AppConfig


class QdtradeConfig(AppConfig):
    """The foundation: tags, static files and the bases of the doors."""

    name = "qdtrade"
    label = "qdtrade"
