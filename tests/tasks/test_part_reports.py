"""What a bureau files on its part each period: owed like a report, read by the lead, reviewed by nobody."""

import datetime

import pytest

from qdtrade import clock
from qdtrade.errors import WrongState
from qdtrade.notices.models import Notice
from qdtrade.programmes.ledgers import LEDGERS, counts_of
from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import ExpectedPart, PartFile
from tests import factories
from tests.answers import leave

pytestmark = pytest.mark.django_db
LATE = datetime.datetime(2021, 10, 9, 9, tzinfo=clock.BEIJING)
"""After the grace of September."""


@pytest.fixture
def part(task, commerce, neighbour, staff):
    return factories.part_of(task, commerce, by=staff, accepted_by=neighbour)


@pytest.fixture
def row(part, period):
    return ExpectedPart.objects.for_move().get()


@pytest.fixture
def period(programme, manager, task, part):
    """September, opened with the part accepted."""
    return factories.open_period(programme, by=manager)


def told(person):
    rows = Notice.objects.visible_to(person).filter(kind="expectedpart")
    return list(rows.values_list("move", flat=True))


def test_a_period_that_opens_owes_a_word_on_each_accepted_part(task, commerce, market, staff, period, part):
    factories.give(task, commerce, by=staff, what="Given only, not accepted")

    row = ExpectedPart.objects.get()
    assert (row.part, row.bureau, row.status) == (part, commerce, "not_filed")


@pytest.mark.moves("ExpectedPart.file")
def test_the_bureau_files_and_revises_it_while_the_form_is_open(row, neighbour, sign_in):
    browser = sign_in(neighbour)
    browser.post(f"/part-reports/{row.pk}/", {"text": "Two firms were visited.", "files": factories.pdf()})
    first = ExpectedPart.objects.get().first_submitted_at
    dropped = PartFile.objects.get()
    browser.post(f"/part-reports/{row.pk}/", {"text": "Three firms were visited.", "drop": dropped.pk})

    row.refresh_from_db()
    dropped.refresh_from_db()
    assert (row.status, row.text, row.filed_by) == ("filed", "Three firms were visited.", neighbour)
    assert row.first_submitted_at == first
    assert dropped.dropped_at is not None


def test_what_says_that_the_part_is_done_finishes_it_and_tells_the_lead(row, part, staff, neighbour, sign_in):
    sign_in(neighbour).post(f"/part-reports/{row.pk}/", {"text": "All ten.", "says_done": "1"})

    part.refresh_from_db()
    assert (part.status, part.closed_reason) == ("done", "All ten.")
    assert told(staff) == ["file"]


def test_nothing_is_filed_after_the_form_closed_without_an_exception(row, neighbour):
    with clock.at(LATE), pytest.raises(WrongState):
        factories.file_part(row, by=neighbour)


@pytest.mark.parametrize("text", ["", " ", "x" * 2001])
def test_a_word_is_needed_and_what_was_typed_stays(row, neighbour, sign_in, text):
    answer = sign_in(neighbour).post(f"/part-reports/{row.pk}/", {"text": text})

    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"text"}


def test_a_file_of_a_wrong_kind_is_named_and_the_text_stays(row, neighbour, sign_in):
    bad = factories.pdf("list.exe", b"MZ")
    answer = sign_in(neighbour).post(f"/part-reports/{row.pk}/", {"text": "Two firms.", "files": bad})

    assert answer.status_code == 400
    assert "list.exe" in answer.content.decode()
    assert "Two firms." in answer.content.decode()
    assert ExpectedPart.objects.get().status == "not_filed"


def test_finished_ended_or_at_rest_it_owes_nothing_more(row, part, task, manager, neighbour):
    perform(workflow.FINISH, part, by=neighbour, comment="Handed over.")

    row.refresh_from_db()
    assert row.exempt_reason == "part_done"


def test_a_task_that_is_suspended_lets_its_parts_go_too(row, task, manager):
    perform(workflow.SUSPEND, task, by=manager, comment="A law is awaited.")

    row.refresh_from_db()
    assert row.exempt_reason == "task_suspended"


def test_the_ledger_counts_it(row, period, manager, neighbour):
    factories.file_part(row, by=neighbour)

    ledger = LEDGERS["parts"]
    line = counts_of(ledger, ledger.rows(manager), [period])[period.pk]
    assert (line["expected"], line["filed"], line["on_time"], line["missing"]) == (1, 1, 1, 0)


def test_the_lead_and_the_reviewer_see_who_has_filed(row, report, staff, manager, neighbour, sign_in):
    before = sign_in(staff).get(f"/reports/{report.pk}/")
    factories.file_part(row, by=neighbour)
    factories.submit(report, by=staff)
    after = sign_in(manager).get(f"/desk/{report.pk}/")

    assert before.context["cooperating"].missing == ["市商务局"]
    assert (after.context["cooperating"].filed, after.context["cooperating"].owed) == (1, 1)
    assert "Two firms were visited." in after.content.decode()


def test_the_work_page_leads_the_bureau_to_it(row, neighbour, sign_in):
    assert f"/part-reports/{row.pk}/" in sign_in(neighbour).get("/").content.decode()


def test_the_lead_hears_at_once_of_a_part_that_came_back(task, commerce, staff, neighbour, sign_in):
    part = factories.give(task, commerce, by=staff)
    before = sign_in(neighbour).get("/").content.decode()
    perform(workflow.SEND_BACK_PART, part, by=neighbour, comment="Ask the finance bureau.")

    assert f"/parts/{part.pk}/accept/" in before
    assert f"#part-{part.pk}" in sign_in(staff).get("/").content.decode()


def exported(browser, address):
    answer = browser.get(address)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    leave(answer)
    return text


def test_the_lists_and_their_files_hold_it(row, part, manager, neighbour, sign_in):
    factories.file_part(row, by=neighbour)
    browser = sign_in(manager)

    assert part.what in browser.get("/parts/").content.decode()
    assert "Two firms were visited." in browser.get("/part-reports/").content.decode()
    for name, said in (("parts", part.what), ("part-reports", "Two firms were visited.")):
        assert said in exported(browser, f"/{name}/export/")
        assert said in exported(browser, f"/{name}/export/?columns=screen")


def test_a_program_files_it_too(row, neighbour, api):
    client = api(neighbour)
    answer = client.post(f"/api/v1/expected-parts/{row.pk}/file/", {"text": "Two firms."}, format="json")
    upload = {"text": "Two firms, with proof.", "files": factories.pdf()}
    proved = client.post(f"/api/v1/expected-parts/{row.pk}/file/", upload, format="multipart")

    assert (answer.status_code, answer.json()["status"]) == (200, "filed")
    assert [one["name"] for one in proved.json()["files"]] == ["proof.pdf"]


def test_evidence_is_handed_to_those_who_see_the_task(row, neighbour, staff, stranger, sign_in):
    sign_in(neighbour).post(f"/part-reports/{row.pk}/", {"text": "Two firms.", "files": factories.pdf()})
    file = PartFile.objects.get()

    answer = sign_in(staff).get(f"/part-files/{file.pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 proof"
    leave(answer)
    assert sign_in(stranger).get(f"/part-files/{file.pk}/").status_code == 404
