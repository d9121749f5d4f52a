from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Programmes, memberships and reporting periods."""

    name = "qdtrade.programmes"
    label = "programmes"
    verbose_name = "Programmes"

    def ready(self) -> None:
        from . import finding, found
        from . import trail_words as trail_words
        from .notice_words import speak_of_programmes

        finding.register(found.PEOPLE)
        speak_of_programmes()
