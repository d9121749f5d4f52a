"""What stands in deploy/: units that name commands which exist, an environment with which `check --deploy` is clean."""

import configparser
import os
import re
import subprocess
import sys

import pytest
from django.core.management import get_commands

from qdtrade.upkeep.timers import TIMERS
from tests import settings

DEPLOY = settings.BASE_DIR / "deploy"
SERVICES = sorted(DEPLOY.glob("*.service"))
TIMER_UNITS = sorted(DEPLOY.glob("*.timer"))
VARIABLES = re.compile(r"^#?((?:QDTRADE_[A-Z_]+|DATABASE_URL)(?:_FILE)?)=", re.M)
HARDENED = {
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "User": "qdtrade",
}
NOT_FOR_PRODUCTION = {"QDTRADE_DEMO", "QDTRADE_DEMO_PASSWORD", "QDTRADE_TESTING", "QDTRADE_DEBUG"}
NOT_FOR_PRODUCTION |= {"QDTRADE_REQUIRE_BROWSER"}


def unit(path):
    """A unit as systemd reads it; the same name may come twice."""
    parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.optionxform = str
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


def environment():
    """The lines of the example that are on."""
    lines = (DEPLOY / "qdtrade.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_runs_as_its_own_account_and_can_do_nothing_else(path):
    service = unit(path)["Service"]

    assert {name: service[name] for name in HARDENED} == HARDENED
    assert service["EnvironmentFile"] == "/etc/qdtrade/qdtrade.env"


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_starts_something_that_is_there(path):
    program, *arguments = unit(path)["Service"]["ExecStart"].split()

    name = program.removeprefix("/opt/qdtrade/.venv/bin/")
    assert name in {"python", "gunicorn"}
    assert (settings.BASE_DIR / ".venv" / "bin" / name).exists()
    if name == "python":
        assert arguments[0] == "manage.py"
        assert arguments[1] in get_commands()
    else:
        assert (settings.BASE_DIR / arguments[1]).is_file()


@pytest.fixture
def command(tmp_path):
    """`qdtrade …` as the account runs it, with this line in the place of the program."""

    def run(line, *arguments):
        python = tmp_path / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(f"#!/bin/bash\n{line}\n")
        python.chmod(0o755)
        (tmp_path / "environment").write_text("NAME=value\nDATABASE_URL=of the program\n")
        (tmp_path / "owner").write_text("# root's\nDATABASE_URL=of the owner\n")
        text = (DEPLOY / "qdtrade").read_text(encoding="utf-8").replace('"$(id -u)" = 0', "no = yes")
        here = {"PATH": os.environ["PATH"], "PROGRAM_FOLDER": str(tmp_path)}
        here |= {"ENVIRONMENT_FILE": str(tmp_path / "environment"), "OWNER_FILE": str(tmp_path / "owner")}
        ran = subprocess.run(
            ["bash", "-c", text, "qdtrade", *arguments], env=here, capture_output=True, text=True
        )
        return ran.stdout + ran.stderr

    return run


def test_what_a_command_leaves_is_not_for_everybody(command):
    assert command("umask") == "0027\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check"], "value, of the program, manage.py check\n"),
        (["--owner", "migrate", "--plan"], "value, of the owner, manage.py migrate --plan\n"),
    ],
)
def test_a_command_runs_as_the_program_or_as_the_owner_of_the_tables(command, arguments, says):
    assert command('echo "$NAME, $DATABASE_URL, $*"', *arguments) == says


def test_every_timer_has_a_unit_and_no_other():
    assert {path.name for path in TIMER_UNITS} == {f"qdtrade-timer@{name}.timer" for name in TIMERS}


def test_every_timer_runs_a_command_that_is_there():
    assert TIMERS.keys() <= get_commands().keys()


@pytest.mark.parametrize("path", TIMER_UNITS, ids=lambda path: path.name)
def test_a_timer_catches_up_after_a_night_without_power(path):
    timer = unit(path)["Timer"]

    assert timer["Persistent"] == "true"
    assert timer["OnCalendar"]


def test_the_example_environment_names_every_variable_of_production():
    told = (settings.BASE_DIR / "docs" / "reference" / "environment.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `(QDTRADE_[A-Z_]+|DATABASE_URL)`", told, re.M))

    named = {
        name.removesuffix("_FILE") for name in VARIABLES.findall((DEPLOY / "qdtrade.env").read_text("utf-8"))
    }
    assert named == explained - NOT_FOR_PRODUCTION


@pytest.fixture
def server(tmp_path):
    """The example environment, on a machine where its folders are; with a file for a database."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text('{"version": "1.1", "paths": {}}')
    (tmp_path / "secret").write_text("x" * 20 + "abcdefghijklmnopqrstuvwxyz0123456789")
    here = {
        "PATH": os.environ["PATH"],
        "QDTRADE_SECRET_KEY_FILE": str(tmp_path / "secret"),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'register.sqlite3'}",
        "QDTRADE_VAR": str(tmp_path),
        "QDTRADE_BACKUPS": str(tmp_path / "backups"),
    }
    return environment() | here


def checked(server):
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=server, capture_output=True, text=True, timeout=120
    )


def test_check_deploy_is_clean(server):
    ran = checked(server)

    assert (ran.returncode, ran.stderr) == (0, "")


def test_check_deploy_misses_the_static_files(server, tmp_path):
    (tmp_path / "static" / "staticfiles.json").unlink()

    assert "upkeep.E001" in checked(server).stderr


def test_check_deploy_misses_a_folder_for_evidence(server, tmp_path):
    (tmp_path / "file").write_text("")

    assert "upkeep.E002" in checked(server | {"QDTRADE_FILES": str(tmp_path / "file" / "files")}).stderr


def test_check_deploy_misses_the_program_that_copies_postgresql(server, tmp_path):
    url = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing", "PATH": str(tmp_path)}

    assert "upkeep.W001" in checked(server | url).stderr


def test_gunicorn_reads_its_settings(server):
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--check-config"]
    ran = subprocess.run(
        command, cwd=settings.BASE_DIR, env=server, capture_output=True, text=True, timeout=120
    )

    assert ran.returncode == 0, ran.stderr
