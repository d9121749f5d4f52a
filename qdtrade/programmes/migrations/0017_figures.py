"""The figures of a frozen period are kept, and what puts some of them right."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0015_breakthroughs"),
        ("programmes", "0016_indicators"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="export",
            name="what",
            field=models.CharField(
                choices=[
                    ("tasks", "task register"),
                    ("reports", "progress reports"),
                    ("expected_reports", "expected reports"),
                    ("parts", "parts of tasks"),
                    ("part_reports", "what was filed on parts"),
                    ("responsibility", "responsibility matrix"),
                    ("records", "records"),
                    ("comparison", "comparison of two days"),
                    ("chase", "who owes what"),
                    ("evidence", "evidence of a bureau"),
                    ("bureaus", "bureaus"),
                    ("people", "people"),
                    ("projects", "signed projects"),
                    ("project_updates", "updates of projects"),
                    ("money", "money of projects"),
                    ("rates", "rates of projects"),
                    ("rate_rows", "projects of a rate"),
                    ("carriers", "signed projects by carrier"),
                    ("breakthroughs", "breakthroughs"),
                    ("readings", "readings of indicators"),
                    ("bulletin", "figures of a bulletin"),
                ],
                max_length=20,
                verbose_name="what",
            ),
        ),
        migrations.AddField(
            model_name="period",
            name="figures_hash",
            field=models.CharField(blank=True, max_length=64, verbose_name="hash of the figures"),
        ),
        migrations.AddField(
            model_name="period",
            name="figures_kept",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="figures kept"),
        ),
        migrations.CreateModel(
            name="Restatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(max_length=2000, verbose_name="reason")),
                ("figures", models.PositiveIntegerField(verbose_name="figures")),
                ("figures_hash", models.CharField(max_length=64, verbose_name="hash of the figures")),
                ("made_at", models.DateTimeField(verbose_name="restated at")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="restatements",
                        to="programmes.period",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PeriodFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=40)),
                ("part", models.CharField(blank=True, max_length=60)),
                ("by", models.CharField(blank=True, max_length=20)),
                ("key", models.CharField(blank=True, max_length=40)),
                ("label", models.CharField(blank=True, max_length=200)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("title_en", models.CharField(blank=True, max_length=200)),
                ("value", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ("numerator", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ("denominator", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ("digits", models.PositiveSmallIntegerField(default=0)),
                ("words", models.CharField(blank=True, max_length=60)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("qualifier", models.CharField(blank=True, max_length=12)),
                ("formula", models.CharField(blank=True, max_length=400)),
                ("version", models.CharField(blank=True, max_length=40)),
                ("as_of", models.DateField()),
                ("computed_at", models.DateTimeField()),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_figures",
                        to="programmes.period",
                    ),
                ),
                (
                    "restatement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="programmes.restatement",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="restatement",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="restatement_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="restatement",
            constraint=models.CheckConstraint(
                condition=models.Q(("figures__gte", 1)), name="restatement_has_figures"
            ),
        ),
        migrations.AddIndex(
            model_name="periodfigure",
            index=models.Index(fields=["period", "id"], name="period_figure_order"),
        ),
        migrations.AddConstraint(
            model_name="periodfigure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("restatement", None)),
                fields=("period", "name", "part", "by", "key"),
                name="period_figure_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="periodfigure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("restatement__isnull", False)),
                fields=("restatement", "name", "part", "by", "key"),
                name="period_figure_restated_once",
            ),
        ),
    ]
