"""Breakthroughs through the API: what programs read, and every move through its own door."""

import pytest

from qdtrade.breakthroughs.models import Breakthrough
from tests import breakings, factories

URL = "/api/v1/breakthroughs/"


def make(client, row, move, **body):
    return client.post(f"{URL}{row.pk}/{move}/", body, format="json")


def test_a_breakthrough_is_shown_with_its_claim_and_moves(claimed, api, manager):
    shown = api(manager).get(URL).json()["results"][0]

    assert (shown["status"], shown["counts"], shown["is_sample"]) == ("claimed", False, False)
    assert shown["claim"]["content"]["basis"] == "《代办点管理办法》"
    assert {one["name"] for one in shown["moves"]} == {
        "recognise", "return", "not_recognise", "revoke", "promote", "take_off",
    }  # fmt: skip


def test_a_candidate_is_named_proved_and_claimed(task, staff, api):
    client = api(staff)
    made = client.post(URL, {"task": task.pk}, format="json")
    row = Breakthrough.objects.get()
    for kind in ("rule", "beneficiary"):
        body = {"file": factories.pdf(f"{kind}.pdf", f"%PDF-1.4 {kind}".encode()), "proves": kind}
        assert client.post(f"{URL}{row.pk}/proof/", body, format="multipart").status_code == 201

    answer = make(client, row, "submit-claim", content=breakings.CONTENT)

    assert (made.status_code, answer.status_code) == (201, 200)
    assert answer.json()["status"] == "claimed"


def test_a_claim_is_withdrawn(claimed, staff, api):
    assert make(api(staff), claimed, "withdraw").json()["status"] == "candidate"


@pytest.mark.parametrize(
    "move, body, status",
    [
        ("recognise", {"level": "city"}, "recognised"),
        ("return", {"comment": "Complete it.", "remarks": {"since": "Which day?"}}, "returned"),
        ("not-recognise", {"comment": "Not new."}, "not_recognised"),
    ],
)
def test_a_claim_is_decided(claimed, manager, api, move, body, status):
    assert make(api(manager), claimed, move, **body).json()["status"] == status


def test_what_was_recognised_is_passed_on_and_revoked(recognised, manager, api):
    client = api(manager)

    passed = make(client, recognised, "promote", **breakings.CASE)
    revoked = make(client, recognised, "revoke", comment="Withdrawn.")

    assert passed.json()["case"]["title"] == breakings.CASE["title"]
    assert revoked.json()["counts"] is False


def test_a_candidate_is_dropped(candidate, manager, api):
    assert make(api(manager), candidate, "take-off", comment="Not new.").json()["status"] == "dropped"


def test_a_move_on_an_older_version_is_refused(claimed, manager, api):
    headers = {"if-match": f'"{claimed.version - 1}"'}

    answer = api(manager).post(f"{URL}{claimed.pk}/recognise/", {}, format="json", headers=headers)

    assert answer.status_code == 412


def test_the_own_bureaus_reviewer_is_refused(claimed, programme, market, api):
    own = factories.member("own", programme, "manager", market)

    assert make(api(own), claimed, "recognise").status_code == 403


def test_the_target_is_read_as_a_curve(target, staff, api):
    shown = api(staff).get("/api/v1/breakthrough-targets/").json()["results"][0]

    assert (shown["total"], shown["points"]) == (45, breakings.POINTS)


def test_files_of_a_claim_are_for_those_who_see_the_task(recognised, staff, neighbour, api):
    assert api(staff).get("/api/v1/claim-files/").json()["count"] == 2
    assert api(neighbour).get("/api/v1/claim-files/").json()["count"] == 0
