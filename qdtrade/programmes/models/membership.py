"""Who may do what in a programme: the only thing that grants anything."""

import datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from qdtrade.accounts.models import Bureau

from .programme import Programme


class Role(models.TextChoices):
    """What a membership lets a person do (DOMAIN, roles)."""

    STAFF = "staff", _("reporter")
    HEAD = "head", _("bureau head")
    MANAGER = "manager", _("reviewer")
    AUDITOR = "auditor", _("auditor")
    ADMIN = "admin", _("administrator")
    TIMER = "timer", _("timer")


OF_A_BUREAU = {Role.STAFF, Role.HEAD, Role.MANAGER}
READS_ALL = {Role.MANAGER, Role.AUDITOR, Role.ADMIN, Role.TIMER}


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads of memberships."""

    def on(self, day: datetime.date) -> Self:
        """Those that hold on this day, of active people."""
        open_ended = models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day)
        return self.filter(open_ended, starts_on__lte=day, user__is_active=True)


class Membership(models.Model):
    """A person's role in a programme, for a bureau where the role has one, from a day and perhaps to a day.

    A deputy (代理) holds a membership of their own that stands for another person's, always to a day: rules and scope
    treat it like any other, and the records name both people.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    bureau = models.ForeignKey(Bureau, models.PROTECT, null=True, blank=True, related_name="memberships")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    deputy_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="deputies", verbose_name=_("deputy of")
    )

    objects = MembershipQuerySet.as_manager()
    recorded = ("user", "programme", "role", "bureau", "starts_on", "ends_on", "deputy_of")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "programme"],
                condition=models.Q(role__in=[Role.MANAGER, Role.AUDITOR], ends_on__isnull=True),
                name="manager_or_auditor",
                violation_error_message=_("A reviewer of a programme cannot be its auditor too."),
            ),
            models.UniqueConstraint(
                fields=["user", "programme", "role", "bureau"],
                condition=models.Q(ends_on__isnull=True),
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_dates",
            ),
            models.CheckConstraint(
                condition=~models.Q(role__in=sorted(OF_A_BUREAU)) | models.Q(bureau__isnull=False),
                name="membership_has_bureau",
            ),
            models.CheckConstraint(
                condition=models.Q(deputy_of__isnull=True) | models.Q(ends_on__isnull=False),
                name="membership_deputy_ends",
            ),
        ]
        indexes = [models.Index(fields=["programme", "role", "bureau"], name="membership_role")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.bureau or ''}".strip()

    @property
    def stands_for(self) -> str:
        """The name of the person whom a deputy acts for; empty for everybody else."""
        return self.deputy_of.user.name if self.deputy_of is not None else ""

    def clean(self) -> None:
        if self.role in OF_A_BUREAU and self.bureau is None:
            raise ValidationError({"bureau": _("This role needs a bureau.")})
        if self.bureau is not None and self.bureau.root_id != self.programme.region_id:
            raise ValidationError({"bureau": _("The bureau belongs to another region.")})
        if self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end must not come before the start.")})
        if self.role in {Role.MANAGER, Role.AUDITOR} and self._opposite().exists():
            raise ValidationError({"role": _("A reviewer of a programme cannot be its auditor too.")})

    def _opposite(self) -> "MembershipQuerySet":
        """The person's memberships at the same time that review where this one audits, or the other way round."""
        opposite = Role.AUDITOR if self.role == Role.MANAGER else Role.MANAGER
        rows = Membership.objects.filter(user=self.user, programme=self.programme, role=opposite)
        if self.ends_on:
            rows = rows.filter(starts_on__lte=self.ends_on)
        return rows.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=self.starts_on))

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "membership", self.pk
