"""What Django and the API's framework say to people is Chinese, too, also what their own catalogues lack."""

import ast
from pathlib import Path

import django
import pytest
import rest_framework
from django.utils.translation import trans_real

SAID = [
    *((django, f"forms/{name}.py") for name in ("fields", "formsets", "models")),
    *((django, f"db/models/{name}.py") for name in ("base", "fields/__init__", "fields/related")),
    (django, "core/validators.py"),
    *((rest_framework, f"{name}.py") for name in ("exceptions", "fields", "relations", "serializers")),
]
"""Where the sentences stand that a form, an import or an answer of the API may pass on."""

TRANSLATES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}


def sentences(package, name):
    """The source of each text that this file of a package has translated."""
    tree = ast.parse((Path(package.__file__).parent / name).read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    named = (call for call in calls if getattr(call.func, "id", "") in TRANSLATES)
    return [call.args[0].value for call in named if isinstance(call.args[0], ast.Constant)]


def in_chinese():
    """Every source that has a translation; a plural stands under its first form."""
    catalogues = trans_real.translation("zh-hans")._catalog._catalogs
    return {key if isinstance(key, str) else key[0] for catalogue in catalogues for key in catalogue}


@pytest.mark.parametrize(("package", "name"), SAID)
def test_every_sentence_of_the_frameworks_has_its_chinese(package, name):
    said = sentences(package, name)

    assert said
    assert set(said) - in_chinese() == set()
