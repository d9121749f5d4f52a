"""One-time links: for new people and lost passwords, handed over by an administrator."""

import datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qdtrade.accounts import actions
from qdtrade.accounts.models import SignInLink
from qdtrade.audit import rows
from qdtrade.audit.models import Chain, Event
from qdtrade.errors import NotAllowed, WrongState
from tests import factories

NEW = "wind-over-fushan-bay"


@pytest.fixture
def newcomer(programme, market):
    """Has no password at all."""
    return factories.join(factories.user("lin", password=None), programme, "staff", market)


@pytest.fixture
def secret(newcomer, admin):
    return actions.make_link(newcomer, by=admin)


def page(secret):
    return reverse("link", args=[secret])


def use(client, secret, password=NEW):
    return client.post(page(secret), {"new_password1": password, "new_password2": password})


def said():
    events = Event.objects.filter(kind__in=["user", "signinlink"], chain__code="system").order_by("seq")
    return list(events.values_list("action", flat=True))


def test_the_link_sets_the_password_and_signs_in(client, newcomer, secret):
    answer = use(client, secret)

    assert answer.url == reverse("my_work")
    assert client.session["_auth_user_id"] == str(newcomer.pk)
    newcomer.refresh_from_db()
    assert newcomer.check_password(NEW)
    assert not newcomer.must_change_password


def test_looking_at_it_uses_nothing_up(client, secret):
    answers = [client.get(page(secret)).status_code, client.head(page(secret)).status_code]

    assert answers == [200, 200]
    assert use(client, secret).status_code == 302


def test_it_works_once(client, secret):
    use(client, secret)

    again = Client()
    assert again.get(page(secret)).status_code == 410
    assert use(again, secret).status_code == 410
    assert "_auth_user_id" not in again.session


def test_it_expires(client, secret):
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=73), tick=True):
        assert client.get(page(secret)).status_code == 410


def test_a_new_one_ends_the_one_before(client, newcomer, admin, secret):
    newer = actions.make_link(newcomer, by=admin)

    assert client.get(page(secret)).status_code == 410
    assert client.get(page(newer)).status_code == 200


def test_a_weak_password_is_refused_and_the_link_stays(client, secret):
    answer = use(client, secret, "12345")

    assert answer.context["form"].errors
    assert client.get(page(secret)).status_code == 200


def test_a_link_that_works_comes_into_no_log(client, secret, caplog):
    client.get(page(secret))
    use(client, secret, "12345")

    assert secret not in caplog.text


def test_an_invented_one_says_the_same_as_a_used_one(client, secret):
    use(client, secret)
    client.post(reverse("sign_out"))

    pages = [client.get(page(one)).content.decode().split("<main")[1] for one in (secret, "A" * 43)]
    assert pages[0] == pages[1]


def test_only_a_hash_of_it_is_kept(secret):
    kept = str(list(SignInLink.objects.values())) + "".join(Event.objects.values_list("line", flat=True))

    assert secret not in kept


def test_it_ends_every_session_and_every_lock(client, staff, admin, sign_in):
    elsewhere, thief = sign_in(staff), Client()
    typed = {"username": "staff", "password": "wrong"}
    locked = [thief.post(reverse("sign_in"), typed).status_code for _number in range(5)]

    use(client, actions.make_link(staff, by=admin))

    assert locked[-1] == 429
    assert elsewhere.get(reverse("help")).status_code == 302
    assert Client().post(reverse("sign_in"), {"username": "staff", "password": NEW}).status_code == 302


def test_each_step_is_recorded(client, secret):
    use(client, secret)

    assert said()[-4:] == ["make_link", "use_link", "change_password", "sign_in"]


def test_the_rows_agree_with_the_records_afterwards(client, newcomer, admin, secret):
    newer = actions.make_link(newcomer, by=admin)
    use(client, newer)
    actions.close_account(newcomer, by=admin)

    system = Chain.objects.get(code="system")
    assert [*rows.differences(system), *rows.unrecorded()] == []


def test_a_proxy_keeps_nothing_of_it(client, secret):
    assert "no-store" in client.get(page(secret)).headers["Cache-Control"]


# Who makes them -------------------------------------------------------------------------------------------------------


def test_the_administrator_is_shown_the_link_once(newcomer, admin, sign_in, client):
    browser = sign_in(admin)

    answer = browser.post(reverse("person_act", args=[newcomer.pk, "link"]))

    address = answer.context["address"]
    assert address in answer.content.decode()
    assert client.get(address).status_code == 200
    assert "/sign-in/link/" not in browser.get(reverse("person", args=[newcomer.pk])).content.decode()


@pytest.mark.parametrize("who", ["manager", "auditor", "head", "staff", "stranger"])
def test_nobody_but_administrators_makes_one(request, newcomer, who):
    with pytest.raises(NotAllowed):
        actions.make_link(newcomer, by=request.getfixturevalue(who))


def test_an_administrator_makes_none_for_who_runs_the_server(root, programme, admin):
    factories.join(root, programme, "auditor")

    with pytest.raises(NotAllowed):
        actions.make_link(root, by=admin)


def test_an_administrator_makes_none_for_who_has_a_role_in_a_programme_of_others(
    staff, admin, region, market
):
    factories.join(staff, factories.programme(region, "qd-2025"), "staff", market)

    with pytest.raises(NotAllowed):
        actions.make_link(staff, by=admin)


def test_nobody_makes_one_for_themselves(admin):
    with pytest.raises(NotAllowed):
        actions.make_link(admin, by=admin)


def test_none_is_made_for_a_closed_account(newcomer, admin):
    actions.close_account(newcomer, by=admin)

    with pytest.raises(WrongState):
        actions.make_link(newcomer, by=admin)


def test_none_is_made_for_the_programs_own_account(service, root):
    with pytest.raises(NotAllowed):
        actions.make_link(service, by=root)


# The command ----------------------------------------------------------------------------------------------------------


def test_the_command_prints_one(newcomer, capsys, client):
    call_command("sign_in_link", "lin", "--address", "https://register.example.gov.cn/")

    address = capsys.readouterr().out.strip()
    assert address.startswith("https://register.example.gov.cn/sign-in/link/")
    assert client.get(address.removeprefix("https://register.example.gov.cn")).status_code == 200


def test_the_command_knows_where_the_program_is_reached(newcomer, capsys, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://register.example.gov.cn"]
    call_command("sign_in_link", "lin")

    assert capsys.readouterr().out.startswith("https://register.example.gov.cn/sign-in/link/")


@pytest.mark.parametrize("username", ["nobody", "service"])
def test_the_command_refuses_who_is_nobody(service, username):
    with pytest.raises(CommandError):
        call_command("sign_in_link", username)
