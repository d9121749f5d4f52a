"""The one search box: what it understands, what it finds, and what it keeps to itself."""

import re

import pytest

from qdtrade.accounts import actions as accounts
from qdtrade.audit import trail
from qdtrade.programmes import finding
from qdtrade.workflow import perform
from tasks import workflow
from tasks.actions import register, reports
from tasks.models import ReportVersion, Task
from tests import factories


@pytest.fixture
def named(field, market, manager, staff):
    """A task with a name that can be said."""
    return factories.accepted_task(
        field, market, by=manager, accepted_by=staff, code="6-01", title="优化知识产权发展框架",
        standard="出台保护条例。",
    )  # fmt: skip


@pytest.fixture
def said(named, programme, manager, staff):
    """Its report, submitted, in which a word stands that stands nowhere else."""
    report = factories.report_of(named, factories.open_period(programme, by=manager))
    return factories.submit(
        report, by=staff, done="召开座谈会。梳理知识产权清单，收到意见86条。完成。", problems="缺编制"
    )


def found(client, text, **more):
    """{group: the names that the page links to}, and the page's words."""
    page = client.get("/search/", {"q": text, **more})
    assert page.status_code == 200
    html = page.content.decode()
    groups = {}
    for name, part in re.findall(r'id="found-(\w+)">(.*?)</section>', html, re.S):
        links = re.findall(r"data-hit>(.*?)</a>", part, re.S)
        groups[name] = [re.sub(r"<[^>]+>|\s", "", link) for link in links]
    return groups, html


@pytest.mark.parametrize(
    "text", ["6-01", "知识产权", "zscq", "zhishichanquan", "保护条例", "市场监管", "scjg"]
)
def test_a_task_is_found_by_code_name_sound_standard_and_bureau(text, named, manager, sign_in):
    groups, _html = found(sign_in(manager), text)

    assert groups["tasks"] == ["优化知识产权发展框架"]


def test_the_page_says_what_a_reading_was_taken_for_and_searches_texts_for_it(said, manager, sign_in):
    groups, html = found(sign_in(manager), "zscq")

    assert "<b>知识产权</b>" in html
    assert len(groups["reports"]) == 1
    assert "<mark>知识产权</mark>清单" in html  # the sentence, not the whole text
    assert "召开座谈会" not in html


def test_as_it_is_written_takes_no_word_for_a_reading(said, manager, sign_in):
    groups, html = found(sign_in(manager), "zscq", exactly=1)

    assert groups == {}
    assert "知识产权" not in html


def test_several_words_narrow_it_down(said, manager, sign_in):
    client = sign_in(manager)

    assert found(client, "scjg 知识")[0]["tasks"] == ["优化知识产权发展框架"]
    assert "tasks" not in found(client, "知识 商务局")[0]
    assert len(found(client, "6-01 86条")[0]["reports"]) == 1


@pytest.mark.parametrize("text", ["市场监督", "scjg", "shichangjianguan", "工商局", "gsj"])
def test_a_bureau_is_found_by_its_names_and_their_sounds(text, named, market, manager, sign_in):
    accounts.add_alias(market, "市工商局", by=accounts.service_user())

    groups, html = found(sign_in(manager), text)

    assert groups["bureaus"] == ["市市场监管局"]
    assert "1" in html


def test_people_are_found_by_those_who_look_after_them(admin, manager, staff, sign_in):
    assert found(sign_in(admin), "staff")[0]["people"] == ["staff"]
    assert "people" not in found(sign_in(manager), "staff")[0]


def test_nothing_found_says_what_was_tried(named, manager, sign_in):
    groups, html = found(sign_in(manager), "qqqq")

    assert groups == {}
    assert 'class="empty"' in html


def test_an_empty_box_asks_for_something(manager, sign_in):
    assert found(sign_in(manager), "")[0] == {}


@pytest.mark.parametrize("text", ["x" * 101, "a\x00b"])
def test_what_nobody_types_is_refused(text, manager, sign_in):
    assert sign_in(manager).get("/search/", {"q": text}).status_code == 400


def test_a_text_in_which_characters_mean_something_to_the_database_is_taken_as_it_is(named, manager, sign_in):
    for text in ("%", "_", "\\", "'", '"', "<b>", "(", "[", "*" * 20):
        assert found(sign_in(manager), text)[0] == {}


# What is not shown ------------------------------------------------------------------------------------------------


def test_a_task_out_of_sight_is_neither_shown_nor_counted(said, neighbour, sign_in):
    groups, html = found(sign_in(neighbour), "知识产权")

    assert groups == {}
    assert "6-01" not in html


def test_a_reading_learns_nothing_from_names_out_of_sight(said, neighbour, sign_in):
    assert "知识产权" not in found(sign_in(neighbour), "zscq")[1]


@pytest.mark.parametrize("who", ["staff", "manager", "auditor", "admin"])
def test_a_draft_is_nobodys_to_find(who, report, staff, request, sign_in):
    reports.save_draft(report, factories.CONTENT | {"done": "未定稿的话"}, by=staff, seen=0)
    person = request.getfixturevalue(who)

    assert found(sign_in(person), "未定稿")[0] == {}


def test_a_withdrawn_version_is_not_found(said, staff, manager, sign_in):
    perform(workflow.WITHDRAW, said, by=staff)

    assert "reports" not in found(sign_in(manager), "86条")[0]
    assert ReportVersion.objects.get().text


def test_what_a_reviewer_wrote_is_found(said, manager, staff, sign_in):
    factories.send_back(said, by=manager, comment="请补充名单", remarks={"done": "哪些意见？"})

    assert len(found(sign_in(staff), "补充名单")[0]["reports"]) == 1
    assert len(found(sign_in(staff), "哪些意见")[0]["reports"]) == 1


@pytest.mark.parametrize("name", ["task", "report", "expectedreport"])
def test_lists_of_the_api_search_by_the_same_function(name, said, manager, api):
    for text in ("zscq", "保护条例", "市场监管"):
        answer = api(manager).get(f"/api/v1/{name.replace('tedr', 'ted-r')}s/", {"search": text})
        assert answer.json()["count"] == 1


def test_lists_of_reports_search_what_they_say(said, manager, api, sign_in):
    assert api(manager).get("/api/v1/reports/", {"search": "86条"}).json()["count"] == 1
    assert "6-01" in sign_in(manager).get("/reports/", {"q": "86条"}).content.decode()
    assert "6-01" not in sign_in(manager).get("/reports/", {"q": "87条"}).content.decode()


# What is kept beside a row ----------------------------------------------------------------------------------------


def test_another_title_sounds_otherwise_at_once(named, manager):
    register.edit_task(named, {"title": "重庆经验"}, by=manager, comment="")

    assert Task.objects.get(pk=named.pk).initials == "cqjy"


def test_rows_made_in_bulk_have_their_sounds(programme, field, market, manager):
    rows = [Task(programme=programme, field=field, code="9-01", title="长沙", standard="x", lead=market,
                 starts_on="2021-01-01", due_on="2021-02-01", registered_at="2021-01-01T00:00Z")]  # fmt: skip
    with trail.unit():
        trail.create_many(rows, by=manager)

    assert Task.objects.get(code="9-01").pinyin == " chang sha"


def test_what_follows_from_a_row_is_in_no_record(named):
    from qdtrade.audit.models import Event

    assert "zscq" not in "".join(Event.objects.values_list("line", flat=True))


def test_groups_come_in_their_order():
    names = [group.name for group in finding.in_order()]

    assert names[:2] == ["tasks", "reports"]
    assert names.index("bureaus") < names.index("people")
