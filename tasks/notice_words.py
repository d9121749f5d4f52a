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
        "ask_sign_off": _("%(by)s asks you to sign the report %(label)s"),
        "send_to_author": _("%(by)s did not sign the report %(label)s and sent it back to you"),
        "submit": _("%(by)s signed and submitted the report %(label)s"),
        "put_back": _("%(by)s put the report %(label)s back, which you had taken"),
    },
    path=page_of_row("report"),
)
TASK = Kind(
    group="tasks",
    moves={
        "accept": _("%(by)s accepted the task %(label)s"),
        "decline": _("%(by)s declined the task %(label)s"),
        "assign_again": _("%(by)s assigned the task %(label)s to your bureau again"),
        "hand_over": _("%(by)s handed the task %(label)s over to another lead bureau"),
        "claim": _("%(by)s claimed the completion of %(label)s"),
        "withdraw_claim": _("%(by)s withdrew the completion claim of %(label)s"),
        "verify": _("%(by)s verified the completion of %(label)s"),
        "send_back": _("%(by)s sent the completion claim of %(label)s back"),
        "suspend": _("%(by)s suspended the task %(label)s"),
        "resume": _("%(by)s resumed the task %(label)s"),
        "drop": _("%(by)s dropped the task %(label)s"),
        "reopen": _("%(by)s reopened the task %(label)s"),
    },
    path=page_of_row("task"),
)
MILESTONE = Kind(
    group="tasks",
    moves={
        "waive": _("%(by)s waived the milestone %(label)s"),
        "unwaive": _("%(by)s made the milestone %(label)s owed again"),
    },
    path=page_of_row("milestone"),
)
PART = Kind(
    group="tasks",
    moves={
        "give": _("%(by)s gave you a part of a task: %(label)s"),
        "accept": _("%(by)s accepted the part %(label)s"),
        "send_back": _("%(by)s sent the part %(label)s back"),
        "give_again": _("%(by)s gave the part %(label)s again"),
        "finish": _("%(by)s finished the part %(label)s"),
        "reopen": _("%(by)s reopened the part %(label)s"),
        "end": _("%(by)s ended the part %(label)s"),
    },
    path=page_of_row("part"),
)
PART_REPORT = Kind(
    group="tasks",
    moves={"file": _("%(by)s says that the part %(label)s is done")},
    path=page_of_row("part_report"),
)
EXTENSION = Kind(
    group="tasks",
    moves={
        "ask": _("%(by)s asks for more time, for you to sign: %(label)s"),
        "sign": _("%(by)s signed a wish for more time: %(label)s"),
        "grant": _("%(by)s granted more time: %(label)s"),
        "refuse": _("%(by)s refused more time: %(label)s"),
        "withdraw": _("%(by)s withdrew a wish for more time: %(label)s"),
    },
    path=page_of_row("extension"),
)


def speak_of_tasks() -> None:
    """Called once, when the app is ready."""
    speak("report", REPORT)
    speak("task", TASK)
    speak("milestone", MILESTONE)
    speak("part", PART)
    speak("expectedpart", PART_REPORT)
    speak("extension", EXTENSION)
