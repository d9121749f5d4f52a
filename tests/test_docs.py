"""The documentation says what is there: its links, the environment variables, the commands, the import's headings."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from projects.imports import TABLE
from qdtrade.imports.reading.flat import plain
from qdtrade.indicators.imports import TABLE as readings_table
from tasks.imports.headings import field_of
from tests.draw_permissions import drawing

ROOT = Path(settings.BASE_DIR)
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)|<img src=\"([^\"]+)\"")
VARIABLE = re.compile(r"\b(?:QDTRADE_[A-Z_]+|DATABASE_URL)\b")


def told(page):
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    links = {link or image for link, image in LINK.findall(told(page))}
    local = [link for link in links if "://" not in link]

    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_environment_variable_is_explained_and_no_other():
    read = {
        name
        for source in ["qdtrade/settings.py", "qdtrade/environment.py", "tests/browser/conftest.py"]
        for name in re.findall(r"\"(QDTRADE_[A-Z_]+|DATABASE_URL)\"", told(source))
    }
    explained = set(
        re.findall(r"^\| `(QDTRADE_[A-Z_]+|DATABASE_URL)`", told("docs/reference/environment.md"), re.M)
    )

    assert explained == read


def test_pages_name_no_variable_that_nobody_reads():
    known = set(VARIABLE.findall(told("docs/reference/environment.md")))
    named = {name.removesuffix("_FILE") for page in PAGES for name in VARIABLE.findall(told(page))}

    assert named - known == set()


def test_commands_that_pages_name_are_there():
    named = {name for page in PAGES for name in re.findall(r"manage\.py ([a-z_]+)", told(page))}

    assert named - get_commands().keys() == set()


def headings_of(text):
    rows = re.findall(r"^\| (?!field \|)[a-z, ]+ \| ([^|]+) \| [^|]*\|$", text, re.M)
    return [heading.strip() for row in rows for heading in re.split("[,;]", row)]


def test_the_headings_that_the_import_page_names_are_understood():
    tasks, rest = told("docs/reference/import-columns.md").split("## Projects")
    projects, readings = rest.split("## Readings")

    assert len(headings_of(tasks)) > 60
    assert [heading for heading in headings_of(tasks) if not field_of(heading)] == []
    assert len(headings_of(projects)) > 30
    assert [heading for heading in headings_of(projects) if plain(heading) not in TABLE.names] == []
    assert len(headings_of(readings)) > 10
    assert [one for one in headings_of(readings) if plain(one) not in readings_table.names] == []


def test_the_page_of_permissions_is_drawn_from_the_table_as_it_is():
    """Stale? Run: make permissions"""
    assert told("docs/reference/permissions.md") == drawing()
