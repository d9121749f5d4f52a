"""The clocks of completion claims and extensions.

Empty for the programmes there are: what records do not name stays empty, and reads as the default.
"""

from django.db import migrations, models


def days(words, **kwargs):
    return models.PositiveSmallIntegerField(
        blank=True, help_text="3 where empty", null=True, verbose_name=words, **kwargs
    )


VERIFY = "working days to verify a completion"
EXTEND = "working days to decide an extension"


class Migration(migrations.Migration):
    dependencies = [("programmes", "0006_saved_views")]

    operations = [
        migrations.AddField("programme", "extension_days", days(EXTEND)),
        migrations.AddField("programme", "verify_days", days(VERIFY)),
        migrations.AlterField("programme", "extension_days", days(EXTEND, default=3)),
        migrations.AlterField("programme", "verify_days", days(VERIFY, default=3)),
    ]
