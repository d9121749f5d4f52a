"""The hash of a record: the one that the documentation's own example has, by the algorithm that the record names."""

import hashlib
import json
import re

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from qdtrade import environment
from qdtrade.audit import canonical, verify
from qdtrade.audit.models import Event
from tests import factories

TOLD = (settings.BASE_DIR / "docs" / "records.md").read_text(encoding="utf-8")
HAS_SM3 = "sm3" in hashlib.algorithms_available
needs_sm3 = pytest.mark.skipif(not HAS_SM3, reason="this OpenSSL has no SM3")


def example():
    """The line of the documentation, its folds taken out."""
    return re.search(r"```\n(\{.*?)\n```", TOLD, re.S)[1].replace("⏎\n", "")


def verdict():
    (found,) = verify.verify("qd-2020")
    return found


def test_the_documented_line_has_the_documented_hash():
    line = example()

    assert canonical.digest_of(line) == re.search(r"SHA-256: `([0-9a-f]{64})`", TOLD)[1]
    assert canonical.dumps(json.loads(line)) == line


@needs_sm3
def test_the_documented_line_has_the_documented_sm3():
    assert canonical.digest(example(), "sm3") == re.search(r"SM3: `([0-9a-f]{64})`", TOLD)[1]


def test_every_key_of_a_record_is_documented(submitted, programme):
    keys = {key for line in Event.objects.values_list("line", flat=True) for key in json.loads(line)}

    assert [key for key in keys if f"`{key}`" not in TOLD] == []


@needs_sm3
def test_one_chain_may_go_on_with_another_hash(submitted, manager, settings):
    settings.CHAIN_HASH = "sm3"
    factories.send_back(submitted, by=manager)

    last = Event.objects.filter(chain__scope=submitted.programme_id).order_by("-seq").first()
    assert json.loads(last.line)["alg"] == "sm3"
    assert last.hash == hashlib.new("sm3", last.line.encode()).hexdigest()
    assert verdict().fault is None


def test_a_machine_without_sm3_says_so(submitted, manager, settings, monkeypatch):
    monkeypatch.setattr(canonical.hashlib, "new", without_sm3)
    settings.CHAIN_HASH = "sm3"

    with pytest.raises(canonical.NoHash, match="SM3"):
        factories.send_back(submitted, by=manager)


@needs_sm3
def test_a_record_whose_hash_cannot_be_computed_here_is_named(submitted, manager, settings, monkeypatch):
    settings.CHAIN_HASH = "sm3"
    factories.send_back(submitted, by=manager)
    monkeypatch.setattr(canonical.hashlib, "new", without_sm3)

    fault = verdict().fault

    assert (fault.problem.code, "SM3" in fault.detail) == ("unknown", True)


def test_a_start_with_a_hash_that_is_missing_stops(monkeypatch):
    monkeypatch.setenv("QDTRADE_CHAIN_HASH", "sm3")
    monkeypatch.setattr(environment.hashlib, "new", without_sm3)

    with pytest.raises(ImproperlyConfigured, match="OpenSSL"):
        environment.hash_name("QDTRADE_CHAIN_HASH", ("sha256", "sm3"), "sha256")


def test_a_word_inside_a_text_names_no_hash():
    line = canonical.dumps({"action": '"alg":"sm3"', "alg": "sha256"})

    assert canonical.digest_of(line) == hashlib.sha256(line.encode()).hexdigest()


def test_a_file_is_bound_by_the_hash_of_its_bytes(report, staff):
    factories.attach(report, by=staff, body=b"%PDF-1.4 proof")

    event = Event.objects.get(kind="reportfile", action="attach")
    assert json.loads(event.line)["file"] == hashlib.sha256(b"%PDF-1.4 proof").hexdigest()


def without_sm3(name, content=b""):
    raise ValueError(f"unsupported hash type {name}")
