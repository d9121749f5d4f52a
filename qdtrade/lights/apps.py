from django.apps import AppConfig


class LightsConfig(AppConfig):
    """Lights: by what they are judged, how they are kept day by day, and read."""

    name = "qdtrade.lights"
    label = "lights"
    verbose_name = "Lights"

    def ready(self) -> None:
        from qdtrade.audit import trail

        from . import trail_words as trail_words
        from .actions import keep_touched

        trail.at_end(keep_touched)
