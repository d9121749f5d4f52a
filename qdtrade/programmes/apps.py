from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Programmes, memberships and reporting periods."""

    name = "qdtrade.programmes"
    label = "programmes"
    verbose_name = "Programmes"

    def ready(self) -> None:
        from qdtrade.audit import guards

        from . import finding, found
        from . import trail_words as trail_words
        from .notice_words import speak_of_programmes

        finding.register(found.PEOPLE)
        guards.also("programmes_periodfigure")
        speak_of_programmes()
