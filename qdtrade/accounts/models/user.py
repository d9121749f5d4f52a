"""A person, or a service of ours that acts under its own name."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.audit.models import SYSTEM
from qdtrade.notices.models import Wanted
from qdtrade.pinyin import sounds_of
from qdtrade.sought import Word

ADMINISTRATOR = "admin"
"""The role that looks after people, as `programmes.models.Role` stores it."""


class UserQuerySet(models.QuerySet["User"]):
    """Reads of people."""

    def visible_to(self, user: Any) -> Self:
        """Whom the person looks after: who is or was a member of a programme that they administer; for the server's
        administrator everybody. A service is nobody's.
        """
        if not getattr(user, "is_active", False):
            return self.none()
        people = self.filter(is_service=False)
        if user.is_superuser:
            return people
        members = self.model.objects.filter(memberships__programme__in=user.administers)
        return people.filter(pk__in=members.values("pk"))

    def for_list(self) -> Self:
        """With the memberships that a list names and that rules ask for."""
        named = ("programme", "bureau", "deputy_of__user")
        return self.prefetch_related(*(f"memberships__{name}" for name in named))

    def sought(self, asked: Iterable[Word]) -> Self:
        """Those whose name, account or bureau holds each word, or sounds like it."""
        found = self
        for word in asked:
            found = found._sought(word)
        return found

    def _sought(self, word: Word) -> Self:
        theirs = self.model.objects.filter(
            word.within("memberships__bureau__name", "memberships__bureau__short_name")
            | word.sounds("memberships__bureau__")
        )
        named = word.within("name", "username") | word.sounds()
        return self.filter(named | models.Q(pk__in=theirs.values("pk")))

    def in_order(self) -> Self:
        return self.order_by("name", "username", "pk")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds people for Django's sign-in; people are made by `actions.create_user`."""


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What they may do comes from memberships alone; a superuser runs the server and makes no move.

    People are deactivated, never deleted: the records name them (DECISIONS 15).
    """

    username = models.CharField(
        _("account"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()]
    )
    name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may enter the administration"), default=False)
    is_service = models.BooleanField(_("service"), default=False)
    closes_on = models.DateField(_("closes after"), null=True, blank=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    language = models.CharField(_("language"), max_length=10, blank=True)
    mails = models.CharField(_("mails"), max_length=10, choices=Wanted, default=Wanted.AT_ONCE)
    current_programme = models.CharField(_("current programme"), max_length=40, blank=True)
    date_joined = models.DateTimeField(_("since"))
    last_login = models.DateTimeField(_("signed in"), null=True, blank=True)
    previous_login = models.DateTimeField(_("signed in before"), null=True, blank=True)

    pinyin = models.TextField(default="", blank=True, editable=False)
    initials = models.TextField(default="", blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    recorded = (
        "username", "name", "is_active", "is_staff", "is_superuser", "is_service", "must_change_password",
        "closes_on",
    )  # fmt: skip

    derived = sounds_of("name")
    derived_from = ("name",)

    door = "command"
    """Through which door the person acts now; set by the door, kept in the records."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_service=False) | models.Q(is_superuser=False, is_staff=False),
                name="service_is_no_admin",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def remembered(self) -> dict[str, Any]:
        """What was read about the person in this request."""
        return {}

    @property
    def administers(self) -> set[int]:
        """The programmes that the person administers today."""
        if "administers" not in self.remembered:
            rows = self.memberships.on(clock.today()).filter(role=ADMINISTRATOR)
            self.remembered["administers"] = set(rows.values_list("programme", flat=True))
        found: set[int] = self.remembered["administers"]
        return found

    def forget(self) -> None:
        """Drop what was remembered, before a decision that must rest on the present."""
        self.remembered.clear()

    def trail_scope(self) -> int:
        return SYSTEM

    def trail_root(self) -> tuple[str, int]:
        return "user", self.pk
