"""The rules by which lights are judged, version by version."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("programmes", "0014_compare_export"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LightRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                (
                    "gap_yellow",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("10"),
                        help_text="Planned progress less actual progress.",
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="yellow from a gap of points",
                    ),
                ),
                (
                    "gap_red",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("30"),
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="red above a gap of points",
                    ),
                ),
                (
                    "ahead_points",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("10"),
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="blue from points ahead",
                    ),
                ),
                (
                    "milestone_days",
                    models.PositiveSmallIntegerField(
                        default=7, verbose_name="yellow from days before a milestone"
                    ),
                ),
                (
                    "start_yellow",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="yellow from months without a start"
                    ),
                ),
                (
                    "start_red",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="red from months without a start"
                    ),
                ),
                (
                    "late_report",
                    models.CharField(
                        choices=[
                            ("red", "red light"),
                            ("yellow", "yellow light"),
                            ("green", "green light"),
                            ("blue", "blue light"),
                            ("grey", "grey light"),
                        ],
                        default="yellow",
                        max_length=6,
                        verbose_name="a late report counts as",
                    ),
                ),
                (
                    "missing_report",
                    models.CharField(
                        choices=[
                            ("red", "red light"),
                            ("yellow", "yellow light"),
                            ("green", "green light"),
                            ("blue", "blue light"),
                            ("grey", "grey light"),
                        ],
                        default="red",
                        max_length=6,
                        verbose_name="a missing report counts as",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="why this version")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="light_rules",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "version"), name="light_rule_version"),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="light_rule_version_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gap_red__gte", models.F("gap_yellow"))),
                        name="light_rule_gap_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start_red__gte", models.F("start_yellow")), ("start_yellow__gte", 1)
                        ),
                        name="light_rule_start_in_order",
                    ),
                ],
            },
        ),
    ]
