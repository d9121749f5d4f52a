"""A year's notice entered in the administration: row by row or from a file, all or none."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qdtrade.audit.models import Event
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import WorkingDay
from tests.administration import act, english, seen, sent_rows, url

LIST = "programmes_workingday"
NEW_YEAR = {"first": "2022-01-01", "last": "2022-01-03", "kind": "off", "name": "元旦"}
MAKE_UP = {"first": "2022-01-29", "kind": "work", "name": "春节"}


@pytest.fixture
def client(admin, sign_in):
    return english(sign_in(admin))


def enter(client, *rows, **more):
    return client.post(
        url(LIST, "add"), {"source": "国办发明电〔2021〕11号"} | sent_rows("days", *rows) | more
    )


def test_next_years_days_are_entered_as_the_notice_says_them(client):
    enter(client, NEW_YEAR, MAKE_UP, {"first": "", "kind": "off"})
    calendar = Calendar()

    assert WorkingDay.objects.count() == 4
    assert calendar.covers(2022)
    assert not calendar.is_working(datetime.date(2022, 1, 3))
    assert calendar.is_working(datetime.date(2022, 1, 29))
    assert set(WorkingDay.objects.values_list("source", flat=True)) == {"国办发明电〔2021〕11号"}
    assert set(Event.objects.filter(kind="workingday").values_list("door", "role")) == {("admin", "admin")}


def test_a_file_serves_as_well(client):
    text = "日期,休班,节日\n2022-01-03,休,元旦\n2022-01-29,班,春节\n"
    enter(client, file=SimpleUploadedFile("days.csv", text.encode("utf-8-sig")))

    assert WorkingDay.objects.count() == 2


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "Enter at least one day."),
        ([NEW_YEAR, MAKE_UP | {"first": "2022-01-02"}], "2022-01-02 stands here twice."),
        ([NEW_YEAR | {"last": "2023-01-01"}], "From the first day on, at most a month."),
        ([MAKE_UP | {"name": ""}], "This field is required."),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_kept(client, rows, words):
    answer = enter(client, *rows)

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not WorkingDay.objects.exists()


def test_a_file_that_is_no_table_is_refused_in_words(client):
    answer = enter(client, file=SimpleUploadedFile("days.xlsx", b"PK\x03\x04 nothing"))

    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]


def test_a_day_is_corrected_and_taken_out_with_a_reason(client):
    enter(client, MAKE_UP)
    row = WorkingDay.objects.get()
    mark = seen(row, "is_working", "name", "source")
    client.post(
        url(LIST, "change", row.pk), {"is_working": "False", "name": "春节", "source": "", "seen": mark}
    )
    assert not WorkingDay.objects.get().is_working

    act(client, LIST, "remove", [row], comment="Read wrongly.")

    assert not WorkingDay.objects.exists()
    assert Event.objects.get(action="delete").comment == "Read wrongly."


def test_reviewers_read_the_days_and_change_none(manager, sign_in):
    client = sign_in(manager)

    assert client.get(url(LIST)).status_code == 200
    assert enter(client, MAKE_UP).status_code == 403


def test_the_years_that_were_entered_stand_beside_the_list_with_their_days(client):
    enter(client, NEW_YEAR, MAKE_UP)

    year = client.get(url(LIST)).context["facets"][0]

    assert [(choice.label, choice.count) for choice in year.choices] == [("2022", 4)]
    assert len(client.get(url(LIST), {"year": "2022"}).context["rows"]) == 4


def test_all_days_that_were_entered_are_shown_and_counted(client):
    answer = client.post(
        url(LIST, "add"), {"source": "11"} | sent_rows("days", NEW_YEAR, MAKE_UP), follow=True
    )

    assert [str(one.message) for one in answer.context["messages"]] == ["4 days are entered."]
    assert len(answer.context["rows"]) == 4
