"""How the house is built, asked of the source itself; who may import whom is asked by import-linter."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models

from qdtrade.audit.rows import recorded_models
from qdtrade.home.management.commands.draw_workflow import TABLES
from qdtrade.workflow import Move

ROOT = settings.BASE_DIR
SOURCES = sorted(
    path
    for part in ("qdtrade", "tasks")
    for path in (ROOT / part).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
OUR_APPS = {"audit", "notices", "evidence", "accounts", "programmes", "home", "tasks"}
OUR_MODELS = [model for model in apps.get_models() if model._meta.app_label in OUR_APPS]


def name(path):
    return str(path.relative_to(ROOT))


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path):
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]


def each(paths):
    return pytest.mark.parametrize("path", paths, ids=name)


# Writing ----------------------------------------------------------------------------------------------------------

WRITING = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
WRITERS = {
    "qdtrade/audit/trail.py": "the only way to change a recorded row",
}
RECORDING = {"unit", "record", "create", "create_many", "change", "apply", "delete", "lock"}


def writes(path):
    """Whether this file is one of those that may change rows: actions, moves, the trail."""
    return "actions" in path.parts or path.name in {"actions.py", "workflow.py"} or name(path) in WRITERS


@each([path for path in SOURCES if not writes(path)])
def test_only_actions_moves_and_the_trail_write(path):
    found = [
        f"line {call.lineno}: .{call.func.attr}()"
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITING
    ]

    assert found == []


@each([path for path in SOURCES if not writes(path)])
def test_only_actions_and_moves_record(path):
    found = [
        f"line {node.lineno}: trail.{node.attr}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "trail"
        and node.attr in RECORDING
    ]

    assert found == []


@each([path for path in SOURCES if writes(path)])
def test_a_save_names_its_fields(path):
    saves = [
        call
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "save"
        and not (isinstance(call.func.value, ast.Name) and call.func.value.id == "default_storage")
    ]

    whole = [
        call.lineno
        for call in saves
        if not {k.arg for k in call.keywords} & {"update_fields", "force_insert"}
    ]
    assert whole == []


SQL = {
    "qdtrade/workflow.py": "locks a row for share",
    "qdtrade/audit/guards.py": "triggers",
}


@each([path for path in SOURCES if name(path) not in SQL])
def test_nobody_else_speaks_sql(path):
    spoken = {"execute", "executemany", "raw", "extra", "cursor"}

    found = [
        call.lineno
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in spoken
    ]
    assert found == []


@each([path for path in SOURCES if name(path) != "qdtrade/audit/apps.py"])
def test_there_are_no_signals(path):
    assert not re.search(r"\bsignals\b|@receiver", path.read_text(encoding="utf-8"))


def test_the_one_signal_sets_up_the_guards():
    assert "post_migrate.connect(guards.stand" in (ROOT / "qdtrade/audit/apps.py").read_text(encoding="utf-8")


# Reading ----------------------------------------------------------------------------------------------------------

DOORS = {"views", "api", "admin", "serializers", "forms", "filters", "exports", "templatetags", "work"}
UNSCOPED = {
    ("qdtrade/programmes/filters.py", "Bureau"): "names for a filter's choices; the list itself is scoped",
}


def is_door(path):
    return bool(DOORS & {*path.relative_to(ROOT).parts, path.stem}) or path.name in {"shell.py", "urls.py"}


@each([path for path in SOURCES if is_door(path)])
def test_a_door_reads_through_visible_to(path):
    found = [
        f"line {node.lineno}: {node.value.value.id}.objects.{node.attr}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr in {"objects", "_default_manager", "_base_manager"}
        and isinstance(node.value.value, ast.Name)
        and node.attr not in {"visible_to", "none"}
        and (name(path), node.value.value.id) not in UNSCOPED
    ]

    assert found == []


@each(SOURCES)
def test_nobody_asks_django_for_a_row_past_its_scope(path):
    assert "get_object_or_404(" not in path.read_text(encoding="utf-8").replace(
        "get_object_or_404(queryset", ""
    ) or all(
        _starts_scoped(call) for call in calls(path) if getattr(call.func, "id", "") == "get_object_or_404"
    )


def _starts_scoped(call):
    return "visible_to" in ast.unparse(call.args[0])


ORDERED = {"tasks.Milestone": "prefetched rows of a task come in its order"}


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_models_have_no_order_of_their_own(model):
    assert not model._meta.ordering or model._meta.label in ORDERED


# Records ----------------------------------------------------------------------------------------------------------

UNRECORDED_TABLES = {
    "audit.Chain": "the records themselves",
    "audit.Event": "the records themselves",
    "audit.RecordedObject": "the records themselves",
    "notices.Notice": "what people are told; read marks",
    "evidence.Blob": "bytes; their links are recorded",
    "tasks.Draft": "autosaved; seen by its bureau alone",
}
UNRECORDED_FIELDS = {
    "accounts.User": {
        "password", "email", "phone",  # never in records (DECISIONS 15)
        "last_login", "previous_login",  # the sign-in itself is recorded
        "language", "current_programme",  # preferences
        "date_joined",  # the creating event says when
    },
    "accounts.Bureau": {"path"},  # follows from parent
    "programmes.Programme": {"sample_fields"},  # a programme is a sample whole or not at all
    "tasks.Report": {"version"},
    "tasks.Task": {"version"},
    "programmes.Period": {"version"},
}  # fmt: skip
RECORDED = list(recorded_models().values())


def test_every_table_is_recorded_or_on_the_list():
    assert {model._meta.label for model in OUR_MODELS if model not in RECORDED} == set(UNRECORDED_TABLES)


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model._meta.label)
def test_every_field_is_recorded_or_on_the_list(model):
    fields = {field.name for field in model._meta.concrete_fields if not field.primary_key}

    assert fields - set(model.recorded) == UNRECORDED_FIELDS.get(model._meta.label, set())
    assert len(model.recorded) == len(set(model.recorded))


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model._meta.label)
def test_a_recorded_model_says_whose_chain_and_whose_history(model):
    assert callable(model.trail_scope)
    assert callable(model.trail_root)


def test_words_for_recorded_models_are_unique():
    assert len(recorded_models()) == sum(hasattr(model, "recorded") for model in apps.get_models())


def pairs():
    """Each (model, name_at, name_by)."""
    for model in OUR_MODELS:
        names = {field.name: field for field in model._meta.concrete_fields}
        for at in names:
            by = at.removesuffix("_at") + "_by"
            if at.endswith("_at") and by in names:
                yield pytest.param(names[at], names[by], model, id=f"{model._meta.label}.{at}")


@pytest.mark.parametrize(("at", "by", "model"), list(pairs()))
def test_when_and_by_whom_are_set_together(at, by, model):
    checks = [
        str(one.condition) for one in model._meta.constraints if isinstance(one, models.CheckConstraint)
    ]

    assert (not at.null and not by.null) or any(at.name in check and by.name in check for check in checks)


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_nothing_that_others_refer_to_is_deleted_with_it(model):
    cascades = [
        f.name
        for f in model._meta.concrete_fields
        if f.is_relation and f.remote_field.on_delete != models.PROTECT
    ]

    assert cascades == []


# Moves ------------------------------------------------------------------------------------------------------------

MOVES = [
    pytest.param(model, move, id=f"{model.__name__}.{move.name}")
    for model, table in TABLES
    for move in table.values()
]


@pytest.mark.parametrize(("model", "move"), MOVES)
def test_a_move_says_who_when_and_what_in_words(model, move):
    asked = [part for part in (move.who, move.rule, move.guard, move.effect) if part is not None]

    assert all(part.__doc__ and part.__doc__.strip().endswith((".", "one.")) for part in asked)


@pytest.mark.parametrize(("model", "move"), MOVES)
def test_a_move_leads_between_states_of_its_model(model, move):
    states = set(model.Status.values)

    assert {*move.sources, move.target, *move.other_targets} <= states


@pytest.mark.parametrize(("model", "table"), TABLES, ids=lambda part: getattr(part, "__name__", ""))
def test_every_move_of_the_source_is_in_its_table(model, table):
    module = __import__(next(iter(table.values())).effect.__module__, fromlist=["_"])
    written = {one.name for one in vars(module).values() if isinstance(one, Move)}

    assert written - {other for _model, moves in TABLES for other in moves} == set()


def test_the_drawing_of_the_workflow_is_fresh():
    call_command("draw_workflow", check=True)


# Form -------------------------------------------------------------------------------------------------------------


@each(SOURCES)
def test_a_file_is_read_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 450


@each(SOURCES)
def test_a_function_fits_the_screen(path):
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 50
    ]

    assert long == []


@each([path for path in SOURCES if path.name not in {"apps.py", "environment.py"}])
def test_imports_stand_at_the_top(path):
    inside = [
        node.lineno
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert inside == []


@each([path for path in SOURCES if writes(path) or path.name == "rules.py"])
def test_what_changes_or_refuses_says_so_in_words(path):
    silent = [
        node.name
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]

    assert silent == []


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_a_model_says_what_it_is(model):
    assert model.__doc__ and not model.__doc__.startswith(f"{model.__name__}(")


@each([path for path in SOURCES if path.name in {"actions.py"} or "actions" in path.parts])
def test_an_action_asks_who_acts_and_has_no_default_for_it(path):
    unnamed = []
    for function in tree(path).body:
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
            keywords = dict(
                zip([a.arg for a in function.args.kwonlyargs], function.args.kw_defaults, strict=True)
            )
            if keywords.get("by") is not None:
                unnamed.append(function.name)

    assert unnamed == []


VAGUE = re.compile(r"(Manager|Helper|Utils?|Base|Service)$")
VAGUE_ALLOWED = {"UserManager"}


@each(SOURCES)
def test_names_say_something(path):
    classes = [node.name for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]

    assert [one for one in classes if VAGUE.search(one) and one not in VAGUE_ALLOWED] == []
    assert path.stem not in {"utils", "helpers", "common", "misc", "base"}


# Templates and static files ---------------------------------------------------------------------------------------

FOREIGN = re.compile(r"""(?:src|href|action|srcset|poster)\s*=\s*["']?\s*(?:https?:)?//""", re.I)
INLINE = re.compile(
    r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\bsrc=)""", re.I
)


@each(TEMPLATES)
def test_a_template_has_no_style_script_or_foreign_host_of_its_own(path):
    text = path.read_text(encoding="utf-8")

    assert INLINE.findall(text) == []
    assert FOREIGN.findall(text) == []


@each(TEMPLATES)
def test_a_template_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < 120


@each(TEMPLATES)
def test_a_template_never_calls_a_text_safe(path):
    assert not re.search(r"\|\s*safe\b|autoescape\s+off|mark_safe", path.read_text(encoding="utf-8"))


STATIC = sorted(
    path
    for path in (ROOT / "qdtrade/static").rglob("*")
    if path.suffix in {".css", ".js", ".svg"} and path.is_file()
)


@each(STATIC)
def test_static_files_call_no_other_host(path):
    text = re.sub(r"http://www\.w3\.org/\S+", "", path.read_text(encoding="utf-8"))

    assert not re.search(
        r"""(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}""", re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    )


def test_no_text_of_ours_promises_to_be_done_later():
    word = "TO" + "DO"
    texts = [*SOURCES, *TEMPLATES, *STATIC, *Path(ROOT / "tests").rglob("*.py")]

    assert [
        name(path)
        for path in texts
        if re.search(rf"\b({word}|FIXME|XXX)\b", path.read_text(encoding="utf-8"))
    ] == []
