"""Files, kept once by their content, and the abstract link that says whose they are."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .pictures import PICTURES


class Blob(models.Model):
    """The bytes of a file as uploaded, under their SHA-256. Who may see them is asked of the links."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="blob_not_empty")]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        """Where the storage keeps it."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"


class Link(models.Model):
    """A file under the name its uploader gave it."""

    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(max_length=100)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def trail_file(self) -> str:
        """What binds the bytes into the records (DECISIONS 16)."""
        return self.blob.sha256

    @property
    def is_picture(self) -> bool:
        """Whether a preview may be made of it."""
        return self.media_type in PICTURES
