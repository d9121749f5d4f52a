from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Programmes, memberships and reporting periods."""

    name = "qdtrade.programmes"
    label = "programmes"
    verbose_name = "Programmes"

    def ready(self) -> None:
        from . import trail_words  # noqa: F401
        from .notice_words import speak_of_programmes

        speak_of_programmes()
