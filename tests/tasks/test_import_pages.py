"""Importing through the page: upload, dry run, choices, applying, and what each person may do."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.audit.models import Event
from qdtrade.audit.verify import verify
from qdtrade.imports import background
from qdtrade.imports.models import Import
from qdtrade.programmes.actions import end_membership
from tasks.actions.register import edit_task
from tasks.models import Task
from tests import factories
from tests.answers import leave
from tests.conftest import NOW
from tests.tasks import sheets

ADDRESS = "/tasks/import/"
GOOD = {"牵头单位": "市市场监管局", "配合单位": "", "任务领域": "扩大对外开放"}


@pytest.fixture(autouse=True)
def queue(settings):
    """Tasks wait, as they do where a worker runs beside the server."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def sign_in(sign_in):
    """A browser of somebody who reads English."""

    def browser(user, language="en"):
        client = sign_in(user)
        client.cookies["django_language"] = language
        return client

    return browser


@pytest.fixture
def here(programme, field, market, manager):
    """The programme with its field and its bureau, and a manager to import."""
    return programme


def file(*rows, name="台账.xlsx", **kwargs):
    return SimpleUploadedFile(name, sheets.register(*rows, **kwargs))


def send(client, upload, **data):
    return client.post(ADDRESS, {"file": upload, **data})


def uploaded(client, upload, **data):
    answer = send(client, upload, **data)
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.latest("pk")


def read(client, upload, **data):
    """Uploaded, and read by the worker."""
    row = uploaded(client, upload, **data)
    background.read_import.call(row.pk)
    return fresh(row)


def move(client, row, name, **data):
    return client.post(f"{ADDRESS}{row.pk}/{name}/", {"version": row.version, **data})


def apply(client, row):
    answer = move(client, row, "apply")
    assert answer.status_code == 302, answer.content.decode()
    background.apply_import.call(row.pk)
    return fresh(row)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def page(client, row):
    return client.get(f"{ADDRESS}{row.pk}/").content.decode()


# The way in -----------------------------------------------------------------------------------------------------------


@pytest.mark.moves("Import.read", "Import.apply", "Import.write")
def test_a_file_is_read_shown_applied_and_says_what_it_changed(here, manager, sign_in):
    client = sign_in(manager)
    row = read(client, file(sheets.line(**GOOD), sheets.line(编号="1-02", **GOOD)))
    assert (row.status, row.counts["new"]) == ("read", 2)
    assert not Task.objects.exists()

    row = apply(client, row)

    assert row.status == "applied"
    assert set(Task.objects.values_list("code", flat=True)) == {"1-01", "1-02"}
    assert "2 new" in client.get(ADDRESS).content.decode()
    assert all(verdict.fault is None for verdict in verify(None))


def test_what_is_written_is_written_in_the_persons_name_through_the_page(here, manager, sign_in):
    apply(sign_in(manager), read(sign_in(manager), file(sheets.line(**GOOD))))

    event = Event.objects.get(kind="task")
    assert (event.actor_name, event.door, event.role) == ("manager", "page", "manager")


def test_the_acts_of_an_import_are_recorded(here, manager, sign_in):
    row = apply(sign_in(manager), read(sign_in(manager), file(sheets.line(**GOOD))))

    events = Event.objects.filter(kind="registerimport", object_id=row.pk).order_by("seq")
    assert list(events.values_list("action", "actor_name")) == [
        ("upload", "manager"),
        ("read", "系统"),
        ("apply", "manager"),
        ("write", "manager"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("台账.pdf", b"%PDF-1.4", "is not a spreadsheet"),
        ("台账.xlsx", b"", "is empty"),
        ("台账.xlsx", b"PK" + b"0" * 2048, "is 0.0 MB; the limit is 0 MB"),
    ],
)
def test_what_the_outside_tells_is_refused_at_once(here, manager, sign_in, settings, name, content, words):
    settings.MAX_FILE_BYTES = 1024

    answer = send(sign_in(manager), SimpleUploadedFile(name, content))

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Import.objects.exists()


