from typing import Any

from django.db import migrations, models

from qdtrade.pinyin import full, initials
from tasks import content

BATCH = 500


def fill(apps: Any, schema_editor: Any) -> None:
    """What the trail's writers set from now on, for the rows that are there."""
    tasks = apps.get_model("tasks", "Task").objects
    for some in batches(tasks.only("title")):
        for task in some:
            task.pinyin, task.initials = full(task.title), initials(task.title)
        tasks.bulk_update(some, ["pinyin", "initials"])
    versions = apps.get_model("tasks", "ReportVersion").objects
    for some in batches(versions.only("content", "comment", "remarks")):
        for version in some:
            version.text = content.said(version.content, version.comment, version.remarks)
            version.progress = content.progress(version.content)
        versions.bulk_update(some, ["text", "progress"])


def batches(rows: Any) -> Any:
    """The rows a few hundred at a time, so that no table has to fit into memory."""
    last = 0
    while some := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield some
        last = some[-1].pk


def column() -> models.TextField:
    return models.TextField(blank=True, default="", editable=False)


class Migration(migrations.Migration):
    dependencies = [("tasks", "0004_imports_move")]

    operations = [
        migrations.AddField(model_name="task", name="pinyin", field=column()),
        migrations.AddField(model_name="task", name="initials", field=column()),
        migrations.AddField(model_name="reportversion", name="text", field=column()),
        migrations.AddField(
            model_name="reportversion",
            name="progress",
            field=models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=5, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
