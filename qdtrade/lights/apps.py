from django.apps import AppConfig


class LightsConfig(AppConfig):
    """Lights: by what they are judged, how they are kept day by day, and read."""

    name = "qdtrade.lights"
    label = "lights"
    verbose_name = "Lights"
