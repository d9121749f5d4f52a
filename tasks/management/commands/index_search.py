"""Set up PostgreSQL's indexes for the search: after the extension has come, where the migration could not."""

from typing import Any

from django.core.management import BaseCommand

from qdtrade import trigrams


class Command(BaseCommand):
    help = "Set up PostgreSQL's indexes for the search; safe to run again, and nothing to do on SQLite."

    def handle(self, *args: Any, **options: Any) -> None:
        standing = trigrams.index()
        missing = sorted(set(trigrams.names()) - set(standing))
        if not missing:
            self.stdout.write(f"{len(standing)} indexes stand.")
        else:
            self.stdout.write(f"The search does without: {', '.join(missing)}.")
