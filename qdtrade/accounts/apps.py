from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and bureaus."""

    name = "qdtrade.accounts"
    label = "accounts"
    verbose_name = "People and bureaus"

    def ready(self) -> None:
        from .notice_words import speak_of_accounts

        speak_of_accounts()
