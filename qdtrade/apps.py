from django.apps import AppConfig
from django.contrib.admin import apps as admin


class QdtradeConfig(AppConfig):
    """The foundation: tags, static files and the bases of the doors."""

    name = "qdtrade"
    label = "qdtrade"
    default = True


class AdministrationConfig(admin.AdminConfig):
    """Django's administration with a site of our own."""

    default_site = "qdtrade.home.admin_site.Administration"
    default = False
