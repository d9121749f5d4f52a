"""Claims at the review desk."""

import pytest

from qdtrade.breakthroughs.models import Breakthrough
from tests import breakings, factories


@pytest.fixture
def browser(in_english, manager):
    return in_english(manager)


def decide(browser, row, move, **typed):
    return browser.post(f"/desk/{row.pk}/breakthrough/", {"move": move, "version": row.version} | typed)


def test_a_claim_waits_in_the_queue_with_its_parts_and_levels(claimed, browser):
    html = browser.get(f"/desk/{claimed.pk}/breakthrough/").content.decode()

    assert "1 claim of a breakthrough" in html
    assert "银行代企业一次递交" in html
    assert "needs a document of the province; none is attached" in html


def test_recognising_says_the_level_and_counts(claimed, browser):
    assert decide(browser, claimed, "recognise", level="city").status_code == 302

    assert Breakthrough.objects.counted().get().level == "city"


def test_a_level_without_its_document_is_refused_and_loses_nothing(claimed, browser):
    answer = decide(browser, claimed, "recognise", level="nation", **{"remark-novelty": "Where?"})

    assert answer.status_code == 400
    assert "Where?" in answer.content.decode()


def test_it_is_returned_with_remarks_beside_the_parts(claimed, browser):
    decide(browser, claimed, "return", comment="Complete it.", **{"remark-compared": "Which three?"})

    claim = claimed.claims.get()
    assert (claim.decision, claim.remarks) == ("returned", {"compared": "Which three?"})


def test_it_is_not_recognised_with_a_reason(claimed, browser):
    assert decide(browser, claimed, "not_recognise").status_code == 400
    decide(browser, claimed, "not_recognise", comment="Not new.")

    assert Breakthrough.objects.get().status == "not_recognised"


def test_what_reads_alike_and_was_recognised_stands_beside(
    recognised, field, market, manager, staff, browser
):
    task = factories.accepted_task(field, market, by=manager, accepted_by=staff)
    again = breakings.claimed(task, by=staff)

    answer = browser.get(f"/desk/{again.pk}/breakthrough/")

    assert [one.row for one in answer.context["alike"]] == [recognised]


def test_who_comes_second_is_told_what_the_first_decided(claimed, browser, in_english, programme, office):
    decide(browser, claimed, "return", comment="Complete it.")

    third = factories.member("manager3", programme, "manager", office)
    late = decide(in_english(third), claimed, "recognise")

    assert late.status_code in {409, 412}
    assert "Complete it." in late.content.decode()


def test_a_reviewer_of_the_bureau_sees_why_somebody_else_decides(claimed, programme, market, in_english):
    own = factories.member("own", programme, "manager", market)

    html = in_english(own).get(f"/desk/{claimed.pk}/breakthrough/").content.decode()

    assert "This is of your own bureau; another reviewer must decide it." in html
