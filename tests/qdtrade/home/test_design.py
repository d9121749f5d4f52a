"""The page of the parts: for whoever builds a page, and for nobody else."""

import pytest
from django.test import Client, override_settings
from django.urls import path

from qdtrade.home.views import design
from qdtrade.urls import urlpatterns as every

urlpatterns = [*every, path("design/", design.design, name="design")]
"""The addresses of a server with debugging on."""


def test_it_is_served_to_nobody_where_debugging_is_off(sign_in, manager):
    assert sign_in(manager).get("/design/").status_code == 404


@override_settings(ROOT_URLCONF="tests.qdtrade.home.test_design")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_shows_the_parts(sign_in, manager, language):
    browser = sign_in(manager)
    browser.cookies["django_language"] = language

    text = browser.get("/design/").content.decode()

    assert "#9a1b12" in text
    assert 'class="light light-red' in text
    assert 'class="message message-ink"' in text
    assert 'class="heat-cell heat-red heat-strong"' in text
    assert 'class="said-figure"' in text


@override_settings(ROOT_URLCONF="tests.qdtrade.home.test_design")
def test_it_asks_who_somebody_is(db):
    assert Client().get("/design/").status_code == 302


@pytest.mark.parametrize("hue", design.hues(design.colours()), ids=lambda hue: hue.level)
def test_the_word_of_a_light_is_readable_on_every_ground(hue):
    found = design.colours()
    grounds = [found[name].code for name in ("surface", "paper")] + [hue.tint.code]

    assert min(design.contrast(hue.word.code, ground) for ground in grounds) >= 4.5


@pytest.mark.parametrize("name", ["ink", "ink-2", "ink-3"])
@pytest.mark.parametrize("ground", ["surface", "paper", "wash"])
def test_ink_is_readable_on_every_paper(name, ground):
    found = design.colours()

    assert design.contrast(found[name].code, found[ground].code) >= 4.5


def test_black_on_white_is_as_far_as_it_goes():
    assert design.contrast("#000000", "#ffffff") == pytest.approx(21)
