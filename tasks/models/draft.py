"""What a bureau is writing."""

from django.db import models


class Draft(models.Model):
    """What a bureau is writing: autosaved, not recorded, seen by that bureau alone.

    `past` keeps the last contents by version, so that two tabs can be merged field by field; `after` is the number
    of the submitted version that it goes on from, 0 for none. `hands` holds the ids of all who ever wrote in it;
    `filed_from` is the source that the office has noted so far (代填).
    """

    report = models.OneToOneField("Report", models.PROTECT, related_name="draft")
    content = models.JSONField(default=dict)
    past = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    after = models.PositiveIntegerField(default=0)
    hands = models.JSONField(default=list)
    filed_from = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.report_id} v{self.version}"
