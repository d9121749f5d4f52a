"""The lights of projects day by day, and the decisions that one is another."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lights", "0001_rules"),
        ("projects", "0002_rates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProjectOverride",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("red", "red light"),
                            ("yellow", "yellow light"),
                            ("green", "green light"),
                            ("blue", "blue light"),
                            ("grey", "grey light"),
                        ],
                        max_length=6,
                        verbose_name="light",
                    ),
                ),
                ("reason", models.TextField(max_length=2000, verbose_name="reason")),
                ("ends_on", models.DateField(verbose_name="until")),
                ("set_at", models.DateTimeField(verbose_name="set at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("ended_reason", models.TextField(blank=True, max_length=2000, verbose_name="ended because")),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="light_overrides",
                        to="projects.project",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProjectLight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("kept_at", models.DateTimeField(verbose_name="kept at")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("red", "red light"),
                            ("yellow", "yellow light"),
                            ("green", "green light"),
                            ("blue", "blue light"),
                            ("grey", "grey light"),
                        ],
                        max_length=6,
                        verbose_name="light",
                    ),
                ),
                (
                    "computed",
                    models.CharField(
                        choices=[
                            ("red", "red light"),
                            ("yellow", "yellow light"),
                            ("green", "green light"),
                            ("blue", "blue light"),
                            ("grey", "grey light"),
                        ],
                        max_length=6,
                        verbose_name="computed light",
                    ),
                ),
                ("reasons", models.JSONField(default=list, verbose_name="reasons")),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="lights",
                        to="projects.project",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lights.lightrule"
                    ),
                ),
                (
                    "override",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.projectoverride",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="projectoverride",
            index=models.Index(fields=["project", "ends_on"], name="project_override_ends"),
        ),
        migrations.AddConstraint(
            model_name="projectoverride",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None), ("ended_reason", "")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        models.Q(("ended_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="projectoverride_ended_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="projectlight",
            index=models.Index(fields=["project", "-day", "-id"], name="project_light_last"),
        ),
    ]
