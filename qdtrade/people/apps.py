from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """What an administrator does with the people and the bureaus of a programme: by file, and when somebody leaves."""

    name = "qdtrade.people"
    label = "people"
    verbose_name = "People and bureaus"

    def ready(self) -> None:
        from qdtrade.imports import kinds

        from .kinds import BUREAUS, PEOPLE

        kinds.register(BUREAUS)
        kinds.register(PEOPLE)
