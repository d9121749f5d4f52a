from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    """People and bureaus."""

    name = "qdtrade.accounts"
    label = "accounts"
    verbose_name = "People and bureaus"

    def ready(self) -> None:
        """Takes off Django's own note of the last sign-in, in real time: `sign_in_noted` keeps it, with the record."""
        user_logged_in.disconnect(dispatch_uid="update_last_login")
