"""The rates of a programme, version by version."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import projects.models.rate


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0012_rates"),
        ("projects", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Rate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("number", models.PositiveSmallIntegerField(verbose_name="place in the list")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=60, verbose_name="English name")),
                (
                    "numerator",
                    models.CharField(
                        choices=[
                            ("signed", "signed"),
                            ("performing", "performing"),
                            ("framework", "framework agreement"),
                            ("contract", "formal contract"),
                            ("registered", "registered"),
                            ("started", "started"),
                            ("producing", "producing"),
                            ("full", "at full output"),
                            ("in", "money in"),
                            ("paid", "money paid"),
                            ("invested", "investment completed"),
                            ("inflow", "contracted inflow"),
                            ("terminated", "terminated"),
                            ("removed", "removed"),
                        ],
                        max_length=12,
                        verbose_name="numerator",
                    ),
                ),
                (
                    "denominator",
                    models.CharField(
                        choices=[
                            ("signed", "signed"),
                            ("performing", "performing"),
                            ("framework", "framework agreement"),
                            ("contract", "formal contract"),
                            ("registered", "registered"),
                            ("started", "started"),
                            ("producing", "producing"),
                            ("full", "at full output"),
                            ("in", "money in"),
                            ("paid", "money paid"),
                            ("invested", "investment completed"),
                            ("inflow", "contracted inflow"),
                            ("terminated", "terminated"),
                            ("removed", "removed"),
                        ],
                        default="signed",
                        max_length=12,
                        verbose_name="denominator",
                    ),
                ),
                (
                    "less",
                    models.CharField(
                        blank=True,
                        choices=[("elapsed", "elapsed share")],
                        help_text="The rate is then a difference, in points.",
                        max_length=8,
                        verbose_name="of which is taken off",
                    ),
                ),
                (
                    "by",
                    models.CharField(
                        choices=[("both", "by count and by amount"), ("amount", "by amount alone")],
                        default="both",
                        max_length=6,
                        verbose_name="counted",
                    ),
                ),
                (
                    "cohort",
                    models.CharField(
                        choices=[
                            ("signed", "all signed by the day"),
                            ("year", "signed in the calendar year of the day"),
                        ],
                        default="signed",
                        max_length=8,
                        verbose_name="cohort",
                    ),
                ),
                (
                    "cut_off",
                    models.CharField(
                        choices=[
                            ("fact", "by the day of the fact"),
                            ("confirmed", "by the day of the confirmation"),
                        ],
                        default="fact",
                        max_length=10,
                        verbose_name="cut-off",
                    ),
                ),
                (
                    "exclusions",
                    models.JSONField(
                        blank=True, default=projects.models.rate.usual_exclusions, verbose_name="leaves out"
                    ),
                ),
                ("at_foot", models.BooleanField(default=False, verbose_name="at the foot of lists")),
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
                        related_name="rates",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "code", "version"), name="rate_version"),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="rate_version_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("numerator", models.F("denominator")), _negated=True),
                        name="rate_divides_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("less", ""),
                            models.Q(("by", "amount"), ("denominator", "signed")),
                            _connector="OR",
                        ),
                        name="rate_difference",
                    ),
                ],
            },
        ),
    ]
