from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Programmes, memberships and reporting periods."""

    name = "qdtrade.programmes"
    label = "programmes"
    verbose_name = "Programmes"
