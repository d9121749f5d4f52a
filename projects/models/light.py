"""The lights of projects, and the decisions that one is another than the computed."""

from typing import Any, Self

from django.db import models

from qdtrade.lights.models import LightDay, LightOverride, OverrideQuerySet

from .project import Project


class ProjectOverrideQuerySet(OverrideQuerySet):
    """Reads of what was decided about the lights of projects."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(project__in=Project.objects.visible_to(user))


class ProjectOverride(LightOverride):
    """The pilot office shows another light of a project than the computed one."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="light_overrides")

    objects = ProjectOverrideQuerySet.as_manager()
    recorded: tuple[str, ...] = ("project", *LightOverride.recorded)

    class Meta(LightOverride.Meta):
        indexes = [models.Index(fields=["project", "ends_on"], name="project_override_ends")]

    def __str__(self) -> str:
        return f"{self.project} · {self.get_level_display()}"

    @property
    def about(self) -> Project:
        """What it is about."""
        return self.project

    def trail_scope(self) -> int:
        return self.project.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "project", self.project_id


class ProjectLight(LightDay):
    """The light of a project on a day."""

    project = models.ForeignKey(Project, models.DO_NOTHING, db_constraint=False, related_name="lights")
    override = models.ForeignKey(
        ProjectOverride, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )

    class Meta(LightDay.Meta):
        abstract = False
        indexes = [models.Index(fields=["project", "-day", "-id"], name="project_light_last")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.day} {self.level}"
