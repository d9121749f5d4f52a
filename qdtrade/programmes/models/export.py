"""Files that left: what was exported, by which filters, and how many rows it held."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .programme import Programme


class Export(models.Model):
    """One file that somebody took out of a programme; made before its first row leaves, and never changed."""

    class What(models.TextChoices):
        TASKS = "tasks", _("task register")
        REPORTS = "reports", _("progress reports")
        EXPECTED_REPORTS = "expected_reports", _("expected reports")
        PARTS = "parts", _("parts of tasks")
        PART_REPORTS = "part_reports", _("what was filed on parts")
        RESPONSIBILITY = "responsibility", _("responsibility matrix")
        RECORDS = "records", _("records")
        COMPARISON = "comparison", _("comparison of two days")
        CHASE = "chase", _("who owes what")
        EVIDENCE = "evidence", _("evidence of a bureau")
        BUREAUS = "bureaus", _("bureaus")
        PEOPLE = "people", _("people")
        PROJECTS = "projects", _("signed projects")
        PROJECT_UPDATES = "project_updates", _("updates of projects")
        MONEY = "money", _("money of projects")
        RATES = "rates", _("rates of projects")
        RATE_ROWS = "rate_rows", _("projects of a rate")
        CARRIERS = "carriers", _("signed projects by carrier")
        BREAKTHROUGHS = "breakthroughs", _("breakthroughs")
        READINGS = "readings", _("readings of indicators")
        BULLETIN = "bulletin", _("figures of a bulletin")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="exports")
    what = models.CharField(_("what"), max_length=20, choices=What)
    rows = models.PositiveIntegerField(_("rows"))
    filters = models.JSONField(_("filters"), default=dict, blank=True)
    made_at = models.DateTimeField(_("exported at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    recorded = ("programme", "what", "rows", "filters", "made_at", "made_by")

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.rows}"

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "export", self.pk
