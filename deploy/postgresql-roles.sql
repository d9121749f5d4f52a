-- Who may do what in PostgreSQL: an owner, the program, an auditor. What each is for: docs/operations.md, "Three roles".
--
--     su postgres -c 'psql -d qdtrade' < deploy/postgresql-roles.sql
--
-- Run it as a superuser before the first `qdtrade --owner migrate`, and again after each: it may be run at any time, while
-- people work too, and either does all or nothing. Roles that are missing are made, without a password. Other names:
--
--     PGOPTIONS='-c qdtrade.app=register -c qdtrade.owner=register_owner -c qdtrade.auditor=inspector' psql …

DO $$
DECLARE
    owner   text := coalesce(nullif(current_setting('qdtrade.owner', true), ''), 'qdtrade_owner');
    app     text := coalesce(nullif(current_setting('qdtrade.app', true), ''), 'qdtrade');
    auditor text := coalesce(nullif(current_setting('qdtrade.auditor', true), ''), 'qdtrade_auditor');

    -- What is written once and never again, by nobody: there the program may only add.
    records text[] := ARRAY['audit_event', 'audit_recordedobject', 'audit_checkpoint', 'tasks_tasklight', 'projects_projectlight'];

    -- What is nobody's business but the person's own or the program's: sessions, attempts to sign in, inboxes and mails,
    -- drafts that were not handed in, work in the queue.
    hidden  text[] := ARRAY['accounts_session', 'django_session', 'axes_accessattempt', 'axes_accessattemptexpiration',
                            'axes_accessfailurelog', 'axes_accesslog', 'django_tasks_database_dbtaskresult',
                            'notices_attempt', 'notices_mail', 'notices_notice', 'tasks_draft'];

    -- Secrets, and how to reach people, in tables that an auditor reads otherwise.
    secret  text[] := ARRAY['accounts_user.password', 'accounts_user.email', 'accounts_user.phone',
                            'accounts_signinlink.digest', 'accounts_token.digest', 'tasks_signoff.content'];

    schema  text := current_schema();
    role    text;
    found   record;
BEGIN
    FOREACH role IN ARRAY ARRAY[owner, app, auditor] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', role);
        END IF;
    END LOOP;
    FOREACH role IN ARRAY ARRAY[app, auditor] LOOP
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = role AND (rolsuper OR rolcreaterole)) THEN
            RAISE EXCEPTION '% may do too much to be held by anything here', role
                USING hint = format('ALTER ROLE %I NOSUPERUSER NOCREATEROLE', role);
        END IF;
        IF pg_has_role(role, owner, 'MEMBER') THEN
            RAISE EXCEPTION '% is, or can become, the owner %', role, owner
                USING hint = 'Give the owner a role of its own, and let nobody be a member of it.';
        END IF;
        IF EXISTS (SELECT FROM pg_class WHERE relnamespace = schema::regnamespace AND relowner::regrole::text = quote_ident(role)) THEN
            RAISE EXCEPTION '% owns tables, so nothing can be kept from it', role
                USING hint = format('REASSIGN OWNED BY %I TO %I', role, owner);
        END IF;
    END LOOP;

    -- The database: the program may make temporary tables, which is how it shows the past; nobody else may come in.
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC, %I, %I', current_database(), app, auditor);
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO %I', current_database(), app);
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), auditor);
    EXECUTE format('GRANT ALL ON DATABASE %I TO %I', current_database(), owner);
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM PUBLIC, %I, %I', schema, app, auditor);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I, %I', schema, app, auditor);
    EXECUTE format('GRANT ALL ON SCHEMA %I TO %I', schema, owner);

    -- The tables, from nothing on.
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM PUBLIC, %I, %I', schema, app, auditor);
    EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA %I FROM PUBLIC, %I, %I', schema, app, auditor);
    EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO %I', schema, app);
    FOR found IN
        SELECT relname AS name,
               CASE WHEN relname = ANY (records) THEN 'SELECT, INSERT'
                    WHEN relname = 'django_migrations' THEN 'SELECT'
                    ELSE 'SELECT, INSERT, UPDATE, DELETE' END AS rights,
               NOT relname = ANY (hidden) AS is_read,
               (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
                 WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
                   AND NOT relname || '.' || attname = ANY (secret)) AS columns
          FROM pg_class
         WHERE relnamespace = schema::regnamespace AND relkind IN ('r', 'p')
    LOOP
        EXECUTE format('GRANT %s ON %I.%I TO %I', found.rights, schema, found.name, app);
        IF found.is_read THEN
            EXECUTE format('GRANT SELECT (%s) ON %I.%I TO %I', found.columns, schema, found.name, auditor);
        END IF;
    END LOOP;

    -- What later migrations add is the program's to use. The auditor reads none of it before this file was run again.
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I',
                   owner, schema, app);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT USAGE, SELECT ON SEQUENCES TO %I',
                   owner, schema, app);
END $$;
