"""manage.py add_person: how the first people of an office come in."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from qdtrade.accounts.models import User
from qdtrade.audit.models import Event


@pytest.fixture
def add(monkeypatch, db):
    def run(*words, password="correct-horse-battery\n"):
        monkeypatch.setattr("sys.stdin", io.StringIO(password))
        call_command("add_person", *words)

    return run


def test_the_first_administrator_of_a_server_can_sign_in(add, client):
    add("lin", "--name", "林一", "--superuser")

    typed = {"username": "lin", "password": "correct-horse-battery"}
    assert client.post(reverse("sign_in"), typed).status_code == 302
    assert User.objects.get(username="lin").is_superuser
    assert Event.objects.filter(kind="user", action="create", label="林一").exists()


def test_the_password_that_was_typed_here_is_a_first_one(add):
    add("lin", "--name", "林一")

    assert User.objects.get(username="lin").must_change_password


def test_with_a_link_nobody_but_the_person_ever_knows_a_password(add, client, capsys):
    add("lin", "--name", "林一", "--link", "--address", "https://register.example.gov.cn", password="")

    address = capsys.readouterr().out.splitlines()[-1]
    person = User.objects.get(username="lin")
    assert not person.has_usable_password()
    assert client.get(address.removeprefix("https://register.example.gov.cn")).status_code == 200


def test_a_person_gets_a_role_for_a_bureau_by_code_or_name(add, programme, market):
    add("zhao", "--name", "赵二", "--programme", programme.code, "--role", "staff", "--bureau", "scjg")
    add("qian", "--name", "钱三", "--programme", programme.code, "--role", "head", "--bureau", market.name)

    roles = programme.memberships.filter(bureau=market).order_by("pk")
    assert [one.role for one in roles] == ["staff", "head"]


def test_an_account_that_exists_gets_another_role_and_keeps_its_password(add, programme, staff, commerce):
    add("staff", "--programme", programme.code, "--role", "staff", "--bureau", "sww", password="")

    staff.refresh_from_db()
    assert staff.memberships.count() == 2
    assert staff.check_password("correct-horse-battery")


@pytest.mark.parametrize(
    ("words", "password"),
    [
        (["lin"], "correct-horse-battery\n"),
        (["lin", "--name", "林一"], "12345678\n"),
        (["lin", "--name", "林一", "--role", "staff"], "correct-horse-battery\n"),
        (["lin", "--name", "林一", "--programme", "none", "--role", "staff"], "correct-horse-battery\n"),
        (["lin", "--name", "林一", "--programme", "qd-2020", "--role", "staff"], "correct-horse-battery\n"),
        (
            ["lin", "--name", "林一", "--programme", "qd-2020", "--role", "staff", "--bureau", "none"],
            "correct-horse-battery\n",
        ),
    ],
)
def test_what_is_not_whole_leaves_nobody_behind(add, programme, words, password):
    with pytest.raises(CommandError):
        add(*words, password=password)

    assert not User.objects.filter(username="lin").exists()


@pytest.mark.parametrize("words", [["staff"], ["staff", "--superuser"], ["service", "--role", "manager"]])
def test_an_account_that_is_there_only_gets_a_role(add, programme, staff, words):
    role = ["--programme", programme.code] if "--role" in words else []

    with pytest.raises(CommandError):
        add(*words, *role)

    assert not User.objects.filter(is_superuser=True).exists()
