from typing import Any

from django.db import migrations, models

from qdtrade.pinyin import full, initials

NAMES = {"Bureau": ("name", "short_name"), "BureauAlias": ("name",), "User": ("name",)}
BATCH = 500


def fill(apps: Any, schema_editor: Any) -> None:
    """What the trail's writers set from now on, for the rows that are there."""
    for model, names in NAMES.items():
        rows = apps.get_model("accounts", model).objects.order_by("pk")
        found = list(rows.only(*names))
        for row in found:
            texts = [getattr(row, name) for name in names]
            row.pinyin, row.initials = full(*texts), initials(*texts)
        rows.model.objects.bulk_update(found, ["pinyin", "initials"], batch_size=BATCH)


def column() -> models.TextField:
    return models.TextField(blank=True, default="", editable=False)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_merged_and_closing")]

    operations = [
        *(
            migrations.AddField(model_name=model.lower(), name=name, field=column())
            for model in NAMES
            for name in ("pinyin", "initials")
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
