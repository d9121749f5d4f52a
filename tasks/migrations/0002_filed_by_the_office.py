import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def person() -> models.ForeignKey:
    """An absent person whose deputy acted."""
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="reportversion",
            name="filed_from",
            field=models.CharField(blank=True, max_length=200, verbose_name="filed by the office from"),
        ),
        migrations.AddField(
            model_name="reportversion",
            name="hands",
            field=models.JSONField(blank=True, default=list, verbose_name="who had a hand in it"),
        ),
        migrations.AddField(model_name="reportversion", name="submitted_for", field=person()),
        migrations.AddField(model_name="reportversion", name="decided_for", field=person()),
        migrations.AddField(model_name="report", name="taken_for", field=person()),
        migrations.AddField(model_name="task", name="accepted_for", field=person()),
        migrations.AddField(model_name="draft", name="hands", field=models.JSONField(default=list)),
        migrations.AddField(
            model_name="draft", name="filed_from", field=models.CharField(blank=True, max_length=200)
        ),
    ]