def test_no_file_is_asked_for(here, manager, sign_in):
    answer = sign_in(manager).post(ADDRESS)

    assert answer.status_code == 400
    assert "Choose a file first." in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("台账.xlsx", b"PK\x03\x04 no zip at all", "is damaged"),
        ("台账.xlsx", b"just words", "is not a spreadsheet"),
        ("台账.csv", b"a,b\n1,2\n", "looks like the headings of a register"),
        (
            "台账.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_why(here, manager, sign_in, name, content, words):
    row = read(sign_in(manager), SimpleUploadedFile(name, content))

    assert row.status == "unreadable"
    assert words in page(sign_in(manager), row)


@pytest.mark.parametrize("name", ["../../etc/台账.xlsx", "C:\\Users\\a\\台账.xlsx", "长" * 300 + ".xlsx"])  # fmt: skip
def test_a_name_is_a_name_and_no_path(here, manager, sign_in, name):
    client = sign_in(manager)
    upload = file(sheets.line(**GOOD))
    upload._name = name

    row = read(client, upload)

    assert row.name.endswith(".xlsx")
    assert len(row.name) <= 200
    assert not set(row.name) & set("/\\\r\n\x00")
    answer = client.get(f"{ADDRESS}{row.pk}/file/")
    leave(answer)
    assert answer.status_code == 200


# The dry run ----------------------------------------------------------------------------------------------------------


def test_a_refusal_names_place_found_text_reason_and_cure(here, manager, sign_in):
    row = read(sign_in(manager), file(sheets.line(**GOOD | {"完成时限": "2021年13月底"})))

    shown = page(sign_in(manager), row)

    for words in (
        "任务台账",
        "2021年13月底",
        "There is no month 13.",
        "The month is from 1 to 12.",
        "1 row refused",
    ):
        assert words in shown


def test_a_sentence_is_said_in_the_readers_language(here, manager, admin, sign_in):
    row = read(sign_in(manager), file(sheets.line(**GOOD | {"完成标准": ""})))

    shown = page(sign_in(admin, "zh-hans"), row)

    assert "“完成标准”" in shown
    assert "is empty" not in shown


def test_rows_that_are_refused_cannot_be_applied(here, manager, sign_in):
    row = read(
        sign_in(manager), file(sheets.line(**GOOD), sheets.line(编号="1-02", **GOOD | {"完成标准": ""}))
    )

    assert move(sign_in(manager), row, "apply").status_code == 409
    assert fresh(row).status == "read"
    assert not Task.objects.exists()


def test_a_file_in_which_nothing_differs_has_nothing_to_apply(here, manager, sign_in):
    client = sign_in(manager)
    apply(client, read(client, file(sheets.line(**GOOD))))

    row = read(client, file(sheets.line(**GOOD)))

    assert "there is nothing to write" in page(client, row)
    assert move(client, row, "apply").status_code == 409


def test_a_change_is_shown_as_old_and_new(here, manager, sign_in):
    client = sign_in(manager)
    apply(client, read(client, file(sheets.line(**GOOD))))

    shown = page(client, read(client, file(sheets.line(**GOOD | {"完成标准": "每月一次"}))))

    assert "<del>每季度召开一次会议</del> → <ins>每月一次</ins>" in shown


def test_a_long_list_shows_its_first_twenty_and_the_way_to_all(here, manager, sign_in):
    rows = [sheets.line(编号=f"1-{number:03}", **GOOD | {"完成标准": ""}) for number in range(60)]
    client = sign_in(manager)

    shown = page(client, read(client, file(*rows)))

    assert "The first 20 of 60." in shown
    assert shown.count("“完成标准” is empty.") == 20


def test_samples_bear_their_mark(here, manager, sign_in):
    headings = [*sheets.HEADINGS, "样例"]

    row = read(sign_in(manager), file([*sheets.line(**GOOD), "是"], headings=headings))

    assert '<span class="sample">sample</span>' in page(sign_in(manager), row)


# Choices --------------------------------------------------------------------------------------------------------------


@pytest.mark.moves("Import.read_again")
def test_an_unknown_bureau_is_chosen_and_the_file_read_again(here, market, manager, sign_in):
    client = sign_in(manager)
    row = read(client, file(sheets.line(**GOOD | {"牵头单位": "市市场局"})))
    assert "市市场局" in page(client, row)
    assert move(client, row, "apply").status_code == 409

    move(client, row, "read_again", **{"bureau-0": market.pk})
    background.read_import.call(row.pk)

    row = apply(client, fresh(row))
    assert Task.objects.get().lead == market


def test_a_bureau_is_made_where_the_person_says_so(here, manager, sign_in):
    client = sign_in(manager)
    row = read(client, file(sheets.line(**GOOD | {"牵头单位": "市数据集团"})))
    assert not Bureau.objects.filter(name="市数据集团").exists()

    move(client, row, "read_again", **{"bureau-0": "new"})
    background.read_import.call(row.pk)
    assert not Bureau.objects.filter(name="市数据集团").exists()
    apply(client, fresh(row))

    assert Task.objects.get().lead.name == "市数据集团"


def test_a_bureau_of_another_region_cannot_be_chosen(here, manager, sign_in):
    elsewhere = factories.bureau("jinan", "济南市")
    stranger = factories.bureau("sww", "济南市商务局", parent=elsewhere)
    client = sign_in(manager)
    row = read(client, file(sheets.line(**GOOD | {"牵头单位": "市数据集团"})))

    answer = move(client, row, "read_again", **{"bureau-0": stranger.pk})

    assert answer.status_code == 400
    assert fresh(row).status == "read"


def test_a_column_is_read_as_the_person_says(here, manager, sign_in):
    headings = [*sheets.HEADINGS[:3], "要达到的效果", *sheets.HEADINGS[4:]]
    client = sign_in(manager)
    row = read(client, file(sheets.line(**GOOD), headings=headings))
    assert row.counts["problems"] == 1

    shown = client.get(f"{ADDRESS}{row.pk}/?columns=edit").content.decode()
    assert 'name="column-3"' in shown
    move(client, row, "read_again", **{"column-3": "standard"})
    background.read_import.call(row.pk)

    apply(client, fresh(row))
    assert Task.objects.get().standard == sheets.ROW["完成标准"]


def test_a_column_can_be_left_out(here, manager, sign_in):
    client = sign_in(manager)
    row = read(client, file([*sheets.line(**GOOD), "内部"], headings=[*sheets.HEADINGS, "备注"]))

    move(client, row, "read_again", **{"column-10": "ignored"})
    background.read_import.call(row.pk)
    apply(client, fresh(row))

    assert Task.objects.get().extra == []


def test_a_column_cannot_be_a_field_that_is_none(here, manager, sign_in):
    client = sign_in(manager)
    row = read(client, file(sheets.line(**GOOD)))

    assert move(client, row, "read_again", **{"column-3": "status"}).status_code == 400


def test_choices_go_on_to_the_corrected_file_and_the_first_one_is_given_up(here, market, manager, sign_in):
    client = sign_in(manager)
    first = read(client, file(sheets.line(**GOOD | {"牵头单位": "市市场局", "完成标准": ""})))
    move(client, first, "read_again", **{"bureau-0": market.pk})
    background.read_import.call(first.pk)

    second = read(client, file(sheets.line(**GOOD | {"牵头单位": "市市场局"})), instead_of=first.pk)

    assert fresh(first).status == "dropped"
    assert (second.counts["unknown"], second.counts["new"]) == (0, 1)


# Whose it is ----------------------------------------------------------------------------------------------------------


def test_only_the_uploader_applies(here, manager, admin, sign_in):
    row = read(sign_in(manager), file(sheets.line(**GOOD)))

    assert move(sign_in(admin), row, "apply").status_code == 403
    assert fresh(row).status == "read"
    assert "only they decide" in page(sign_in(admin), row)


@pytest.mark.moves("Import.drop")
def test_another_gives_up_what_was_abandoned_for_a_day_and_not_before(here, manager, admin, sign_in):
    row = read(sign_in(manager), file(sheets.line(**GOOD)))
    assert move(sign_in(admin), row, "drop").status_code == 403

    with clock.at(NOW + datetime.timedelta(days=1, minutes=1)):
        assert move(sign_in(admin), row, "drop").status_code == 302

    assert fresh(row).status == "dropped"


def test_a_second_press_of_apply_is_told(here, manager, sign_in):
    row = read(sign_in(manager), file(sheets.line(**GOOD)))
    move(sign_in(manager), row, "apply")

    assert move(sign_in(manager), row, "apply").status_code in {409, 412}
    background.apply_import.call(row.pk)
    background.apply_import.call(row.pk)

    assert Task.objects.count() == 1


def test_a_tab_with_an_older_dry_run_does_not_apply_the_newer_one(here, market, manager, sign_in):
    client = sign_in(manager)
    older = read(client, file(sheets.line(**GOOD | {"牵头单位": "市市场局"})))
    move(client, older, "read_again", **{"bureau-0": market.pk})
    background.read_import.call(older.pk)

    assert move(client, older, "apply").status_code == 412
    assert not Task.objects.exists()


def test_who_has_lost_the_role_meanwhile_writes_nothing(here, manager, service, sign_in):
    row = read(sign_in(manager), file(sheets.line(**GOOD)))
    move(sign_in(manager), row, "apply")
    end_membership(manager.memberships.get(), by=service)

    background.apply_import.call(row.pk)

    row = fresh(row)
    assert row.status == "failed"
    assert "may no longer import" in str(row.trouble)
    assert not Task.objects.exists()


@pytest.mark.moves("Import.show_anew")
def test_a_register_that_changed_meanwhile_is_shown_anew(here, manager, sign_in):
    client = sign_in(manager)
    apply(client, read(client, file(sheets.line(**GOOD))))
    row = read(client, file(sheets.line(**GOOD | {"完成标准": "每月一次"})))
    edit_task(Task.objects.get(), {"standard": "每周一次"}, by=manager)

    row = apply(client, row)

    assert row.status == "read"
    assert Task.objects.get().standard == "每周一次"
    shown = page(client, row)
    assert "has changed since you looked." in shown
    assert "<del>每周一次</del>" in shown
    assert apply(client, row).status == "applied"


def test_a_change_that_does_not_touch_what_was_seen_does_not_stop_it(here, manager, sign_in):
    client = sign_in(manager)
    apply(client, read(client, file(sheets.line(**GOOD))))
    row = read(client, file(sheets.line(**GOOD | {"完成标准": "每月一次"})))
    edit_task(Task.objects.get(), {"own_choice": False, "title": "建立联席会议制度"}, by=manager)

    assert apply(client, row).status == "applied"


def test_a_change_in_the_gap_before_writing_is_shown_anew(here, manager, sign_in, monkeypatch):
    client = sign_in(manager)
    apply(client, read(client, file(sheets.line(**GOOD))))
    row = read(client, file(sheets.line(**GOOD | {"完成标准": "每月一次"})))
    write = background.actions.write

    def late(*args, **kwargs):
        edit_task(Task.objects.get(), {"title": "另一个名称"}, by=manager)
        return write(*args, **kwargs)

    monkeypatch.setattr(background.actions, "write", late)
    row = apply(client, row)

    assert row.status == "read"
    assert Task.objects.get().standard == sheets.ROW["完成标准"]


# The worker -----------------------------------------------------------------------------------------------------------


def test_while_it_is_read_the_page_asks_again_by_itself_and_by_a_link(here, manager, sign_in):
    client = sign_in(manager)
    row = uploaded(client, file(sheets.line(**GOOD)))

    assert 'hx-trigger="every 2s"' in page(client, row)
    part = client.get(f"{ADDRESS}{row.pk}/", headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="progress"')
    background.read_import.call(row.pk)
    part = client.get(f"{ADDRESS}{row.pk}/", headers={"HX-Request": "true"})
    assert part.headers["HX-Refresh"] == "true"


def test_without_a_worker_the_page_says_so_after_a_minute(here, manager, sign_in):
    client = sign_in(manager)
    row = uploaded(client, file(sheets.line(**GOOD)))
    assert "Waiting for its turn" in page(client, row)

    Import.objects.update(asked_at=timezone.now() - datetime.timedelta(minutes=3))

    assert "Nothing has been working on this for 3 minutes" in page(client, row)


def test_a_fault_of_the_program_is_told_and_can_be_tried_again(here, manager, sign_in, monkeypatch, caplog):
    client = sign_in(manager)
    row = read(client, file(sheets.line(**GOOD)))
    with monkeypatch.context() as broken:
        broken.setattr(background.actions, "write", lambda *args, **kwargs: 1 / 0)
        row = apply(client, row)
    assert row.status == "failed"
    assert "A fault of the program stopped this." in page(client, row)

    move(client, row, "read_again")
    background.read_import.call(row.pk)

    assert apply(client, fresh(row)).status == "applied"


def test_nothing_of_a_write_that_stopped_is_left(here, manager, sign_in, monkeypatch, caplog):
    client = sign_in(manager)
    row = read(client, file(sheets.line(**GOOD)))
    monkeypatch.setattr("qdtrade.imports.actions.journal.Journal.keep", lambda self, of: 1 / 0)

    row = apply(client, row)

    assert row.status == "failed"
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("role", "is_offered"), [("manager", True), ("admin", True), ("auditor", False), ("staff", False)]
)
def test_the_register_leads_those_to_the_import_who_may(here, request, sign_in, role, is_offered):
    page = sign_in(request.getfixturevalue(role)).get("/tasks/").content.decode()

    assert ('href="/tasks/import/' in page) is is_offered
