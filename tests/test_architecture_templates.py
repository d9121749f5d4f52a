"""What every template and static file keeps to: a strict policy of content, and nothing from elsewhere."""

import re

from django.conf import settings

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
STATIC = [
    path
    for path in sorted((settings.BASE_DIR / "qdtrade" / "static").rglob("*"))
    if path.suffix in {".css", ".js", ".svg"}
]
INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)", re.I)
FOREIGN = re.compile(r"(?:src|href|action|srcset|poster)\s*=\s*[\"']?\s*(?:https?:)?//", re.I)
CALLS = re.compile(r"(?:url\(|import |fetch\(|[\"'])\s*[\"']?(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}", re.I)


def matching(paths, pattern):
    """`file: text` of every match."""
    return [f"{path.name}: {match}" for path in paths for match in pattern.findall(path.read_text("utf-8"))]


def test_a_template_has_no_style_or_script_of_its_own():
    assert matching(TEMPLATES, INLINE) == []


def test_a_template_names_no_other_host():
    assert matching(TEMPLATES, FOREIGN) == []


def test_a_static_file_calls_no_other_host():
    assert [match for match in matching(STATIC, CALLS) if "www.w3.org" not in match] == []


def test_a_template_is_short():
    assert [path.name for path in TEMPLATES if len(path.read_text("utf-8").splitlines()) >= 120] == []


def test_a_template_calls_no_text_safe():
    assert matching(TEMPLATES, re.compile(r"\|\s*safe\b|autoescape\s+off|\bmark_safe\b")) == []


def test_a_form_that_posts_carries_its_token():
    forms = [(path.name, form) for path in TEMPLATES for form in FORM.findall(path.read_text("utf-8"))]

    assert [
        (name, form[:80]) for name, form in forms if 'method="post"' in form and "csrf_token" not in form
    ] == []


FORM = re.compile(r"<form\b.*?</form>", re.S | re.I)
