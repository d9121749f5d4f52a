"""Who may do what in a programme: the only thing that grants anything."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from qdtrade.accounts.models import Bureau
from qdtrade.templatetags.words import standing_in

from .. import held
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
HAVE_DEPUTIES = (Role.HEAD, Role.MANAGER)
WRITERS = (Role.HEAD, Role.STAFF)
"""Who writes what a bureau owes; a person who is both acts as its head."""
READS_ALL = {Role.MANAGER, Role.AUDITOR, Role.ADMIN, Role.TIMER}


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads of memberships."""

    def visible_to(self, user: Any) -> Self:
        """All of a programme for its administrators, and of every programme for the server's; else one's own, and those
        of one's deputies.
        """
        if getattr(user, "is_active", False) and user.is_superuser:
            return self.all()
        whole = held.programme_ids(user, [Role.ADMIN])
        mine = models.Q(user=user.pk) | models.Q(deputy_of__user=user.pk)
        within = models.Q(programme__in=held.programme_ids(user))
        return self.filter(within & (models.Q(programme__in=whole) | mine))

    def on(self, day: datetime.date) -> Self:
        """Those that hold on this day, of active people; a deputy's only while that of the absent person does."""
        stands = models.Q(deputy_of__isnull=True) | _holds(day, "deputy_of__")
        return self.filter(_holds(day), stands)

    def for_list(self) -> Self:
        """With everything that a row of a list names."""
        return self.select_related("user", "bureau", "programme", "deputy_of__user", "deputy_of__bureau")

    def in_order(self) -> Self:
        return self.order_by("programme", "user__name", "user", "starts_on", "pk")

    def of_bureaus(self, day: datetime.date) -> Self:
        """Those under which a bureau's own people write its reports that day: where there is one, it has an account."""
        return self.on(day).filter(role__in=[Role.STAFF, Role.HEAD])

    def that_have_deputies(self, day: datetime.date) -> Self:
        """Those of bureau heads and reviewers that hold, in their own name: for them deputies are appointed."""
        rows = self.on(day).filter(role__in=HAVE_DEPUTIES, deputy_of=None)
        return rows.with_people().order_by("role", "bureau__position", "user__name", "pk")

    def with_people(self) -> Self:
        return self.select_related("user", "bureau", "programme")

    def of_deputies(self) -> Self:
        """Those held for another person alone, with both people, the last to end first."""
        rows = self.filter(deputy_of__isnull=False)
        rows = rows.select_related("user", "bureau", "programme", "deputy_of__user", "deputy_of__bureau")
        return rows.order_by("-ends_on", "-starts_on", "-pk")


def _holds(day: datetime.date, of: str = "") -> models.Q:
    """What a membership, or the one it stands `of`, must be on a day."""
    began = models.Q(**{f"{of}starts_on__lte": day, f"{of}user__is_active": True})
    return began & (models.Q(**{f"{of}ends_on__isnull": True}) | models.Q(**{f"{of}ends_on__gte": day}))


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
        return standing_in(f"{self.get_role_display()} {self.bureau or ''}".strip(), self.stands_for)

    def is_held_on(self, day: datetime.date) -> bool:
        """What `on()` asks, of a row that came with its people."""
        within = self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)
        return within and self.user.is_active and (self.deputy_of is None or self.deputy_of.is_held_on(day))

    @property
    def absent(self) -> Any:
        """The person whom a deputy acts for; None for everybody else."""
        return self.deputy_of.user if self.deputy_of is not None else None

    @property
    def stands_for(self) -> str:
        """The name of the person whom a deputy acts for; empty for everybody else."""
        return self.absent.name if self.absent is not None else ""

    def clean(self) -> None:
        if self.role in OF_A_BUREAU and self.bureau is None:
            raise ValidationError({"bureau": _("This role needs a bureau.")})
        if self.bureau is not None and self.bureau.root_id != self.programme.region_id:
            raise ValidationError({"bureau": _("The bureau belongs to another region.")})
        if self._state.adding and self.bureau is not None and self.bureau.is_merged_on(self.starts_on):
            words = _("%(bureau)s was merged into another bureau by then. Choose that one.")
            raise ValidationError({"bureau": words % {"bureau": self.bureau}})
        if self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end must not come before the start.")})
        if self.role in {Role.MANAGER, Role.AUDITOR} and self._opposite().exists():
            raise ValidationError({"role": _("A reviewer of a programme cannot be its auditor too.")})
        if self.deputy_of is not None:
            self._check_deputy(self.deputy_of)

    def _check_deputy(self, of: "Membership") -> None:
        """A deputy's role is that of another person, who holds it in their own name."""
        same = (of.programme_id, of.role, of.bureau_id) == (self.programme_id, self.role, self.bureau_id)
        if not same or of.deputy_of_id is not None or of.user_id == self.user_id:
            raise ValidationError({"deputy_of": _("A deputy stands in for the role of another person.")})

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
