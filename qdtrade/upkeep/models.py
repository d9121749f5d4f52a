"""When each timer last ran, and how it went."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """The last run of one timer; not recorded (DECISIONS 14). Its clock is the real one."""

    name = models.CharField(_("timer"), max_length=60, unique=True)
    began_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    is_well = models.BooleanField(_("went well"), default=False)
    words = models.TextField(_("what it said"), blank=True)

    def __str__(self) -> str:
        return self.name
