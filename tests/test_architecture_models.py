"""What every model, every record and every move keeps to."""

import pytest
from django.apps import apps
from django.db import models

from qdtrade.audit.rows import recorded_models
from qdtrade.home.management.commands.draw_workflow import TABLES, proofs

OUR_APPS = {"audit", "notices", "evidence", "accounts", "programmes", "imports", "home", "projects", "tasks", "upkeep",
            "archive", "breakthroughs", "lights", "indicators"}  # fmt: skip
OUR_MODELS = [model for model in apps.get_models() if model._meta.app_label in OUR_APPS]
RECORDED = list(recorded_models().values())
ORDERED = {
    "projects.Gate": "prefetched rows of a project come in its order",
    "tasks.Milestone": "prefetched rows of a task come in its order",
}
OUTLIVES = {
    "projects.ProjectLight": {"project", "override"},
    "tasks.TaskLight": {"task", "override"},
}
"""Kept for good, as records are: what they name may go, and they stay."""
UNRECORDED_TABLES = {
    "audit.Chain": "the records themselves",
    "audit.Checkpoint": "signs the records; each names the one before",
    "audit.Event": "the records themselves",
    "audit.RecordedObject": "the records themselves",
    "notices.Attempt": "tries to hand a mail to the mail server",
    "notices.Mail": "a notice on its way by mail; what is told is recorded by the act that tells it",
    "notices.Notice": "what people are told, and whether they read it",
    "programmes.PeriodFigure": "counted from what is recorded; freezing and restating record how many and their hash",
    "programmes.DefaultView": "in which view a person's own list opens; a preference",
    "evidence.Blob": "bytes; whose they are is recorded with the link",
    "projects.ProjectLight": "computed from what is recorded; append-only by the database's own guard",
    "tasks.TaskLight": "computed from what is recorded; append-only by the database's own guard",
    "tasks.Draft": "autosaved, and seen by its bureau alone",
    "breakthroughs.ClaimDraft": "autosaved, and seen by its bureau alone",
    "imports.ImportWorkbook": "what a reading said row by row, made anew by each; the file read is recorded",
    "imports.ImportedRow": "what an import wrote, kept to take it back; each row's own event says it",
    "accounts.Session": "who is signed in where; the sign-in itself is recorded",
    "upkeep.Heartbeat": "when a timer last ran; what it did is recorded",
}
UNRECORDED_FIELDS = {
    "accounts.User": {
        "password", "email", "phone",  # never in records (DECISIONS 15)
        "last_login", "previous_login",  # the sign-in itself is recorded
        "language", "current_programme", "mails",  # preferences
        "date_joined",  # the creating event says when
        "pinyin", "initials",  # follow from the name
    },
    "accounts.Token": {"digest", "last_used_at"},  # never a secret; its use would be a line per request
    "accounts.SignInLink": {"digest"},
    "accounts.Bureau": {"path", "pinyin", "initials"},  # follow from parent and names
    "accounts.BureauAlias": {"pinyin", "initials"},
    "programmes.Programme": {"sample_fields"},  # a programme is a sample whole or not at all
    "imports.Import": {
        "kind",  # said by the act that uploads it
        "summary", "digest", "trouble",  # what a page shows of a reading; its figures are recorded
        "done", "total", "attempts", "asked_at", "beat_at",  # how far the worker is
        "version",
    },
    "archive.Package": {"trouble", "done", "total", "attempts", "queued_at", "beat_at"},  # how far the worker is
    "archive.Verification": {
        "trouble", "done", "total", "attempts", "queued_at", "beat_at", "reached", "reached_hash",
    },
    "breakthroughs.Breakthrough": {"version"},
    "breakthroughs.BreakthroughTarget": {"version"},
    "breakthroughs.Claim": {"text"},  # follows from the content
    "breakthroughs.PracticeCase": {"version"},
    "indicators.Indicator": {"version"},
    "indicators.Reading": {"version"},
    "projects.ExpectedUpdate": {"version"},
    "projects.Gate": {"version"},
    "projects.Partner": {"pinyin", "initials"},
    "projects.Project": {"version", "pinyin", "initials"},
    "tasks.Extension": {"version"},
    "tasks.ExpectedPart": {"version"},
    "tasks.Part": {"version"},
    "tasks.Report": {"version"},
    "tasks.ReportVersion": {"text", "progress"},  # follow from the content and its decision
    "tasks.SignOff": {"content"},  # a bureau's own until it is submitted; its hash is recorded
    "tasks.Task": {"version", "pinyin", "initials"},
    "programmes.Period": {"version"},
}  # fmt: skip

