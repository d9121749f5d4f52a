from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The indicators: what the city measures the pilot by, what it aims at, and the readings that were approved."""

    name = "qdtrade.indicators"
    label = "indicators"
    verbose_name = "Indicators"

    def ready(self) -> None:
        from qdtrade.imports import kinds
        from qdtrade.programmes import freezing

        from . import trail_words as trail_words
        from .figure_sets import SETS
        from .notice_words import speak_of_readings
        from .open_work import offer
        from .reading_kind import READINGS

        kinds.register(READINGS)
        freezing.register(*SETS)
        speak_of_readings()
        offer()
