"""What auditors and administrators are told when the records do not fit what was signed."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qdtrade.audit.checkpoints import said
from qdtrade.notices.models import Notice
from qdtrade.notices.words import Kind, speak


def alarm(params: Mapping[str, Any]) -> str:
    """What does not fit, and what to do first."""
    words = _("Alarm of the records: %(trouble)s Keep a copy of the database before anything else.")
    return words % {"trouble": said(params)}


def page_of_records(notice: Notice) -> str:
    return reverse("records")


RECORDS = Kind(group="records", moves={"alarm": alarm}, path=page_of_records)


def speak_of_the_records() -> None:
    """Called once, when the app is ready."""
    speak("programme", RECORDS)
