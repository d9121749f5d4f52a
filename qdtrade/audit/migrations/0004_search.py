import sys
from typing import Any

from django.db import migrations, models

from qdtrade.audit.searching import INDEX
from qdtrade.trigrams import index


def raise_index(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    if connection.vendor == "postgresql" and INDEX.name not in index(connection, [INDEX]):
        sys.stderr.write(
            "\n  The extension pg_trgm is missing and may not be made here: a search of the records reads them one by"
            " one.\n  Let a superuser run CREATE EXTENSION pg_trgm in this database, then run manage.py index_search.\n"
        )


class Migration(migrations.Migration):
    """What an action did is found by an index; words by one of PostgreSQL alone, which a search does without."""

    dependencies = [("audit", "0003_checkpoints")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["chain", "action", "seq"], name="event_action"),
        ),
        migrations.RunPython(raise_index, migrations.RunPython.noop),
    ]
