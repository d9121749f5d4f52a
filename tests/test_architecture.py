"""How the house is built, asked of its source; who may import whom is asked by import-linter."""

import ast
import re
from functools import cache

from django.conf import settings
from django.core.management import call_command

ROOT = settings.BASE_DIR
SOURCES = sorted(
    path
    for part in ("projects", "qdtrade", "tasks")
    for path in (ROOT / part).rglob("*.py")
    if "migrations" not in path.parts
)


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path):
    return str(path.relative_to(ROOT))


def found(paths, kinds, wrong):
    """`file:line name` of every node of these kinds in which something is wrong."""
    return [
        f"{name(path)}:{node.lineno} {ast.unparse(getattr(node, 'func', node)).splitlines()[0][:80]}"
        for path in paths
        for node in ast.walk(tree(path))
        if isinstance(node, kinds) and wrong(path, node)
    ]


def method(node):
    """The name of the method that a call calls."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


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
RECORDING = {"unit", "record", "create", "create_many", "change", "apply", "delete", "lock"}
WRITERS = {
    "qdtrade/audit/trail.py": "the only way to change a recorded row",
    "qdtrade/documents/packing.py": "writes a Word file into memory, and knows no database",
    "qdtrade/archive/packing/verify.py": "leaves with a package, and knows no database",
    "qdtrade/pictures_child/__main__.py": "writes a picture on its own standard output",
}
SQL = {
    "qdtrade/workflow.py": "locks a row for share",
    "qdtrade/audit/guards.py": "sets up triggers, and reads them",
    "qdtrade/audit/shadows.py": "hides tables by what they held at another moment",
    "qdtrade/past/mending.py": "mends what hides a table",
    "qdtrade/home/copied.py": "lets PostgreSQL write the records as files",
    "qdtrade/trigrams.py": "sets up PostgreSQL's indexes inside texts",
    "qdtrade/upkeep/alone.py": "takes PostgreSQL's advisory locks",
    "qdtrade/upkeep/dumps.py": "holds one moment of PostgreSQL for a backup",
}


def writes(path):
    """Whether this file is one of those that may change rows: actions, moves, the trail."""
    return bool({"actions", "workflow"} & {*path.relative_to(ROOT).parts, path.stem}) or name(path) in WRITERS


ACTIONS = [path for path in SOURCES if "actions" in {*path.relative_to(ROOT).parts, path.stem}]
DOORS_AND_READERS = [path for path in SOURCES if not writes(path)]


def test_only_actions_moves_and_the_trail_write():
    assert found(DOORS_AND_READERS, ast.Call, lambda path, node: method(node) in WRITING) == []


def test_only_actions_and_moves_record():
    def records(path, node):
        return ast.unparse(node.value) == "trail" and node.attr in RECORDING and name(path) not in ONE_UNIT

    assert found(DOORS_AND_READERS, ast.Attribute, records) == []


ONE_UNIT = {
    "qdtrade/programmes/management/commands/add_bureau.py": "a bureau and its other names, or neither",
    "qdtrade/programmes/management/commands/add_person.py": "a person and their role, or neither",
    "qdtrade/home/demo/house.py": "everything of a step of the demo, or nothing",
    "qdtrade/home/management/commands/remove_samples.py": "the sample signings and the tasks they serve, or neither",
    "qdtrade/home/demo/replay.py": "everything of a step of the demo, or nothing",
}
"""Commands that make one act of several actions."""


def test_a_save_names_its_fields():
    def saves_whole(path, node):
        to_storage = ast.unparse(node.func) == "default_storage.save"
        to_file = bool({"pictures_child", "documents"} & {*path.parts})
        named = {keyword.arg for keyword in node.keywords} & {"update_fields", "force_insert"}
        return method(node) == "save" and not (to_storage or to_file or named)

    assert found(SOURCES, ast.Call, saves_whole) == []


def test_nobody_else_speaks_sql():
    others = [path for path in SOURCES if name(path) not in SQL]

    assert (
        found(others, ast.Call, lambda path, node: method(node) in {"execute", "raw", "extra", "cursor"})
        == []
    )


def test_the_one_signal_sets_up_the_guards():
    with_signals = [
        name(path) for path in SOURCES if re.search(r"\bsignals\b|@receiver", path.read_text("utf-8"))
    ]

    assert with_signals == ["qdtrade/audit/apps.py"]
    assert "post_migrate.connect(guards.stand" in (ROOT / with_signals[0]).read_text("utf-8")


GLOBALS = {
    "qdtrade/audit/past.py": "the look at the past that is being taken",
    "qdtrade/audit/trail.py": "the open unit",
    "qdtrade/clock.py": "the moment of the demo and of tests",
}


def test_who_acts_is_never_kept_in_a_global():
    kept = re.compile(r"\b(threading\.local|ContextVar\[[^]]*\]*)\(|= contextvars\.ContextVar")

    assert {name(path) for path in SOURCES if kept.search(path.read_text("utf-8"))} == set(GLOBALS)


def test_an_action_has_no_default_for_who_acts():
    def has_default(path, node):
        return any(
            arg.arg == "by" and default
            for arg, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        )

    assert found(ACTIONS, ast.FunctionDef, has_default) == []


# Reading ----------------------------------------------------------------------------------------------------------

DOORS = {
    "views",
    "api",
    "admin",
    "serializers",
    "forms",
    "filters",
    "exports",
    "templatetags",
    "work",
    "shell",
}
UNSCOPED = {}


def is_door(path):
    return bool(DOORS & {*path.relative_to(ROOT).parts, path.stem})


def test_a_door_reads_through_visible_to():
    def unscoped(path, node):
        of = node.value
        is_rows = isinstance(of, ast.Attribute) and of.attr in {
            "objects",
            "_default_manager",
            "_base_manager",
        }
        return (
            is_rows
            and node.attr not in {"visible_to", "none"}
            and (name(path), ast.unparse(of.value)) not in UNSCOPED
        )

    assert found([path for path in SOURCES if is_door(path)], ast.Attribute, unscoped) == []


# Form -------------------------------------------------------------------------------------------------------------

SPEAKING = [
    path
    for path in SOURCES
    if writes(path) or {"rules", "models"} & {*path.relative_to(ROOT).parts, path.stem}
]
VAGUE = re.compile(r"(Manager|Helper|Utils?|Base|Service)$")
VAGUE_ALLOWED = {"UserManager"}


def test_a_file_is_read_in_one_sitting():
    long = {name(path) for path in SOURCES if len(path.read_text("utf-8").splitlines()) > 450}

    assert long == {"qdtrade/archive/packing/verify.py"}  # must stand alone


def test_a_function_fits_the_screen():
    assert found(SOURCES, ast.FunctionDef, lambda path, node: node.end_lineno - node.lineno >= 50) == []


def test_imports_stand_at_the_top():
    late = {"apps.py", "environment.py"}
    inside = [path for path in SOURCES if path.name not in late]

    assert (
        found(inside, ast.FunctionDef, lambda path, node: any(imports(child) for child in ast.walk(node)))
        == []
    )


def imports(node):
    return isinstance(node, ast.Import | ast.ImportFrom)


def test_what_changes_or_refuses_says_so_in_words():
    def is_silent(path, node):
        return node in tree(path).body and not node.name.startswith("_") and not ast.get_docstring(node)

    assert found(SPEAKING, ast.FunctionDef | ast.ClassDef, is_silent) == []


def test_names_say_something():
    assert (
        found(
            SOURCES,
            ast.ClassDef,
            lambda path, node: VAGUE.search(node.name) and node.name not in VAGUE_ALLOWED,
        )
        == []
    )
    assert [
        name(path) for path in SOURCES if path.stem in {"utils", "helpers", "common", "misc", "base"}
    ] == []


def test_nothing_is_put_off():
    put_off = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    texts = [*SOURCES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]

    assert [name(path) for path in texts if put_off.search(path.read_text("utf-8"))] == []


def test_the_drawing_of_the_workflow_is_fresh():
    call_command("draw_workflow", check=True)


# Words ------------------------------------------------------------------------------------------------------------

TRANSLATING = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}


def test_no_text_is_asked_for_inside_an_f_string():
    """What collects the texts does not look into one, so such a text would stay untranslated and nobody would know."""

    def asks(path, node):
        calls = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
        return any(isinstance(one, ast.Name) and one.id in TRANSLATING for one in calls)

    assert found(SOURCES, ast.JoinedStr, asks) == []


def test_texts_are_asked_for_by_names_that_are_collected():
    """A text under any other name, such as `gettext_lazy as lazy`, would never reach the translators."""

    def renames(path, node):
        names = [(one.name, one.asname) for one in node.names if one.name in TRANSLATING]
        return any(asname not in {None, "_"} for _name, asname in names)

    assert found(SOURCES, ast.ImportFrom, renames) == []
