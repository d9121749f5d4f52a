"""docs/how-to/own-programme.md, followed from an empty database by those it names, through the pages."""

import io
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from qdtrade.accounts.models import Bureau
from qdtrade.audit.verify import verify
from qdtrade.imports.models import Import
from qdtrade.programmes.models import Period, Programme
from tasks.models import Task
from tests.qdtrade.people import files
from tests.tasks import sheets

PASSWORD = {"new_password1": "wind-over-daming-lake", "new_password2": "wind-over-daming-lake"}
ADDRESS = re.compile(r"/sign-in/link/[^<\s\"]+")


def enter(text):
    """The browser of whoever opens the link in this text and sets a password."""
    client = Client()
    client.cookies["django_language"] = "zh-hans"
    assert client.post(ADDRESS.search(text)[0], PASSWORD).status_code == 302
    return client


def add(client, what, **fields):
    """Fill in a form of the administration."""
    answer = client.post(f"/admin/{what}/add/", fields)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def told(number):
    """The rows of the table that the how-to shows, by its place on the page."""
    text = (settings.BASE_DIR / "docs" / "how-to" / "own-programme.md").read_text("utf-8")
    tables = re.findall(r"(?:^ +\|.*\|\n)+", text, re.M)
    lines = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in tables[number].splitlines()
    ]
    return files.table(lines[0], *lines[2:])


@pytest.fixture
def root(db):
    """The first person, by the one command that needs a terminal."""
    said = io.StringIO()
    call_command(
        "add_person",
        "root",
        name="服务器管理员",
        superuser=True,
        link=True,
        address="http://testserver",
        stdout=said,
    )
    return enter(said.getvalue())


@pytest.fixture
def keeper(root):
    """The administrator of the programme that the server's administrator makes, with its region."""
    add(
        root,
        "accounts/bureau",
        code="jinan",
        name="济南市",
        short_name="济南",
        kind="region",
        position="0",
        aliases="",
    )
    region = Bureau.objects.get(code="jinan")
    dates = {"starts_on": "2021-01-01", "ends_on": "2023-12-31"}
    add(
        root,
        "programmes/programme",
        code="jn-2021",
        name="济南市服务贸易创新发展试点",
        region=region.pk,
        **dates,
    )
    programme = Programme.objects.get(code="jn-2021")
    given = {"programme": programme.pk, "role": "admin", "starts_on": "2021-09-24"}
    page = add(root, "accounts/user", username="chen", name="陈晨", email="", phone="", **given)
    pk = re.search(r"/(\d+)/", page)[1]
    return enter(root.post(f"/people/{pk}/link/").content.decode())


def imports(client, place, upload):
    return files.written(client, place, upload, programme="jn-2021")


def test_a_city_comes_to_its_own_programme(keeper):
    settings_of = keeper.get("/programme/edit/").content.decode()
    assert "济南市服务贸易创新发展试点" in settings_of
    assert files.exported(keeper, "bureaus", programme="jn-2021").read().decode("utf-8-sig").startswith("编")

    imports(keeper, "bureaus", told(0))
    made = imports(keeper, "people", told(1))
    ticked = list(made.rows.values_list("object_id", flat=True))
    slips = keeper.post("/people/links/?programme=jn-2021", {"person": ticked}).content.decode()
    by_account = dict(zip(re.findall(r'class="code">(\w+)<', slips), ADDRESS.findall(slips), strict=True))

    reviewer = enter(by_account["li"])
    row = sheets.line(牵头单位="市商务局", 配合单位="历下区商务局")
    imports(reviewer, "tasks", files.SimpleUploadedFile("台账.xlsx", sheets.register(row)))
    assert reviewer.post("/periods/plan/?programme=jn-2021", {"year": "2021"}).status_code == 302
    assert Period.objects.filter(starts_on__year=2021).exists()

    reporter = enter(by_account["wang"])
    task = Task.objects.get()
    assert reporter.post(f"/tasks/{task.pk}/accept/", {"version": task.version}).status_code == 302
    assert Import.objects.filter(status="applied").count() == 3
    assert all(verdict.fault is None for verdict in verify(None))


def test_the_servers_administrator_sees_nothing_of_the_work(keeper, root):
    imports(keeper, "bureaus", told(0))

    assert root.get("/tasks/?programme=jn-2021").status_code == 404
