"""manage.py add_bureau: what no register names."""

import pytest
from django.core.management import CommandError, call_command

from qdtrade.accounts.models import Bureau


@pytest.fixture
def add(programme):
    def run(*words):
        call_command("add_bureau", *words, "--programme", programme.code)

    return run


def test_the_pilot_office_is_made_in_the_programmes_region(add, region):
    add("sdb", "--name", "青岛市服务贸易创新发展试点工作办公室", "--short-name", "试点办", "--kind", "office")

    office = Bureau.objects.get(code="sdb")
    assert (office.region, office.kind, office.short_name) == (region, "office", "试点办")


def test_a_bureau_can_stand_below_another(add, market):
    add("scjg-lc", "--name", "李沧分局", "--below", market.code)

    assert Bureau.objects.get(code="scjg-lc").parent == market


def test_a_bureau_that_is_there_gets_other_names(add, market):
    add("scjg", "--alias", "市场监管局", "--alias", "质监局")

    assert sorted(market.aliases.values_list("name", flat=True)) == ["市场监管局", "质监局"]


@pytest.mark.parametrize(
    "words",
    [
        ["new"],
        ["none", "--alias", "市场监管局"],
        ["new", "--name", "青岛市市场监督管理局"],
        ["new", "--name", "新局", "--below", "none"],
        ["new", "--name", "新局", "--alias", "青岛市市场监督管理局"],
    ],
)
def test_what_is_not_whole_leaves_nothing_behind(add, market, words):
    with pytest.raises(CommandError):
        add(*words)

    assert not Bureau.objects.filter(code="new").exists()
