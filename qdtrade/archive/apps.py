from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """The proof of the records as people meet it: checkpoints, checking, packages to take away."""

    name = "qdtrade.archive"
    label = "archive"
    verbose_name = "Proof of the records"

    def ready(self) -> None:
        from .notice_words import speak_of_the_records

        speak_of_the_records()
