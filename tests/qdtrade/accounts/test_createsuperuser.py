"""manage.py createsuperuser."""

import pytest
from django.core.management import CommandError, call_command

from qdtrade.accounts.models import User


@pytest.mark.django_db
def test_djangos_own_command_names_the_one_that_records(capsys):
    with pytest.raises(CommandError, match="add_person"):
        call_command("createsuperuser")

    assert not User.objects.filter(is_superuser=True).exists()
