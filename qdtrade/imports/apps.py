from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Files that go in: read, shown as a dry run, applied whole or not at all, perhaps taken back."""

    name = "qdtrade.imports"
    label = "imports"
    verbose_name = "Imports"

    def ready(self) -> None:
        from . import trail_words  # noqa: F401
