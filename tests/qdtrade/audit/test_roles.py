"""The three roles of deploy/postgresql-roles.sql: each can do what it is for, and nothing of what it must not."""

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from qdtrade.audit import guards
from qdtrade.audit.models import Checkpoint, Event
from qdtrade.upkeep.checks import nobody_who_breaks_in_can_change_the_records
from tests import factories, settings
from tests.qdtrade.audit.test_guards import COLUMN, POSTGRESQL

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

OWNER = connection.settings_dict["USER"]
SCRIPT = (settings.BASE_DIR / "deploy" / "postgresql-roles.sql").read_text(encoding="utf-8")
OF_THE_OWNER = {
    "disable": "ALTER TABLE audit_event DISABLE TRIGGER audit_event_fixed",
    "only for replicas": "ALTER TABLE audit_event ENABLE REPLICA TRIGGER audit_event_fixed",
    "drop the guard": "DROP TRIGGER audit_event_fixed ON audit_event",
    "no-op": "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql"
    " AS $$ BEGIN RETURN NULL; END $$",
    "drop the function": "DROP FUNCTION audit_refuse() CASCADE",
    "drop the table": "DROP TABLE audit_event CASCADE",
    "swap the table": "ALTER TABLE audit_event RENAME TO other",
    "rewrite a column": "ALTER TABLE audit_event ALTER COLUMN comment TYPE text USING 'x'",
    "a rule": "CREATE RULE r AS ON INSERT TO audit_event DO INSTEAD NOTHING",
    "a trigger before": "CREATE TRIGGER a BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "as a replica": "SET session_replication_role = replica",
    "a table beside": "CREATE TABLE audit_event_2 AS TABLE audit_event",
    "more rights": "ALTER ROLE CURRENT_USER SUPERUSER",
}
CHANGES = {
    f"{name} {table}": text.format(table=table, column=COLUMN[table])
    for table in guards.GUARDED
    for name, text in POSTGRESQL.items()
}
PRIVATE = {
    "accounts_session", "django_session", "axes_accessattempt", "axes_accessattemptexpiration", "axes_accessfailurelog",
    "axes_accesslog", "django_tasks_database_dbtaskresult", "notices_attempt", "notices_mail", "notices_notice",
    "tasks_draft",
}  # fmt: skip


@pytest.fixture
def roles(db):
    """The script, run as the owner within this test: names of the program's role and of the auditor's."""
    names = {name: f"{connection.settings_dict['NAME']}_{name}" for name in ("app", "auditor")}
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = CURRENT_USER")
        if not cursor.fetchone()[0]:
            pytest.skip("the role of DATABASE_URL may make no others: ALTER ROLE … CREATEROLE")
        for name, value in (names | {"owner": OWNER}).items():
            cursor.execute("SELECT set_config(%s, %s, true)", [f"qdtrade.{name}", value])
        cursor.execute(SCRIPT)
        for name in names.values():
            cursor.execute(f'GRANT "{name}" TO CURRENT_USER')
    return names


@pytest.fixture
def become(roles):
    """Everything that follows in this test is done as this role."""

    def be(name):
        with connection.cursor() as cursor:
            cursor.execute(f'SET ROLE "{roles[name]}"')

    return be


def passes(statement):
    """Whether the database lets the present role do this; it is undone."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
    except ProgrammingError as refused:
        assert refused.__cause__.sqlstate == "42501", refused  # not a slip of the pen
        return False
    return True


def rights_on_tables(role, rights):
    """The tables on which this role has one of these rights, on a column at least."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND has_any_column_privilege(%s, oid, %s)",
            [role, rights],
        )
        return {name for (name,) in cursor.fetchall()}


def every_table():
    return set(connection.introspection.table_names())


@pytest.mark.parametrize("who", ["app", "auditor"])
def test_neither_can_change_a_record_in_any_way(submitted, become, who):
    become(who)

    assert [name for name, statement in CHANGES.items() if passes(statement)] == []


@pytest.mark.parametrize("who", ["app", "auditor"])
def test_neither_can_do_what_an_owner_can(submitted, become, who):
    become(who)

    assert [name for name, statement in OF_THE_OWNER.items() if passes(statement)] == []


