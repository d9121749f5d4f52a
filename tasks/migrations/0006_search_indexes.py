from typing import Any

from django.db import migrations

from tasks.trigrams import index


def raise_indexes(apps: Any, schema_editor: Any) -> None:
    index(schema_editor.connection)


class Migration(migrations.Migration):
    """Of PostgreSQL alone, and only where it can: a search does without them."""

    dependencies = [("tasks", "0005_search")]

    operations = [migrations.RunPython(raise_indexes, migrations.RunPython.noop)]
