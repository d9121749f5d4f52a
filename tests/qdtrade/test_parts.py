"""The parts that pages are put together from: words beside shapes, refusals that say why, nothing the CSP forbids."""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from qdtrade.templatetags import words

TUESDAY = datetime.date(2021, 9, 28)
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
STYLES = sorted((settings.BASE_DIR / "qdtrade/static/qdtrade/css").glob("*.css"))


def drawn(source, path="/tasks/", **context):
    with translation.override("en"):
        inside = Context(context)
        inside.request = inside["request"] = RequestFactory().get(path)
        return Template(source).render(inside)


def offered(**changed):
    move = {
        "name": "return",
        "label": "Return",
        "open": True,
        "reason": "",
        "needs_comment": False,
        "url": "/r/1/",
    }
    return SimpleNamespace(**(move | changed))


@pytest.mark.parametrize("level", words.LIGHTS)
def test_a_light_is_a_shape_and_a_word(level):
    html = drawn("{% light level %}", level=level)

    assert "<svg" in html
    assert level.capitalize() in html


def test_a_light_that_is_not_set_is_a_dash():
    assert drawn('{% light "" %}') == "—"


def test_a_state_carries_the_label_of_its_model():
    assert "approved at last" in drawn('{% state "approved" "approved at last" %}')


def test_a_refused_move_stays_a_button_and_says_why():
    html = drawn("{% move_button move %}", move=offered(open=False, reason="Only a manager may."))

    assert 'aria-disabled="true"' in html
    assert '<span class="reason">Only a manager may.</span>' in html
    assert "<form" not in html


def test_an_open_move_is_a_form_that_carries_the_version():
    html = drawn("{% move_button move version=3 %}", move=offered())

    assert 'method="post" action="/r/1/"' in html
    assert 'name="version" value="3"' in html


def test_a_move_that_needs_a_reason_asks_for_it():
    assert 'name="comment"' in drawn("{% move_button move %}", move=offered(needs_comment=True))


def test_an_invented_name_is_marked_as_a_sample():
    row = SimpleNamespace(is_sample=True, source="", sample_fields=[])

    assert "sample" in drawn("{% sample_mark row %}", row=row)


def test_a_named_measure_is_marked_as_press_and_its_invented_lead_as_a_sample():
    row = SimpleNamespace(is_sample=False, source="Bandao, September 2021", sample_fields=["lead"])

    assert "press" in drawn("{% sample_mark row %}", row=row)
    assert "sample" in drawn('{% sample_mark row "lead" %}', row=row)


def test_a_row_of_a_real_register_bears_no_mark():
    row = SimpleNamespace(is_sample=False, source="Letter 12", sample_fields=[])

    assert drawn("{% sample_mark row %}", row=row) == ""


def test_progress_beyond_its_ends_stays_on_the_track():
    assert 'class="progress-fill" y="4" width="76"' in drawn("{% progress 140 50 %}")


def test_milestones_are_counted_in_words_too():
    done, late = (SimpleNamespace(state=lambda today, kind=kind: kind) for kind in ("done", "overdue"))

    assert "1 of 2 milestones done, 1 overdue" in drawn("{% diamonds rows %}", rows=[done, late])


@pytest.mark.parametrize(
    ("asked", "said"),
    [("iso", "2021-09-28"), ("day_words", "Tue 28 Sep"), ("day_short", "28 Sep"), ("weekday", "Tue")],
)
def test_a_day_is_iso_in_tables_and_words_in_sentences(asked, said):
    assert drawn("{{ day|" + asked + " }}", day=TUESDAY) == said


def test_a_moment_is_told_in_beijing_time():
    moment = datetime.datetime(2021, 9, 28, 16, 5, tzinfo=datetime.UTC)

    assert drawn("{{ moment|iso_moment }}", moment=moment) == "2021-09-29 00:05"


def test_a_second_click_on_a_heading_turns_the_order_round():
    html = drawn('{% sort_header "due_on" "Due" %}', path="/tasks/?ordering=due_on&field=2&page=3")

    assert 'aria-sort="ascending"' in html
    assert 'href="?ordering=-due_on&amp;field=2"' in html


def test_page_links_keep_the_filters():
    page = Paginator(range(60), 25).page(1)

    assert 'href="?field=2&amp;page=2"' in drawn("{% pages page %}", path="/tasks/?field=2", page=page)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_a_style_or_a_script_of_its_own(path):
    html = path.read_text()

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", html)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_style_sheet_asks_another_host_or_sets_type_under_12_px(path):
    css = path.read_text()
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)rem", css)]

    assert "url(" not in css
    assert all(size >= 0.75 for size in sizes)