def test_neither_is_or_can_become_the_owner(roles):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(%s, %s, 'MEMBER'), pg_has_role(%s, %s, 'MEMBER')",
            [roles["app"], OWNER, roles["auditor"], OWNER],
        )

        assert cursor.fetchone() == (False, False)


def test_people_work_as_before_through_the_programs_role(
    report, staff, manager, auditor, sign_in, api, become, capsys
):
    become("app")

    handed_in = sign_in(staff).post(f"/reports/{report.pk}/submit/", factories.CONTENT)
    approved = api(manager).post(f"/api/v1/reports/{report.pk}/approve/")
    read = sign_in(auditor).get("/records/")
    call_command("make_checkpoint")
    call_command("verify_records")

    assert (handed_in.status_code, approved.status_code, read.status_code) == (302, 200, 200)
    assert Event.objects.filter(kind="report", action="approve").exists()
    assert Checkpoint.objects.count() == 1
    assert capsys.readouterr().err == ""


def test_the_program_may_do_its_work_on_every_table_and_only_add_to_the_records(roles):
    work = every_table() - guards.GUARDED.keys() - {"django_migrations"}

    rights = {one: rights_on_tables(roles["app"], one) for one in ("SELECT", "INSERT", "UPDATE")}

    assert rights["SELECT"] == every_table()
    assert rights["INSERT"] == work | guards.GUARDED.keys()
    assert rights["UPDATE"] == work


def test_the_program_may_make_temporary_tables_and_no_others(become):
    become("app")

    assert passes("CREATE TEMPORARY TABLE tasks_task (id bigint)")
    assert not passes("CREATE TABLE other (id bigint)")


def test_the_program_uses_what_a_later_migration_adds_and_the_auditor_waits(roles):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id bigserial PRIMARY KEY, secret text)")

    assert "later" in rights_on_tables(roles["app"], "UPDATE")
    assert "later" not in rights_on_tables(roles["auditor"], "SELECT")


def test_an_auditor_reads_all_but_what_is_private_and_writes_nothing(roles):
    assert rights_on_tables(roles["auditor"], "SELECT") == every_table() - PRIVATE
    assert rights_on_tables(roles["auditor"], "INSERT, UPDATE, REFERENCES") == set()


@pytest.mark.parametrize(
    ("question", "is_answered"),
    [
        ("SELECT line, hash, state FROM audit_event", True),
        ("SELECT * FROM tasks_task", True),
        ("SELECT username, name FROM accounts_user", True),
        ("SELECT password FROM accounts_user", False),
        ("SELECT email, phone FROM accounts_user", False),
        ("SELECT digest FROM accounts_token", False),
        ("SELECT digest FROM accounts_signinlink", False),
        ("SELECT content FROM tasks_signoff", False),
        ("CREATE TEMPORARY TABLE mine AS SELECT 1", False),
        ("SELECT nextval('audit_event_id_seq')", False),
    ],
)
def test_an_auditor_asks_for_no_secret(become, question, is_answered):
    become("auditor")

    assert passes(question) is is_answered


def test_running_it_again_changes_nothing(roles):
    with connection.cursor() as cursor:
        rights = "SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
        cursor.execute(rights)
        before = cursor.fetchall()
        cursor.execute(SCRIPT)
        cursor.execute(rights)

        assert cursor.fetchall() == before


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        ('REVOKE "{app}" FROM "{owner}"; GRANT "{owner}" TO "{app}"', "can become"),
        ('ALTER ROLE "{app}" CREATEROLE', "too much"),
        (
            'GRANT CREATE ON SCHEMA public TO "{app}"; CREATE TABLE x (); ALTER TABLE x OWNER TO "{app}"',
            "owns",
        ),
    ],
)
def test_a_role_that_could_get_around_it_is_refused(roles, spoil, says):
    with connection.cursor() as cursor:
        cursor.execute(spoil.format(owner=OWNER, app=roles["app"]))

        with pytest.raises(Exception, match=says):
            cursor.execute(SCRIPT)


def test_a_check_tells_a_server_that_works_as_the_owner(become):
    (warned,) = nobody_who_breaks_in_can_change_the_records()
    assert warned.id == "upkeep.W003"

    become("app")

    assert nobody_who_breaks_in_can_change_the_records() == []
    assert guards.missing() == []