each_model = pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
each_recorded = pytest.mark.parametrize("model", RECORDED, ids=lambda model: model._meta.label)


@each_model
def test_a_model_says_what_it_is_and_has_no_order_of_its_own(model):
    assert model.__doc__ and not model.__doc__.startswith(f"{model.__name__}(")
    assert not model._meta.ordering or model._meta.label in ORDERED


@each_model
def test_nothing_goes_with_what_it_refers_to(model):
    outlives = OUTLIVES.get(model._meta.label, set())
    relations = [
        field for field in model._meta.concrete_fields if field.is_relation and field.name not in outlives
    ]

    assert [field.name for field in relations if field.remote_field.on_delete is not models.PROTECT] == []


@each_model
def test_when_and_by_whom_are_set_together(model):
    fields = {field.name: field for field in model._meta.concrete_fields}
    pairs = [(at, at.removesuffix("_at") + "_by") for at in fields if at.endswith("_at")]
    checks = [
        str(one.condition) for one in model._meta.constraints if isinstance(one, models.CheckConstraint)
    ]

    apart = [
        (at, by)
        for at, by in pairs
        if by in fields
        and (fields[at].null or fields[by].null)
        and not any(at in check and by in check for check in checks)
    ]
    assert apart == []


def test_every_table_is_recorded_or_on_the_list():
    assert {model._meta.label for model in OUR_MODELS if model not in RECORDED} == set(UNRECORDED_TABLES)


@each_recorded
def test_every_field_is_recorded_or_on_the_list(model):
    fields = {field.name for field in model._meta.concrete_fields if not field.primary_key}

    assert fields - set(model.recorded) == UNRECORDED_FIELDS.get(model._meta.label, set())
    assert len(model.recorded) == len(set(model.recorded))


@each_recorded
def test_a_recorded_model_says_whose_chain_and_whose_history(model):
    assert callable(model.trail_scope)
    assert callable(model.trail_root)


def test_the_records_call_each_model_by_another_word():
    assert len(RECORDED) == sum(hasattr(model, "recorded") for model in apps.get_models())


def test_a_model_that_moves_has_a_table_of_moves():
    assert {model for model in OUR_MODELS if hasattr(model, "status")} == {model for model, _moves in TABLES}


def test_every_move_is_made_by_a_test_that_says_so():
    moves = {f"{model.__name__}.{name}" for model, moves in TABLES for name in moves}

    assert moves - proofs().keys() == set(), "mark a test: @pytest.mark.moves(…)"
    assert proofs().keys() - moves == set()


@pytest.mark.parametrize(
    ("model", "move"),
    [
        pytest.param(model, move, id=f"{model.__name__}.{move.name}")
        for model, moves in TABLES
        for move in moves.values()
    ],
)
def test_a_move_leads_between_states_of_its_model_and_says_so_in_words(model, move):
    asked = [part for part in (move.who, move.rule, move.guard, move.effect) if part is not None]

    targets = {target for source in move.sources for target in move.targets(source)}
    assert {*move.sources, *targets} <= set(model.Status.values)
    assert [part for part in asked if not (part.__doc__ or "").strip().endswith(".")] == []
