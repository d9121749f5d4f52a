"""The readings of indicators leave as a file."""

from django.db import migrations, models

WHAT = [
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
    ("readings", "readings of indicators"),
]


class Migration(migrations.Migration):
    dependencies = [("programmes", "0014_compare_export")]

    operations = [
        migrations.AlterField(
            "export", "what", models.CharField(choices=WHAT, max_length=20, verbose_name="what")
        ),
    ]
