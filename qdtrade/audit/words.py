"""The words of a history: what was done, to what, through which door, and the headings that no model gives."""

from django.utils.translation import gettext_lazy

from qdtrade.errors import Words

VERBS: dict[str, Words] = {
    "accept": gettext_lazy("Accepted"),
    "appoint_deputy": gettext_lazy("Appointed a deputy"),
    "apply": gettext_lazy("Let apply"),
    "approve": gettext_lazy("Approved"),
    "approve_together": gettext_lazy("Approved several together"),
    "attach": gettext_lazy("Attached"),
    "change_password": gettext_lazy("Changed the password of"),
    "close": gettext_lazy("Closed"),
    "close_account": gettext_lazy("Closed the account of"),
    "create": gettext_lazy("Created"),
    "delete": gettext_lazy("Deleted"),
    "detach": gettext_lazy("Took off"),
    "drop": gettext_lazy("Gave up"),
    "edit": gettext_lazy("Changed"),
    "edit_contact": gettext_lazy("Changed how to reach"),
    "end_deputy": gettext_lazy("Ended a deputy"),
    "end_link": gettext_lazy("Ended"),
    "end_session": gettext_lazy("Signed out on one device"),
    "end_sessions": gettext_lazy("Signed out on every device"),
    "enter_grace": gettext_lazy("Entered grace"),
    "exempt": gettext_lazy("Exempted"),
    "export": gettext_lazy("Exported"),
    "fail": gettext_lazy("Stopped"),
    "freeze": gettext_lazy("Froze"),
    "grant_exception": gettext_lazy("Granted an exception"),
    "move_to_calendar": gettext_lazy("Moved to the calendar"),
    "withdraw_exception": gettext_lazy("Took an exception back"),
    "withdraw_exemption": gettext_lazy("Took an exemption back"),
    "import": gettext_lazy("Imported"),
    "leave": gettext_lazy("Let leave"),
    "lock": gettext_lazy("Locked after repeated failures"),
    "mail_link": gettext_lazy("Mailed a sign-in link"),
    "make_link": gettext_lazy("Made"),
    "merge": gettext_lazy("Merged"),
    "open": gettext_lazy("Opened"),
    "open_account": gettext_lazy("Opened the account of"),
    "open_records": gettext_lazy("Opened the records"),
    "pass_on": gettext_lazy("Passed on"),
    "put_back": gettext_lazy("Put back"),
    "read": gettext_lazy("Read"),
    "read_again": gettext_lazy("Let read again"),
    "register": gettext_lazy("Registered"),
    "remove_samples": gettext_lazy("Removed samples"),
    "reopen": gettext_lazy("Reopened"),
    "return": gettext_lazy("Returned"),
    "revoke": gettext_lazy("Revoked"),
    "show_anew": gettext_lazy("Showed again"),
    "sign_in": gettext_lazy("Signed in"),
    "sign_in_failed": gettext_lazy("Failed to sign in"),
    "sign_out": gettext_lazy("Signed out"),
    "stay": gettext_lazy("Kept the account of"),
    "submit": gettext_lazy("Submitted"),
    "take": gettext_lazy("Took for review"),
    "take_back": gettext_lazy("Took back"),
    "unlock": gettext_lazy("Unlocked"),
    "unmerge": gettext_lazy("Took back the merger of"),
    "upload": gettext_lazy("Uploaded"),
    "upload_bureaus": gettext_lazy("Uploaded bureaus:"),
    "upload_people": gettext_lazy("Uploaded people:"),
    "use_link": gettext_lazy("Used"),
    "withdraw": gettext_lazy("Withdrew"),
    "write": gettext_lazy("Applied"),
}
"""What was done, by the action's stored code; an action without words here shows its code."""

KINDS: dict[str, Words] = {
    "bureau": gettext_lazy("bureau"),
    "bureaualias": gettext_lazy("bureau's alias"),
    "chain": gettext_lazy("records"),
    "expectedreport": gettext_lazy("expected report"),
    "export": gettext_lazy("exported file"),
    "field": gettext_lazy("field"),
    "membership": gettext_lazy("membership"),
    "milestone": gettext_lazy("milestone"),
    "period": gettext_lazy("period"),
    "programme": gettext_lazy("programme"),
    "registerimport": gettext_lazy("import"),
    "report": gettext_lazy("report"),
    "reportfile": gettext_lazy("evidence"),
    "reportversion": gettext_lazy("submitted version"),
    "savedview": gettext_lazy("saved view"),
    "signinlink": gettext_lazy("sign-in link"),
    "task": gettext_lazy("task"),
    "taskbureau": gettext_lazy("bureau of a task"),
    "token": gettext_lazy("token"),
    "user": gettext_lazy("person"),
    "workingday": gettext_lazy("working day"),
}
"""What an object is, by its kind."""

DOORS: dict[str, Words] = {
    "page": gettext_lazy("page"),
    "api": gettext_lazy("API"),
    "admin": gettext_lazy("administration"),
    "command": gettext_lazy("command"),
}

FIELDS: dict[str, Words] = {
    "accepted_by": gettext_lazy("accepted by"),
    "accepted_for": gettext_lazy("accepted for"),
    "added_by": gettext_lazy("added by"),
    "author": gettext_lazy("author"),
    "blob": gettext_lazy("kept content"),
    "current": gettext_lazy("version at hand"),
    "decided_by": gettext_lazy("decided by"),
    "decided_for": gettext_lazy("decided for"),
    "dropped_at": gettext_lazy("taken off at"),
    "exception_at": gettext_lazy("exception granted at"),
    "exception_by": gettext_lazy("exception granted by"),
    "exempt_at": gettext_lazy("exempted at"),
    "exempt_by": gettext_lazy("exempted by"),
    "facts_period": gettext_lazy("facts from the report of"),
    "first_submitted_on": gettext_lazy("first submitted on"),
    "in_force": gettext_lazy("version in force"),
    "kept_at": gettext_lazy("submitted with at"),
    "made_by": gettext_lazy("made by"),
    "media_type": gettext_lazy("kind of file"),
    "parent": gettext_lazy("bureau above"),
    "position": gettext_lazy("place in the list"),
    "region": gettext_lazy("region"),
    "submitted_by": gettext_lazy("submitted by"),
    "submitted_for": gettext_lazy("submitted for"),
    "taken_by": gettext_lazy("taken by"),
    "taken_for": gettext_lazy("taken for"),
}
"""Headings of fields whose model gives them none; a link to another object is headed by what that object is."""

UNSAID = {
    "accepted_for", "author", "blob", "comment", "current", "decided_for", "decision", "exception_reason",
    "exempt_reason", "expected", "facts_period", "first_submitted_on", "hands", "in_force",
    "media_type", "report", "resubmit_due_on", "review_due_on", "source", "submitted_for",
    "taken_for",
}  # fmt: skip
"""Fields that a sentence leaves out, beside every _at and _by: the row that is opened shows them all."""

SAID_OF_NEW = {("membership", name) for name in ("user", "starts_on", "ends_on")}
"""Fields that a sentence says even of what is new: without them it would not be one."""

NAMED = ("user", "bureau", "period", "field", "programme", "task", "milestone")
"""Kinds whose name needs no other row; an id of any other kind stays a number."""
