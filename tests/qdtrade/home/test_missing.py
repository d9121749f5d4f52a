"""Who has not reported."""

import pytest

from qdtrade.programmes.actions import exempt


@pytest.fixture
def missing(sign_in, period):
    def get(person, query=""):
        browser = sign_in(person)
        browser.cookies["django_language"] = "en"
        return browser.get(f"/periods/{period.pk}/missing/{query}")

    return get


def owing(answer):
    return [
        (bureau.code, [row.task.code for row, _state in rows]) for bureau, rows in answer.context["bureaus"]
    ]


def test_what_is_not_filed_stands_under_its_bureau(report, missing, manager):
    assert owing(missing(manager)) == [("scjg", [report.task.code])]


def test_what_is_filed_is_not_missing(submitted, missing, manager):
    answer = missing(manager)

    assert owing(answer) == []
    assert "Everybody has reported" in answer.content.decode()


def test_what_is_exempt_is_not_missing_and_not_owed(report, missing, manager):
    exempt(report.expected, by=manager, reason="Handed over")

    answer = missing(manager)

    assert answer.context["totals"] == {"owed": 0, "filed": 0, "drafts": 0}
    assert owing(answer) == []


def test_the_export_holds_the_same_rows(report, missing, manager, sign_in):
    address = missing(manager).context["export"]

    lines = b"".join(sign_in(manager).get(address)).decode().splitlines()

    assert "filed=false" in address
    assert sum(report.task.code in line for line in lines) == 1


def test_a_bureau_sees_what_it_owes_itself(report, missing, staff, neighbour):
    assert owing(missing(staff)) == [("scjg", [report.task.code])]
    assert owing(missing(neighbour)) == []


def test_another_programmes_period_is_not_found(missing, stranger):
    assert missing(stranger).status_code == 404


def test_a_filter_by_bureau_keeps_its_rows(field, report, commerce, neighbour, missing, manager):
    assert owing(missing(manager, "?bureau=sww")) == []
