"""Indicators, what they aim at, and their readings."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_sounds"),
        ("programmes", "0014_compare_export"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("is_sample", models.BooleanField(default=False, verbose_name="sample")),
                ("sample_fields", models.JSONField(blank=True, default=list, verbose_name="invented fields")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=80, verbose_name="English name")),
                (
                    "form",
                    models.CharField(
                        choices=[("figure", "figure"), ("rank", "rank"), ("words", "standing in words")],
                        default="figure",
                        max_length=8,
                        verbose_name="form",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                ("unit_en", models.CharField(blank=True, max_length=20, verbose_name="English unit")),
                (
                    "scale",
                    models.PositiveIntegerField(
                        choices=[(1, "as it is"), (10000, "ten thousands"), (100000000, "hundred millions")],
                        default=1,
                        verbose_name="shown in",
                    ),
                ),
                (
                    "decimals",
                    models.PositiveSmallIntegerField(default=0, verbose_name="digits after the point"),
                ),
                ("is_signed", models.BooleanField(default=False, verbose_name="shows its sign")),
                (
                    "direction",
                    models.CharField(
                        choices=[("up", "the more the better"), ("down", "the less the better")],
                        default="up",
                        max_length=4,
                        verbose_name="direction",
                    ),
                ),
                ("formula", models.TextField(max_length=500, verbose_name="formula in words")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="place in the list")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("ended_reason", models.CharField(blank=True, max_length=200, verbose_name="why it ended")),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.bureau",
                        verbose_name="owner",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="programmes.programme",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IndicatorTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("is_sample", models.BooleanField(default=False, verbose_name="sample")),
                ("sample_fields", models.JSONField(blank=True, default=list, verbose_name="invented fields")),
                (
                    "kind",
                    models.CharField(
                        choices=[("baseline", "baseline"), ("target", "target")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("period", models.CharField(max_length=40, verbose_name="period")),
                ("on", models.DateField(verbose_name="day that it stands for")),
                ("value", models.DecimalField(decimal_places=4, max_digits=20, verbose_name="value")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="indicators.indicator",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("is_sample", models.BooleanField(default=False, verbose_name="sample")),
                ("sample_fields", models.JSONField(blank=True, default=list, verbose_name="invented fields")),
                ("period", models.CharField(max_length=40, verbose_name="period")),
                ("on", models.DateField(verbose_name="day that it stands for")),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="value"
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=40, verbose_name="standing in words")),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exact", "exactly"),
                            ("at_least", "at least"),
                            ("more_than", "more than"),
                            ("about", "about"),
                        ],
                        default="exact",
                        max_length=10,
                        verbose_name="how exact",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="why it is corrected")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("submitted", "to approve"),
                            ("withdrawn", "withdrawn"),
                            ("returned", "returned"),
                            ("approved", "approved"),
                            ("reopened", "to be corrected"),
                            ("superseded", "superseded"),
                        ],
                        default="submitted",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("submitted_at", models.DateTimeField(verbose_name="submitted at")),
                ("review_due_on", models.DateField(blank=True, null=True, verbose_name="to be decided by")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("remarks", models.TextField(blank=True, verbose_name="remarks")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="indicators.reading",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="indicators.indicator",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(fields=("programme", "code"), name="indicator_code"),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("decimals__lte", 4)), name="indicator_decimals"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        models.Q(("ended_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="indicator_ended_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatortarget",
            constraint=models.UniqueConstraint(fields=("indicator", "kind", "on"), name="target_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="indicatortarget",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "baseline")), fields=("indicator",), name="target_one_baseline"
            ),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["status", "review_due_on"], name="reading_queue"),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("value__isnull", False), ("words", "")),
                    models.Q(("value", None), models.Q(("words", ""), _negated=True)),
                    _connector="OR",
                ),
                name="reading_value_or_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="reading_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "submitted"), _negated=True),
                    ("review_due_on__isnull", False),
                    _connector="OR",
                ),
                name="reading_submitted_has_clock",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status__in", ["approved", "reopened", "superseded", "returned"]), _negated=True
                    ),
                    ("decided_at__isnull", False),
                    _connector="OR",
                ),
                name="reading_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrects", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="reading_corrects_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["approved", "reopened"])),
                fields=("indicator", "period"),
                name="reading_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["submitted", "returned"])),
                fields=("indicator", "period"),
                name="reading_one_under_way",
            ),
        ),
    ]
