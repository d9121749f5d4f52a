"""Imports in a room of their own, and their constraints under names of their own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tasks", "0004_imports_move"),
        ("evidence", "0001_initial"),
        ("programmes", "0003_evidence_export"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # The tables are there already, with their rows, from `tasks`.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Import",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="file name")),
                        ("media_type", models.CharField(max_length=100)),
                        ("added_at", models.DateTimeField(verbose_name="added at")),
                        ("kind", models.CharField(max_length=20, verbose_name="kind")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("waiting", "being read"),
                                    ("read", "to be decided"),
                                    ("unreadable", "not readable"),
                                    ("applying", "being applied"),
                                    ("applied", "applied"),
                                    ("failed", "stopped"),
                                    ("dropped", "given up"),
                                    ("taken_back", "taken back"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("choices", models.JSONField(blank=True, default=dict, verbose_name="choices")),
                        ("counts", models.JSONField(blank=True, default=dict, verbose_name="rows")),
                        (
                            "applied_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="applied at"),
                        ),
                        (
                            "taken_back_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="taken back at"),
                        ),
                        ("summary", models.JSONField(blank=True, default=dict)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("trouble", models.JSONField(blank=True, default=dict)),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(default=0)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("asked_at", models.DateTimeField()),
                        ("beat_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "blob",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="evidence.blob",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imports",
                                to="programmes.programme",
                            ),
                        ),
                        (
                            "taken_back_by",
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
                migrations.CreateModel(
                    name="ImportedRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        (
                            "what",
                            models.CharField(
                                choices=[("made", "made"), ("changed", "changed"), ("removed", "removed")],
                                max_length=7,
                            ),
                        ),
                        ("object_id", models.BigIntegerField()),
                        ("before", models.JSONField(default=dict)),
                        ("mark", models.CharField(blank=True, max_length=64)),
                        (
                            "upload",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="imports.import",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ImportWorkbook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="file name")),
                        ("media_type", models.CharField(max_length=100)),
                        ("added_at", models.DateTimeField(verbose_name="added at")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "blob",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="evidence.blob",
                            ),
                        ),
                        (
                            "upload",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="workbook",
                                to="imports.import",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["programme", "kind", "-added_at"], name="import_newest"),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_back_at", None), ("taken_back_by", None)),
                    models.Q(("taken_back_at__isnull", False), ("taken_back_by__isnull", False)),
                    _connector="OR",
                ),
                name="import_taken_back_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("applied_at__isnull", False), ("status__in", ["applied", "taken_back"])),
                    models.Q(
                        models.Q(("status__in", ["applied", "taken_back"]), _negated=True),
                        ("applied_at", None),
                    ),
                    _connector="OR",
                ),
                name="import_applied_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="importedrow",
            constraint=models.UniqueConstraint(
                fields=("upload", "kind", "object_id"), name="imported_row_once"
            ),
        ),
    ]
