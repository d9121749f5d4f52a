"""The pages on which the pilot office files for a bureau without an account, and on which others read that it did."""

import csv
import io

import pytest

from qdtrade.programmes.actions import add_member
from tasks.models import Report
from tests import factories
from tests.tasks.test_filed_by_the_office import SOURCE, file_for

TYPED = factories.CONTENT | {"filed_from": SOURCE, "draft_version": "0"}


def page_of(answer):
    return answer.content.decode()


@pytest.fixture
def client(manager, alone, sign_in):
    return sign_in(manager)


def address(report, end=""):
    return f"/reports/{report.pk}/{end}"


def send(client, report, **fields):
    return client.post(address(report, "submit/"), TYPED | fields)


def test_the_form_says_for_whom_and_asks_for_the_source(client, alone):
    page = page_of(client.get(address(alone)))

    assert "代市金融局填报" in page
    assert 'name="filed_from"' in page


def test_a_bureaus_own_form_does_not_ask_for_a_source(staff, report, sign_in):
    assert 'name="filed_from"' not in page_of(sign_in(staff).get(address(report)))


def test_filing_takes_the_source_and_its_file(client, alone):
    answer = send(client, alone, files=factories.pdf("来函.pdf"))

    version = Report.objects.get(pk=alone.pk).current
    assert answer.status_code == 302
    assert (version.filed_from, version.content["files"][0]["name"]) == (SOURCE, "来函.pdf")


def test_without_a_file_it_is_refused_and_the_source_is_kept(client, alone):
    answer = send(client, alone)

    assert answer.status_code == 400
    assert "请把来源材料" in page_of(answer)
    assert f'value="{SOURCE}"' in page_of(answer)


def test_without_a_source_the_field_is_named(client, alone):
    answer = send(client, alone, filed_from="", files=factories.pdf())

    assert answer.status_code == 400
    assert 'href="#field-filed_from"' in page_of(answer)


def test_the_source_is_saved_with_the_draft(client, alone):
    client.post(address(alone, "draft/"), {"filed_from": SOURCE, "draft_version": "0"})

    assert f'value="{SOURCE}"' in page_of(client.get(address(alone)))


def test_what_is_saved_by_itself_says_what_is_still_open(client, alone):
    headers = {"HX-Request": "true"}
    first = client.post(address(alone, "draft/"), factories.CONTENT | {"draft_version": "0"}, headers=headers)
    second = client.post(
        address(alone, "draft/"), {"filed_from": SOURCE, "draft_version": "1"}, headers=headers
    )

    assert "来源、来源材料（附件）" in first.json()["missing"]
    assert second.json()["missing"].endswith("来源材料（附件）")


def test_the_preview_submits_with_the_source_of_the_draft(client, alone, manager):
    factories.attach(alone, by=manager)
    client.post(address(alone, "draft/"), TYPED)

    client.post(address(alone, "submit/"), {"draft_version": "1"})

    assert Report.objects.get(pk=alone.pk).current.filed_from == SOURCE


def test_no_change_is_not_offered(client, alone):
    assert client.get(address(alone, "no-change/")).status_code == 409


def test_my_work_and_who_is_missing_lead_to_the_form(client, alone):
    for page in ("/", f"/chase/?period={alone.period.pk}"):
        assert f'href="{address(alone)}?programme=qd-2020">代填' in page_of(client.get(page))


@pytest.mark.parametrize("who", ["auditor", "admin"])
def test_nobody_else_is_led_there(alone, who, request, sign_in):
    page = page_of(sign_in(request.getfixturevalue(who)).get("/chase/"))

    assert "代填" not in page


def test_a_bureau_that_has_an_account_again_finds_the_draft(
    client, alone, programme, finance, admin, sign_in
):
    client.post(address(alone, "draft/"), TYPED)
    writer = factories.user("wang")
    add_member(programme, writer, by=admin, role="staff", bureau=finance)

    page = page_of(sign_in(writer).get(address(alone)))

    assert factories.CONTENT["done"] in page
    assert 'name="filed_from"' not in page
    assert send(client, alone).status_code == 403


@pytest.fixture
def filed(alone, manager):
    factories.attach(alone, by=manager)
    return file_for(alone, by=manager)


def test_everybody_reads_that_it_was_filed_and_from_what(filed, auditor, manager2, sign_in):
    pages = [sign_in(auditor).get(address(filed)), sign_in(manager2).get(f"/desk/{filed.pk}/")]

    for page in map(page_of, pages):
        assert "试点办代市金融局填报" in page
        assert SOURCE in page


@pytest.mark.parametrize("where", ["/tasks/{task}/", "/records/"])
def test_histories_say_it(filed, auditor, sign_in, where):
    assert SOURCE in page_of(sign_in(auditor).get(where.format(task=filed.task.pk)))


def test_the_desk_marks_it_in_the_queue_and_greys_it_for_the_filer(filed, manager, manager2, sign_in):
    mine, others = (page_of(sign_in(one).get("/desk/")) for one in (manager, manager2))

    assert "此报告由您填报" in mine
    assert "<b>代填</b>" in others
    assert "请对照来源材料审核" in others


def test_the_file_of_reports_has_a_column_for_it(filed, auditor, sign_in):
    answer = sign_in(auditor).get("/reports/export/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["提交人"], row["代填来源"]) == ("manager", SOURCE)
