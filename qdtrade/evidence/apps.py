from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Files that prove what a report says."""

    name = "qdtrade.evidence"
    label = "evidence"
    verbose_name = "Evidence"
