"""How often projects are updated, and when they are stalled.

Empty for the programmes there are: what records do not name stays empty, and reads as the default.
"""

from django.db import migrations, models

KINDS = [("month", "month"), ("half", "half month"), ("quarter", "quarter")]

WHAT = [
    ("tasks", "task register"),
    ("reports", "progress reports"),
    ("expected_reports", "expected reports"),
    ("parts", "parts of tasks"),
    ("part_reports", "what was filed on parts"),
    ("responsibility", "responsibility matrix"),
    ("records", "records"),
    ("chase", "who owes what"),
    ("evidence", "evidence of a bureau"),
    ("bureaus", "bureaus"),
    ("people", "people"),
    ("projects", "signed projects"),
    ("project_updates", "updates of projects"),
    ("money", "money of projects"),
]


def kind(default):
    return models.CharField(
        blank=True, choices=KINDS, default=default, help_text="quarter where empty", max_length=8,
        verbose_name="how often projects are updated",
    )  # fmt: skip


def days(**kwargs):
    return models.PositiveSmallIntegerField(
        blank=True, help_text="90 where empty", null=True,
        verbose_name="days without a confirmed change until a project is stalled", **kwargs,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("programmes", "0010_part_exports")]

    operations = [
        migrations.AddField("programme", "project_period_kind", kind("")),
        migrations.AddField("programme", "stalled_days", days()),
        migrations.AlterField("programme", "project_period_kind", kind("quarter")),
        migrations.AlterField("programme", "stalled_days", days(default=90)),
        migrations.AlterField(
            "export", "what", models.CharField(choices=WHAT, max_length=20, verbose_name="what")
        ),
    ]
