"""The pages of breakthroughs: what they show, and every change by a browser's form."""

import pytest
from django.urls import reverse

from qdtrade.breakthroughs import contents, workflow
from qdtrade.breakthroughs.models import Breakthrough, ClaimFile
from qdtrade.workflow import perform
from tests import breakings, factories


def text(answer):
    return answer.content.decode()


def address(name, row=None):
    return reverse(name, args=[row.pk] if row else [])


FLAT = contents.flat(breakings.CONTENT)


def test_the_list_counts_what_is_recognised_and_shows_the_rest_beside(
    recognised, target, in_english, manager
):
    html = text(in_english(manager).get(address("breakthrough_list")))

    assert "1 of 45 recognised" in html
    assert "−29" in html
    assert "Breakthroughs of 2021" in html


def test_the_menu_says_how_many_of_the_target(recognised, target, in_english, staff):
    html = text(in_english(staff).get(address("breakthrough_list")))

    assert "<b>1/45</b>" in html


@pytest.mark.parametrize(
    "asked, count", [("counted=true", 1), ("status=claimed", 0), ("level=nation", 0), ("year=2021", 1)]
)
def test_each_figure_opens_its_rows(recognised, in_english, manager, asked, count):
    answer = in_english(manager).get(f"{address('breakthrough_list')}?{asked}")

    assert len(answer.context["rows"]) == count


def test_others_read_what_was_recognised_and_neither_its_files_nor_what_is_claimed(
    claimed, manager, neighbour, in_english
):
    browser = in_english(neighbour)
    before = browser.get(address("breakthrough", claimed)).status_code
    breakings.recognise(claimed, by=manager)

    html = text(browser.get(address("breakthrough", claimed)))

    assert before == 404
    assert "银行代企业一次递交" in html
    assert "2 files, seen by those who see the task" in html
    assert browser.get(address("claim_file", ClaimFile.objects.first())).status_code == 404


def test_a_task_is_named_on_its_page(task, manager, in_english):
    browser = in_english(manager)
    way = address("breakthrough_flag", task)
    assert way in text(browser.get(address("task", task)))

    answer = browser.post(way, {"expected_on": "2021-12-31", "comment": "New in the country."})

    assert answer.status_code == 302
    assert Breakthrough.objects.get().reason == "New in the country."


def test_a_draft_is_kept_by_itself_and_says_what_is_missing(candidate, staff, in_english):
    browser = in_english(staff)

    kept = browser.post(
        address("claim_form", candidate),
        {"draft_version": "0", "novelty": "New."},
        headers={"HX-Request": "true"},
    )

    assert kept.json()["version"] == 1
    assert "Compared with what" in kept.json()["missing"]
    assert "New." in text(browser.get(address("claim_form", candidate)))


def test_a_row_keeps_its_place_while_it_is_written(candidate, staff, in_english):
    browser = in_english(staff)
    browser.post(address("claim_form", candidate), {"draft_version": "0", "effects-1-what": "用时"})
    browser.post(address("claim_form", candidate), {"draft_version": "1", "effects-1-now": "1天"})

    candidate.refresh_from_db()
    assert candidate.draft.content["effects"][1] == {"what": "用时", "before": "", "now": "1天", "basis": ""}


def test_two_tabs_on_one_field_lose_nothing(candidate, staff, in_english):
    browser = in_english(staff)
    browser.post(address("claim_form", candidate), {"draft_version": "0", "novelty": "First."})
    browser.post(address("claim_form", candidate), {"draft_version": "1", "novelty": "Here."})

    other = browser.post(
        address("claim_form", candidate), {"draft_version": "1", "novelty": "There.", "basis": "B"}
    )
    itself = browser.post(
        address("claim_form", candidate),
        {"draft_version": "1", "novelty": "There."},
        headers={"HX-Request": "true"},
    )

    assert other.status_code == itself.status_code == 412
    assert "Here." in text(other) and "There." in text(other)


