from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def key() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def link(to: str, related_name: str) -> Any:
    protect = django.db.models.deletion.PROTECT
    return models.ForeignKey(on_delete=protect, related_name=related_name, to=to)


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0005_rule_of_periods"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", key()),
                ("listed", models.CharField(max_length=30, verbose_name="list")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("query", models.CharField(blank=True, max_length=2000, verbose_name="filters")),
                (
                    "is_shared",
                    models.BooleanField(default=False, verbose_name="shared with the programme"),
                ),
                ("owner", link(settings.AUTH_USER_MODEL, "views")),
                ("programme", link("programmes.programme", "views")),
            ],
        ),
        migrations.CreateModel(
            name="DefaultView",
            fields=[
                ("id", key()),
                ("listed", models.CharField(max_length=30)),
                ("programme", link("programmes.programme", "+")),
                ("user", link(settings.AUTH_USER_MODEL, "+")),
                ("view", link("programmes.savedview", "defaults")),
            ],
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                fields=("programme", "listed", "owner", "name"), name="view_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="defaultview",
            constraint=models.UniqueConstraint(fields=("user", "programme", "listed"), name="view_default"),
        ),
    ]
