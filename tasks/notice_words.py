"""What people are told of tasks and reports."""

from django.utils.translation import gettext_lazy as _

from qdtrade.notices.words import Kind, page_of_row, speak

REPORT = Kind(
    group="reports",
    moves={
        "return": _("%(by)s returned the report %(label)s"),
        "approve": _("%(by)s approved the report %(label)s"),
        "reopen": _("%(by)s reopened the report %(label)s"),
        "pass_on": _("%(by)s passed on the report %(label)s"),
        "put_back": _("%(by)s put the report %(label)s back, which you had taken"),
    },
    path=page_of_row("report"),
)
TASK = Kind(
    group="tasks",
    moves={"accept": _("%(by)s accepted the task %(label)s")},
    path=page_of_row("task"),
)


def speak_of_tasks() -> None:
    """Called once, when the app is ready."""
    speak("report", REPORT)
    speak("task", TASK)
