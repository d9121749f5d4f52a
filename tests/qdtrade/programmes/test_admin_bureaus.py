"""Bureaus and their other names in the administration."""

import pytest

from qdtrade.accounts import actions
from qdtrade.accounts.models import Bureau
from qdtrade.audit.models import Event
from qdtrade.errors import NotAllowed
from tests import factories
from tests.administration import english, seen, url

LIST = "accounts_bureau"
FIELDS = ("code", "name", "short_name", "kind", "parent", "position")


@pytest.fixture
def client(admin, sign_in):
    return english(sign_in(admin))


@pytest.fixture
def branch(market):
    return factories.bureau("scjg-1", "市市场监管局一处", parent=market)


def sent(bureau, **changed):
    """The form of a bureau as it was opened, with what a person changed."""
    first = {name: getattr(bureau, name) for name in ("code", "name", "short_name", "kind", "position")}
    return first | {"parent": bureau.parent_id or "", "aliases": "", "seen": seen(bureau, *FIELDS)} | changed


def test_a_bureau_is_added_with_its_other_names(client, region):
    data = {
        "code": "swj", "name": "青岛市文化和旅游局", "short_name": "市文旅局", "kind": "bureau", "parent": region.pk,
        "position": "5", "aliases": "文旅局\n市文旅\n\n",
    }  # fmt: skip
    client.post(url(LIST, "add"), data)
    made = Bureau.objects.get(code="swj")

    assert made.path == f"{region.path}{made.pk}/"
    assert {alias.name for alias in made.aliases.all()} == {"文旅局", "市文旅"}
    assert set(Event.objects.filter(root_kind="bureau", root_id=made.pk).values_list("door", "role")) == {
        ("admin", "admin")
    }


def test_other_names_become_just_those_of_the_form(client, market):
    client.post(url(LIST, "change", market.pk), sent(market, aliases="市监局\n市场局"))
    client.post(url(LIST, "change", market.pk), sent(market, aliases="市场局\n工商局"))

    assert {alias.name for alias in market.aliases.all()} == {"市场局", "工商局"}
    assert Event.objects.filter(kind="bureaualias", action="delete").count() == 1


def test_what_stands_below_goes_along(client, market, commerce, branch):
    client.post(url(LIST, "change", market.pk), sent(market, parent=commerce.pk))
    market.refresh_from_db()
    branch.refresh_from_db()

    assert market.path == f"{commerce.path}{market.pk}/"
    assert branch.path == f"{market.path}{branch.pk}/"


@pytest.mark.parametrize(
    ("name", "value"),
    [("name", "青岛市商务局"), ("code", "sww"), ("aliases", "商务委"), ("kind", "region"), ("parent", "")],
)
def test_what_another_bureau_has_is_refused_beside_its_field(client, market, commerce, name, value):
    actions.add_alias(commerce, "商务委", by=actions.service_user())
    answer = client.post(url(LIST, "change", market.pk), sent(market, **{name: value}))

    assert answer.status_code == 400
    assert name in answer.context["form"].errors


def test_a_bureau_does_not_stand_below_itself(client, market, branch):
    answer = client.post(url(LIST, "change", market.pk), sent(market, parent=branch.pk))

    assert answer.status_code == 400
    assert Bureau.objects.get(pk=market.pk).parent_id == market.parent_id


def test_a_region_stays_a_region(root, sign_in, region, market):
    answer = sign_in(root).post(url(LIST, "change", region.pk), sent(region, kind="bureau", parent=market.pk))

    assert answer.status_code == 400


def test_two_people_who_rename_a_bureau_at_once_learn_of_each_other(client, market):
    opened = sent(market, short_name="市监局")
    client.post(url(LIST, "change", market.pk), sent(market, short_name="市场局"))

    answer = client.post(url(LIST, "change", market.pk), opened)

    assert answer.status_code == 412
    assert Bureau.objects.get(pk=market.pk).short_name == "市场局"


def test_an_alias_is_removed_by_those_who_keep_the_region(admin, manager, market):
    alias = actions.add_alias(market, "市监局", by=actions.service_user())

    with pytest.raises(NotAllowed):
        actions.remove_alias(alias, by=manager)
    actions.remove_alias(alias, by=admin)

    assert not market.aliases.exists()


def test_a_region_is_made_by_the_server_runner_alone(root, admin, sign_in):
    data = {
        "code": "jn",
        "name": "济南市",
        "short_name": "济南市",
        "kind": "region",
        "parent": "",
        "position": "0",
    }

    assert sign_in(admin).post(url(LIST, "add"), data).status_code == 400
    assert sign_in(root).post(url(LIST, "add"), data).status_code == 302
    assert Bureau.objects.get(code="jn").kind == "region"


def test_a_bureau_is_found_by_another_name(client, market, commerce):
    actions.add_alias(market, "工商局", by=actions.service_user())

    answer = client.get(url(LIST), {"q": "工商"})

    assert [row.row for row in answer.context["rows"]] == [market]