def test_a_claim_goes_out_by_its_form(candidate, staff, in_english):
    browser = in_english(staff)
    for kind in ("rule", "beneficiary"):
        sent = {"file": factories.pdf(f"{kind}.pdf", f"%PDF-1.4 {kind}".encode()), "proves": kind}
        assert browser.post(address("claim_file_add", candidate), sent).status_code == 200

    answer = browser.post(address("claim_send", candidate), {"draft_version": "0"} | FLAT)

    assert answer.status_code == 302
    row = Breakthrough.objects.get()
    assert (row.status, row.current.content["effects"]) == ("claimed", breakings.CONTENT["effects"])


def test_a_refused_claim_keeps_what_was_typed_and_names_the_fields(candidate, staff, in_english):
    answer = in_english(staff).post(
        address("claim_send", candidate), {"draft_version": "0", "novelty": "New."}
    )

    assert answer.status_code == 400
    assert "Not claimed" in text(answer)
    assert "New." in text(answer)
    assert "Add the proof that is missing" in text(answer)


def test_only_its_bureau_opens_the_form(candidate, manager, auditor, in_english):
    assert in_english(manager).get(address("claim_form", candidate)).status_code == 403
    assert in_english(auditor).get(address("claim_form", candidate)).status_code == 403


def test_a_file_is_taken_off(candidate, staff, in_english):
    breakings.prove(candidate, by=staff)
    file = ClaimFile.objects.first()

    in_english(staff).post(address("claim_file_remove", file))

    assert candidate.files.in_use().count() == 1


def test_remarks_of_a_return_stand_beside_the_parts(claimed, manager, staff, in_english):
    perform(
        workflow.RETURN, claimed, by=manager, comment="Complete it.", remarks={"compared": "Which three?"}
    )

    for name in ("claim_form", "breakthrough"):
        html = text(in_english(staff).get(address(name, claimed)))
        assert "Which three?" in html
        assert "Complete it." in html


def test_a_revocation_shows_both_counts(recognised, manager, in_english):
    answer = in_english(manager).post(
        f"/breakthroughs/{recognised.pk}/revoke/", {"comment": "Withdrawn.", "version": recognised.version}
    )

    assert answer.status_code == 302
    html = text(in_english(manager).get(address("breakthrough", recognised)))
    assert "<del>1</del> → <b>0</b>" in html


def test_a_case_is_written_read_and_changed(recognised, manager, neighbour, in_english):
    browser = in_english(manager)
    browser.post(address("practice_case_write", recognised), breakings.CASE | {"version": recognised.version})
    html = text(in_english(neighbour).get(address("practice_case", recognised)))
    changed = browser.post(
        address("practice_case_write", recognised), breakings.CASE | {"title": "改后的标题", "version": "1"}
    )

    assert "银行一次代递" in html
    assert changed.status_code == 302
    assert Breakthrough.objects.get().case.title == "改后的标题"


def test_the_target_is_set_by_its_form(programme, manager, in_english):
    months = {f"month_{number}": point for number, point in enumerate(breakings.POINTS, 1)}

    answer = in_english(manager).post("/breakthroughs/target/?year=2021", months | {"days_in_force": "90"})

    assert answer.status_code == 302
    assert programme.breakthrough_targets.get().total == 45


def test_the_list_leaves_as_a_file_with_its_sample_mark(recognised, manager, in_english):
    answer = in_english(manager).get("/breakthroughs/export/")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Sample" in lines[0]
    assert "《代办点管理办法》" in lines[1]


@pytest.mark.parametrize("name", ["breakthrough", "claim_form", "breakthrough_flag"])
def test_a_stranger_finds_nothing(candidate, stranger, sign_in, name):
    row = candidate.task if name == "breakthrough_flag" else candidate

    assert sign_in(stranger).get(address(name, row)).status_code == 404
