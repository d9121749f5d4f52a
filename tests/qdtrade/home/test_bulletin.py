"""The figures of a bulletin: the same on page, print view and Word file, kept when frozen, put right beside."""

import datetime
import io
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models import F
from docx import Document

from qdtrade import clock
from qdtrade.audit.models import Event
from qdtrade.breakthroughs import workflow as breakthroughs
from qdtrade.breakthroughs.models import Breakthrough
from qdtrade.programmes import actions
from qdtrade.programmes import workflow as periods
from qdtrade.programmes.models import Export, Restatement
from qdtrade.workflow import perform
from tasks.models import Milestone, Task
from tests import breakings, factories, signings


@pytest.fixture
def running(staff, head, neighbour, auditor, admin, stranger, root, field, market, commerce, manager, task):
    """A period in which one of two bureaus filed, beside a signed project."""
    signings.project(signings.sector(field.programme, by=manager), market, by=manager)
    factories.accepted_task(field, commerce, by=manager, accepted_by=neighbour)
    period = factories.open_period(field.programme, by=manager)
    factories.submit(factories.report_of(task, period), by=staff)
    return period


@pytest.fixture
def frozen(running, manager):
    closed = factories.close_period(running, by=manager)
    with clock.at(closed.closes_at):
        kept = perform(periods.FREEZE_PERIOD, closed, by=manager)
    with clock.at(closed.closes_at + datetime.timedelta(days=10)):
        yield kept


def excuse(period, manager):
    """What the figures follow from is put right: the bureau that did not file owed nothing."""
    row = period.expectedreports.get(first_submitted_at=None)
    row.exempt_reason, row.exempt_by, row.exempt_at = "Not begun.", manager, clock.now()
    row.save(update_fields=["exempt_reason", "exempt_by", "exempt_at"])


def page_of(client, period, view=""):
    return client.get(f"/bulletin/{period.pk}/{view}")


def lines(answer):
    """By section and part the value of each line."""
    return {
        (section.name, one.part): one.value
        for section in answer.context["bulletin"].sections
        for block in section.blocks
        for one in block.lines
    }


def test_sections_stand_in_the_order_of_a_bulletin(running, in_english, manager):
    found = [section.name for section in page_of(in_english(manager), running).context["bulletin"].sections]

    order = ["progress", "breakthroughs", "lights", "reporting", "slippage", "signings"]
    assert [name for name in found if name in order] == order


def test_every_figure_has_its_formula_and_its_day(running, in_english, manager):
    sections = page_of(in_english(manager), running).context["bulletin"].sections
    figures = [one for section in sections for block in section.blocks for one in block.lines]

    assert [one.label for one in figures if not one.formula or not one.as_of] == []
    coverage = next(one for one in figures if one.label == "Coverage rate")
    assert (coverage.value, coverage.division) == ("50.0%", "1 ÷ 2")


@pytest.mark.parametrize("who", ["manager", "auditor", "admin"])
def test_a_number_opens_exactly_as_many_rows(running, in_english, who, request):
    client = in_english(request.getfixturevalue(who))
    content = page_of(client, running).content.decode()
    found = re.findall(r'class="opens" href="([^"]+)">(\d+)<', content)

    opened = [(url, client.get(unescape(url)).context["page"].paginator.count, int(n)) for url, n in found]
    assert [url for url, rows, number in opened if rows != number] == []
    assert len(opened) > 10


def test_what_waits_what_was_revoked_and_what_is_later_opens_its_rows(
    running, task, field, market, manager, staff, in_english
):
    """A returned claim is still to be claimed; what another year recognised and lost is not this year's."""
    tasks = [factories.accepted_task(field, market, by=manager, accepted_by=staff) for _number in range(3)]
    breakings.flag(tasks[0], by=manager)
    returned = breakings.claimed(tasks[1], by=staff)
    perform(breakthroughs.RETURN, returned, by=manager, comment="Complete it.")
    for one in (task, tasks[2]):
        revoked = breakings.recognise(breakings.claimed(one, by=staff), by=manager)
        breakings.revoke(breakings.whole(revoked), by=manager)
    Breakthrough.objects.filter(task=tasks[2]).update(recognised_on=datetime.date(2020, 12, 1))
    Task.objects.filter(pk=task.pk).update(due_on=task.baseline_due_on + datetime.timedelta(days=20))
    Milestone.objects.filter(task=task).update(plan_on=F("baseline_on") + datetime.timedelta(days=9))
    client = in_english(manager)

    blocks = page_of(client, running).context["bulletin"].sections
    figures = {one.part: one for section in blocks for block in section.blocks for one in block.lines}

    for part, number in (("candidates", 2), ("revoked", 1), ("slipped", 1), ("milestone_tasks", 1)):
        opened = client.get(figures[part].url).context["page"].paginator.count
        assert (part, opened, figures[part].value) == (part, number, str(number))
    assert figures["days"].url == figures["slipped"].url
    assert figures["milestones"].value == str(task.milestones.count())


def test_a_period_that_is_not_frozen_says_so_and_counts_now(running, in_english, manager):
    client = in_english(manager)
    assert "Not frozen yet" in page_of(client, running).content.decode()

    Task.objects.update(status=Task.Status.SUSPENDED)

    assert lines(page_of(client, running))["progress", "suspended"] == "2"


def test_a_frozen_period_never_changes(frozen, in_english, manager):
    client = in_english(manager)
    before = lines(page_of(client, frozen))

    Task.objects.update(status=Task.Status.DONE)
    frozen.expectedreports.update(first_submitted_at=None, first_submitted_on=None)
    after = page_of(client, frozen)

    assert lines(after) == before
    assert "Frozen on" in after.content.decode()


