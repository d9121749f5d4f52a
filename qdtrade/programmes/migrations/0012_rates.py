"""How far the money of projects may lag its plan, and the files of rates.

Empty for the programmes there are: what records do not name stays empty, and reads as the default.
"""

from django.db import migrations, models

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
    ("rates", "rates of projects"),
    ("rate_rows", "projects of a rate"),
]


def points(**kwargs):
    return models.PositiveSmallIntegerField(
        blank=True, help_text="10 where empty", null=True,
        verbose_name="points by which money may lag its plan until a project is behind", **kwargs,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("programmes", "0011_signings")]

    operations = [
        migrations.AddField("programme", "behind_points", points()),
        migrations.AlterField("programme", "behind_points", points(default=10)),
        migrations.AlterField(
            "export", "what", models.CharField(choices=WHAT, max_length=20, verbose_name="what")
        ),
    ]
