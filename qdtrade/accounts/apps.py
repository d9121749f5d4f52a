from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and bureaus."""

    name = "qdtrade.accounts"
    label = "accounts"
    verbose_name = "People and bureaus"
