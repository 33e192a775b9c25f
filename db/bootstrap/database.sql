-- What every database of an installation starts from. Run by the superuser in the new database.

do $$
declare
    name text;
begin
    -- PUBLIC may connect and make temporary tables by default.
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to harmony_desk, harmony_service', current_database());
    -- Half-open connections, forgotten transactions and values in the log: security.md F4, P28.
    for name in
        select unnest(array[
            'tcp_keepalives_idle = 10', 'tcp_keepalives_interval = 5', 'tcp_keepalives_count = 3',
            'tcp_user_timeout = 8000', 'idle_in_transaction_session_timeout = 300000',
            'client_connection_check_interval = 2000', 'log_parameter_max_length = 0',
            'log_parameter_max_length_on_error = 0', 'log_min_error_statement = panic',
            -- An error's text and detail repeat what was typed; LOG lines, ours among them, stay.
            'log_min_messages = log', 'log_error_verbosity = terse',
            'log_min_duration_statement = -1', 'log_min_duration_sample = -1', 'log_transaction_sample_rate = 0',
            'log_statement = none',
            'default_transaction_isolation = ''read committed'''])
    loop
        execute format('alter database %I set %s', current_database(), name);
    end loop;
end $$;

revoke all on schema public from public;

-- Large objects have no row security and belong to whoever makes them (P22).
do $$
declare
    large_object_function regprocedure;
begin
    for large_object_function in
        select oid::regprocedure from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
          and proname in ('lo_create', 'lo_creat', 'lo_from_bytea', 'lo_open', 'lo_put', 'lo_import', 'lo_export',
                          'lo_truncate', 'lo_truncate64', 'lo_unlink', 'lowrite')
    loop
        execute format('revoke execute on function %s from public', large_object_function);
    end loop;
end $$;

-- Advisory locks know no permissions (P17): with one, any login could hold up an upgrade.
do $$
declare
    lock_function regprocedure;
begin
    for lock_function in
        select oid::regprocedure from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace and proname ~ '^pg_(try_)?advisory_(xact_)?lock'
    loop
        execute format('revoke execute on function %s from public', lock_function);
    end loop;
end $$;
-- Two functions of the recorder hold such a lock while a recording is taken in (65_import.sql).
grant execute on function pg_catalog.pg_try_advisory_lock(bigint) to harmony_gate;


-- Row security looks first. A cheap leakproof comparison would be tried before the policy (planner, order_qual_clauses:
-- under ten operator costs), and then EXPLAIN ANALYZE tells by "never executed" whether a hidden row met it, and a
-- stop watch does too: any column of any person could be read by halving. At 25, also for a list of one, it waits.
do $$
declare
    comparison regprocedure;
begin
    for comparison in
        select p.oid::regprocedure from pg_proc p
        where p.pronamespace = 'pg_catalog'::regnamespace and p.proleakproof and p.prorettype = 'bool'::regtype
          and p.procost < 25
    loop
        execute format('alter function %s cost 25', comparison);
    end loop;
end $$;

create schema if not exists extensions;
create extension if not exists pg_trgm schema extensions;
create extension if not exists fuzzystrmatch schema extensions;
create schema if not exists harmony authorization harmony_owner;
revoke all on schema harmony, extensions from public;
-- Holds nothing: a change of its rights makes every session plan anew (`harmony.forget_plans`).
create schema if not exists harmony_pulse authorization harmony_provisioner;
revoke all on schema harmony_pulse from public;
grant usage on schema harmony to harmony_desk, harmony_service, harmony_migrator, harmony_searcher, harmony_gate,
    harmony_auditor, harmony_discloser, harmony_keeper, harmony_fraudgate, harmony_counter, harmony_provisioner;
grant usage on schema extensions to harmony_searcher, harmony_owner, harmony_migrator;

-- Only the global form of this revoke works (P12): a function is nobody's until it is granted.
do $$
declare
    owner_name text;
begin
    foreach owner_name in array '{harmony_owner,harmony_searcher,harmony_gate,harmony_auditor,harmony_discloser,
        harmony_keeper,harmony_fraudgate,harmony_counter,harmony_provisioner}'::text[]
    loop
        execute format('alter default privileges for role %I revoke execute on functions from public', owner_name);
    end loop;
end $$;