def test_a_kept_number_leads_to_its_rows_as_they_stood_then(frozen, in_english, manager):
    content = page_of(in_english(manager), frozen).content.decode()
    found = [
        parse_qs(urlsplit(unescape(url)).query)
        for url in re.findall(r'class="opens" href="([^"]+)"', content)
    ]

    moment = frozen.closes_at.astimezone(clock.BEIJING)
    assert {asked["as_of"][0] for asked in found} == {moment.replace(tzinfo=None).isoformat()}


def test_a_restatement_shows_both_values_with_reason_and_name(frozen, in_english, manager):
    excuse(frozen, manager)
    client = in_english(manager)

    answer = client.post(f"/bulletin/{frozen.pk}/restate/", {"reason": "The bureau owed nothing."})
    content = page_of(client, frozen).content.decode()

    assert answer.status_code == 302
    assert re.search(r"<del[^>]*>50\.0%</del> <ins>(<a [^>]*>)?100\.0%", content)
    assert "The bureau owed nothing." in content
    assert Restatement.objects.get().made_by == manager


def test_the_list_of_periods_says_which_figures_were_restated(frozen, in_english, manager, staff):
    def shown(person):
        return in_english(person).get("/periods/").content.decode().count(">restated</a>")

    assert shown(manager) == 0
    excuse(frozen, manager)
    actions.restate(frozen, by=manager, reason="The bureau owed nothing.")

    assert (shown(manager), shown(staff)) == (1, 0)


def test_the_page_of_the_period_shows_both_values_too(frozen, in_english, manager):
    excuse(frozen, manager)
    actions.restate(frozen, by=manager, reason="The bureau owed nothing.")

    content = in_english(manager).get(f"/periods/{frozen.pk}/").content.decode()

    assert re.search(r'data-label="Exempt"><del>0</del> <a [^>]*>1</a>', content)
    assert re.search(r'data-label="Coverage %"><del>50\.0</del> <a [^>]*>100\.0', content)


def test_a_restatement_without_a_reason_or_a_difference_is_refused(frozen, in_english, manager):
    client = in_english(manager)

    nothing = client.post(f"/bulletin/{frozen.pk}/restate/", {"reason": "So."})
    excuse(frozen, manager)
    no_reason = client.post(f"/bulletin/{frozen.pk}/restate/", {"reason": " "})

    assert (nothing.status_code, no_reason.status_code) == (409, 400)
    assert not Restatement.objects.exists()


def test_at_a_moment_before_it_a_restatement_was_not_made(frozen, in_english, manager):
    excuse(frozen, manager)
    actions.restate(frozen, by=manager, reason="The bureau owed nothing.")
    day = clock.day_of(frozen.closes_at)

    then = in_english(manager).get(f"/bulletin/{frozen.pk}/?as_of={day}")

    assert lines(then)["reporting", "rate_coverage"] == "50.0%"
    assert "<del" not in then.content.decode()


def test_the_word_file_holds_every_figure_of_the_page(frozen, in_english, manager):
    excuse(frozen, manager)
    actions.restate(frozen, by=manager, reason="The bureau owed nothing.")
    client = in_english(manager)
    sections = page_of(client, frozen).context["bulletin"].sections

    document = Document(io.BytesIO(page_of(client, frozen, "word/").content))

    held = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    quoted = [one for section in sections for block in section.blocks for one in block.lines]
    quoted += [cell for section in sections for block in section.blocks for grid in block.grids
               for row in grid.rows for cell in row.cells if cell]  # fmt: skip
    assert [one for one in quoted if f"{one.struck} {one.value}".strip() not in held] == []
    assert {one.label for section in sections for block in section.blocks for one in block.lines} <= held
    assert "The bureau owed nothing." in held
    assert "50.0% 100.0%" in held


def test_the_print_view_holds_every_figure_of_the_page(frozen, in_english, manager):
    client = in_english(manager)
    sections = page_of(client, frozen).context["bulletin"].sections

    printed = page_of(client, frozen, "print/").content.decode()

    quoted = [one for section in sections for block in section.blocks for one in block.lines]
    assert [one for one in quoted if f">{one.value}</td>" not in printed] == []
    assert not re.search(r"<script>|style=", printed)


def test_a_word_file_that_leaves_is_recorded(frozen, in_english, auditor):
    answer = page_of(in_english(auditor), frozen, "word/")

    export = Export.objects.get()
    assert (export.what, export.made_by, export.filters["format"]) == ("bulletin", auditor, "docx")
    assert export.rows > 20
    assert Event.objects.filter(kind="export", action="export").exists()
    assert "bulletin-202109" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("who", ["staff", "head", "neighbour"])
@pytest.mark.parametrize("view", ["", "print/", "word/"])
def test_figures_of_the_whole_are_not_for_a_smaller_scope(running, in_english, who, view, request):
    client = in_english(request.getfixturevalue(who))

    assert page_of(client, running, view).status_code == 403
    assert client.get("/bulletin/").status_code == 403
    assert not Export.objects.exists()


def test_without_an_address_the_period_that_closed_last_is_shown(frozen, programme, in_english, manager):
    factories.open_period(programme, by=manager, month=10)

    assert in_english(manager).get("/bulletin/").context["period"] == frozen


def test_a_programme_without_a_period_says_so(programme, in_english, manager):
    assert "No period has opened yet" in in_english(manager).get("/bulletin/").content.decode()


def test_sample_data_is_told_on_page_and_paper(running, in_english, manager):
    Task.objects.update(is_sample=True)
    client = in_english(manager)

    said = "These figures count sample data"
    texts = [one.text for one in Document(io.BytesIO(page_of(client, running, "word/").content)).paragraphs]
    assert said in page_of(client, running).content.decode()
    assert any(said in text for text in texts)
