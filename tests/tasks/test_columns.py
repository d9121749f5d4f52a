"""Columns, order and files of lists: what stands on the screen is what prints and what leaves."""

import csv
import datetime
import io
import re
from html import unescape

import pytest

from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import Task
from tests import factories
from tests.answers import leave

LISTS = {
    "/tasks/": "/tasks/export/",
    "/reports/": "/expected-reports/export/",
    "/records/": "/records/export/",
}
CHOICES = {
    "/tasks/": ["", "show=lead&show=standard&show=status", "show=plan,report,supporting"],
    "/reports/": ["", "show=timeliness&show=done&show=due_on", "show=progress,forecast_on"],
    "/records/": ["", "show=who&show=reason", "show=hash,utc,kind"],
}
MARKS = {"Sample", "Invented fields", "Own-choice measure"}
"""What a name bears on the page is a column in a file."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(field, market, commerce, manager, staff, programme):
    """Three tasks that differ in everything a column shows, and a period with a report."""
    for code, title, day, lead in (
        ("1-02", "B", 20, market),
        ("1-01", "C", 10, commerce),
        ("1-03", "A", 30, market),
    ):
        task = factories.task(
            field, lead, by=manager, code=code, title=title, due_on=datetime.date(2022, 6, day),
            milestones=[("One", datetime.date(2021, 6, day)), ("Two", datetime.date(2022, 6, day))],
            supporting=() if lead == commerce else (commerce,),
        )  # fmt: skip
        if lead == market:
            perform(workflow.ACCEPT, task, by=staff)
    period = factories.open_period(programme, by=manager)
    factories.submit(factories.report_of(Task.objects.get(code="1-02"), period), by=staff)


@pytest.fixture
def reader(register, manager, sign_in):
    client = sign_in(manager)
    client.cookies["django_language"] = "en"
    client.get("/records/")  # opening them is recorded once
    return client


def headings(html):
    head = re.search(r"<thead.*?</thead>", html, re.S).group()
    found = re.findall(r"<th\b.*?</th>", head, re.S)
    texts = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]
    return ["By plan %" if text == "actual plan" else text for text in texts]


def codes(html):
    return re.findall(r'<td class="code[^"]*">([^<]+)</td>', html)


def leaving(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    leave(answer)
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize(("page", "choice"), [(page, choice) for page in LISTS for choice in CHOICES[page]])
def test_a_file_has_the_columns_of_the_screen(page, choice, reader):
    html = reader.get(f"{page}?{choice}").content.decode()

    file = leaving(reader, f"{LISTS[page]}?{choice}&columns=screen")

    assert [heading for heading in file[0] if heading not in MARKS] == headings(html)


@pytest.mark.parametrize("page", ["/tasks/", "/reports/"])
def test_a_file_has_the_rows_of_the_screen_in_its_order_by_every_column(page, reader):
    html = reader.get(page).content.decode()
    orders = set(
        re.findall(r'<option value="(-?\w+)"', html.split('id="id_ordering"')[1].split("</select>")[0])
    )
    assert len(orders) >= 18

    for order in sorted(orders):
        html = reader.get(f"{page}?ordering={order}").content.decode()
        file = leaving(reader, f"{LISTS[page]}?ordering={order}&columns=screen")
        place = file[0].index("Code")
        assert (order, [row[place] for row in file[1:]]) == (order, codes(html))


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["1-02", "1-03", "1-01"]),
        ("-late", ["1-02", "1-03", "1-01"]),
        ("late", ["1-03", "1-02", "1-01"]),
        ("plan", ["1-03", "1-02", "1-01"]),
        ("title", ["1-03", "1-02", "1-01"]),
        ("due_on", ["1-01", "1-02", "1-03"]),
        ("report", ["1-03", "1-02", "1-01"]),
        ("supporting", ["1-02", "1-03", "1-01"]),
        ("milestones", ["1-02", "1-01", "1-03"]),
    ],
)
def test_the_register_sorts_by_what_its_columns_show(order, expected, reader):
    assert codes(reader.get("/tasks/", {"ordering": order}).content.decode()) == expected


def test_records_sort_by_a_column_and_go_on_by_pages(reader):
    html = reader.get("/records/", {"ordering": "who"}).content.decode()
    way = re.search(r'rel="next" href="([^"]*)"', html)[1]
    following = reader.get(f"/records/{unescape(way)}").content.decode()

    numbers = [re.findall(r'id="e(\d+)"', text) for text in (html, following)]
    assert numbers[0] and numbers[1] and not set(numbers[0]) & set(numbers[1])


@pytest.mark.parametrize("page", LISTS)
def test_a_column_that_there_is_not_is_named(page, reader):
    for address in (page, LISTS[page]):
        answer = reader.get(address, {"show": "salary", "columns": "screen"})
        assert answer.status_code == 400
        assert "salary" in answer.content.decode()


def test_columns_stay_while_the_filters_change(reader):
    html = reader.get("/tasks/?show=lead&show=status&q=1").content.decode()
    form = html.split('<form class="filters"')[1].split("</form>")[0]

    assert form.count('type="hidden" name="show"') == 2
    assert "show=lead&amp;show=status" in html.split('rel="next"')[0]  # the headings' links


def test_a_text_column_is_shown_whole_to_the_pointer_and_escaped(field, market, manager, sign_in):
    factories.task(field, market, by=manager, standard="<b>bold</b> standard")

    html = sign_in(manager).get("/tasks/?show=standard").content.decode()

    assert "&lt;b&gt;bold&lt;/b&gt; standard" in html
