"""Rows that many tests stand on are made by real moves once per process; the next tests get the same statements again.

A move asks the database some two hundred questions before it writes; that is what a test of it is for, and what every
other test need not pay. On SQLite alone: on PostgreSQL everything is built for real. `@replayed` marks a fixture whose
writes are kept with the way that led to it: which fixtures were built before it, when, in which language and under
which settings. A test that has gone another way, or whose database is not as the fixtures left it, builds for real.
"""

import functools
import inspect
import io
import pickle
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection, models, transaction
from django.utils.translation import get_language

from qdtrade import clock
from qdtrade.audit.models import Chain

HARMLESS = ("SELECT", "BEGIN", "SAVEPOINT", "RELEASE")
OF_THE_TEST = {"MEDIA_ROOT", "SIGNING_KEY_FILE", "PACKAGES"}
"""Settings that differ in every test, and are in no row."""


@dataclass
class Step:
    """What building one fixture did: to the database, to its sequences, to the files and to the objects at hand."""

    made: int
    """Which of the objects at hand it gave: a new one, or an old one in which it changed something."""
    kind: type
    writes: list
    sequences: dict
    files: dict
    states: dict


_steps: dict[tuple, Step] = {}


class Way:
    """How the database of one test came to be: these fixtures, in this order, and nothing else."""

    def __init__(self):
        self.steps = ()
        self.objects = {}
        self.writes = None
        self.has_strayed = connection.vendor != "sqlite" or Chain.objects.exists()

    def watch(self, execute, sql, params, many, context):
        """Every statement of the test: a write is part of the fixture that is being built, or leads astray."""
        answer = execute(sql, params, many, context)
        if not sql.startswith(HARMLESS):
            if self.writes is None or sql.startswith("ROLLBACK"):
                self.has_strayed = True
            else:
                self.writes.append((sql, params, many))
        return answer

    def build(self, make, given):
        if self.has_strayed or not all(self.knows(thing) for thing in given.values()):
            return make(**given)
        self.steps += (
            (make.__module__, make.__qualname__, clock.now(), get_language(), *changed_settings()),
        )
        step = _steps.get(self.steps)
        return self.repeat(step) if step else self.record(make, given)

    def knows(self, thing):
        return thing is None or any(thing is known for known in self.objects.values())

    def record(self, make, given):
        states, sequences, files = self.states(), last_numbers(), kept_files()
        self.writes = []
        try:
            made = make(**given)
        finally:
            writes, self.writes = self.writes, None
        if isinstance(made, models.Model | SimpleNamespace) and not self.has_strayed:
            name = next((name for name, known in self.objects.items() if known is made), len(self.steps))
            self.objects[name] = made
            changed = {name: state for name, state in self.states().items() if states.get(name) != state}
            moved = {
                name: sequences.get(name)
                for name, number in last_numbers().items()
                if sequences.get(name) != number
            }
            new = {path: body for path, body in kept_files().items() if path not in files}
            _steps[self.steps] = Step(name, type(made), writes, moved, new, changed)
        else:
            self.has_strayed = True
        return made

    def repeat(self, step):
        self.writes = []
        with transaction.atomic():
            set_numbers(step.sequences)
            write(step.writes)
        self.writes = None
        for path, body in step.files.items():
            target = Path(settings.MEDIA_ROOT, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
        self.objects.setdefault(step.made, step.kind.__new__(step.kind))
        for name, state in step.states.items():
            inside = vars(self.objects[name])
            inside.clear()
            inside.update(Unpacker(io.BytesIO(state), self.objects).load())
        return self.objects[step.made]

    def states(self):
        """Everything that the objects at hand hold and remember."""
        return {name: packed(thing.__dict__, self.objects) for name, thing in self.objects.items()}


class Packer(pickle.Pickler):
    """Names the objects at hand, so that whoever holds one holds the same one again."""

    def __init__(self, file, objects):
        super().__init__(file)
        self.names = {id(thing): name for name, thing in objects.items()}

    def persistent_id(self, thing):
        return self.names.get(id(thing))


class Unpacker(pickle.Unpickler):
    def __init__(self, file, objects):
        super().__init__(file)
        self.objects = objects

    def persistent_load(self, name):
        return self.objects[name]


def packed(thing, objects):
    file = io.BytesIO()
    Packer(file, objects).dump(thing)
    return file.getvalue()


def changed_settings():
    """What fixtures before this one have set."""
    holder, changed = settings._wrapped, {}
    while hasattr(holder, "default_settings"):
        changed = {name: repr(value) for name, value in vars(holder).items() if name.isupper()} | changed
        holder = holder.default_settings
    return sorted((name, value) for name, value in changed.items() if name not in OF_THE_TEST)


def kept_files():
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def write(writes):
    with connection.cursor() as cursor:
        for sql, params, many in writes:
            (cursor.executemany if many else cursor.execute)(sql, params)


def last_numbers():
    """Where the sequences stand: a flush does not set them back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        return dict(cursor.fetchall())


def set_numbers(numbers):
    """Lets the statements that follow be given the ids that they name; nothing for what was never counted."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM sqlite_sequence WHERE name = %s", [(name,) for name in numbers])
        known = [(name, number) for name, number in numbers.items() if number is not None]
        cursor.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", known)


@pytest.fixture
def way(db):
    """How this test's database came to be as it is."""
    way = Way()
    with connection.execute_wrapper(way.watch):
        yield way


def replayed(make):
    """Marks a fixture that makes one row, and whatever belongs to it, by moves and actions alone."""

    @functools.wraps(make)
    def fixture(way, **given):
        return way.build(make, given)

    asked = inspect.signature(make)
    first = inspect.Parameter("way", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    fixture.__signature__ = asked.replace(parameters=[first, *asked.parameters.values()])
    del fixture.__wrapped__
    return fixture
