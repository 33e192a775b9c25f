"""Ways to undo the guarded database, one statement or two each, and the finding that must give it away."""

from typing import NamedTuple


class Sabotage(NamedTuple):
    """What somebody does as superuser; {db}, {agent}, {other} and {staff} stand for names of the test."""

    name: str
    does: str
    code: str


TABLES = [
    Sabotage("force dropped", "alter table harmony.customer no force row level security", "row_security_not_forced"),
    Sabotage("row security off", "alter table harmony.incident disable row level security", "row_security_off"),
    Sabotage("policy added", "create policy more on harmony.customer for select to harmony_agent using (false)", "policy_unknown"),
    Sabotage("policy opened", "alter policy select_1 on harmony.preference using (true)", "policy_changed"),
    Sabotage("policy dropped", "drop policy select_1 on harmony.customer", "policy_missing"),
    Sabotage("policy for everybody", "alter policy select_1 on harmony.customer to public", "policy_for_public"),
    Sabotage("policy without check", "create policy w on harmony.task for update to harmony_agent using (true)", "policy_without_check"),
    Sabotage("select granted to agent", "grant select on harmony.incident to harmony_agent", "grant_unknown"),
    Sabotage("column granted", "grant select (iban) on harmony.bank_account to harmony_agent", "grant_unknown"),
    Sabotage("grant taken away", "revoke select on harmony.customer from harmony_agent", "grant_missing"),
    Sabotage("grant with grant option", "grant select on harmony.customer to harmony_agent with grant option", "grant_changed"),
    Sabotage("granted to PUBLIC", "grant select on harmony.setting to public", "grant_to_public"),
    Sabotage("column granted to PUBLIC", "grant select (value) on harmony.setting to public", "grant_to_public"),
    Sabotage("granted by hand to a person", 'grant select on harmony.customer to "{agent}"', "grant_unknown"),
    Sabotage("schema opened for making", "grant create on schema harmony to harmony_agent", "grant_unknown"),
    Sabotage("unknown table", "create table harmony.copy as select * from harmony.customer", "relation_unknown"),
    Sabotage("copy outside the schema", "create table public.copy as select * from harmony.customer", "relation_unknown"),
    Sabotage("table dropped", "drop table harmony.signal", "relation_missing"),
    Sabotage("table owner changed", "alter table harmony.customer owner to harmony_gate", "relation_changed"),
    Sabotage("column added", "alter table harmony.customer add bsn text", "column_unknown"),
    Sabotage("not null dropped", "alter table harmony.recording alter recorded_at drop not null", "column_changed"),
    Sabotage("default changed", "alter table harmony.file_opening alter origin set default 'x'", "column_changed"),
    Sabotage("index dropped", "drop index harmony.recording_recorded_at_idx", "index_missing"),
    Sabotage("constraint dropped", "alter table harmony.recording drop constraint recording_kept_180_days_at_most", "constraint_missing"),
    Sabotage("keys logged", "alter table harmony.epoch_key set logged", "key_table_logged"),
    Sabotage("log made unlogged", "alter table harmony.search_log set unlogged", "relation_changed"),
    Sabotage("audit trigger disabled", "alter table harmony.customer disable trigger audit", "trigger_disabled"),
    Sabotage("all triggers disabled", "alter table harmony.call disable trigger all", "trigger_disabled"),
    Sabotage("audit trigger dropped", "drop trigger audit on harmony.customer", "trigger_missing"),
    Sabotage("rule instead of writing", "create rule r as on insert to harmony.search_log do instead nothing", "rule_unknown"),
    Sabotage("plain view", "create view harmony.v as select * from harmony.customer", "view_not_invoker"),
    Sabotage("view of the caller", "create view harmony.v with (security_invoker = true) as select 1 as one", "relation_unknown"),
    Sabotage("materialized view", "create materialized view harmony.m as select 1 as one", "materialized_view"),
    Sabotage("counter can be set", 'grant update on sequence harmony.lookups_{staff} to "{agent}"', "counter_open"),
    Sabotage("window can be set", 'grant update on sequence harmony.lookup_window_{staff} to "{agent}"', "counter_open"),
    Sabotage("counter dropped", "drop sequence harmony.lookups_{staff}", "counter_missing"),
    Sabotage("large object", "select lo_create(0)", "large_object"),
    Sabotage(
        "security label",
        "set local allow_system_table_mods = on;"
        " insert into pg_seclabel values ('harmony.customer'::regclass, 'pg_class'::regclass, 0, 'x', 'y')",
        "security_label",
    ),
    Sabotage("type added", "create domain harmony.odd as text", "type_unknown"),
]  # fmt: skip

FUNCTIONS = [
    Sabotage("execute for PUBLIC", "grant execute on function harmony.data_key(bytea, bytea, uuid) to public", "execute_for_public"),
    Sabotage("execute for an agent", "grant execute on function harmony.data_key(bytea, bytea, uuid) to harmony_agent", "grant_unknown"),
    Sabotage("definer without pg_temp", "alter function harmony.clock() set search_path = harmony", "definer_search_path"),
    Sabotage("pg_temp first", "alter function harmony.clock() set search_path = pg_temp, harmony", "definer_search_path"),
    Sabotage("function owner changed", "alter function harmony.my_staff_id() owner to harmony_keeper", "function_changed"),
    Sabotage(
        "function body changed",
        "create or replace function harmony.my_staff_id() returns bigint language sql stable security definer"
        " set search_path = harmony, pg_catalog, pg_temp as 'select 1::bigint'",
        "function_changed",
    ),
    Sabotage("leakproof", "alter function harmony.fold(text) leakproof", "function_changed"),
    Sabotage("volatility", "alter function harmony.clock() immutable", "function_changed"),
    Sabotage("definer made invoker", "alter function harmony.my_open_files() security invoker", "function_changed"),
    Sabotage("name that hides a core function", "create function harmony.lower(text) returns text language sql as 'select $1'", "function_unknown"),
    Sabotage(
        "operator that hides a core one",
        "create operator harmony.= (leftarg = text, rightarg = text, function = texteq)",
        "operator_unknown",
    ),
    Sabotage("function dropped", "drop function harmony.verify_audit()", "function_missing"),
    Sabotage(
        "definer elsewhere",
        "create function public.door() returns text language sql security definer as 'select current_user::text'",
        "definer_elsewhere",
    ),
    Sabotage("core operator leakproof", "alter function pg_catalog.texticlike(text, text) leakproof", "catalogue_changed"),
    Sabotage("comparison before the policy", "alter function pg_catalog.texteq(text, text) cost 1", "catalogue_changed"),
    Sabotage("advisory locks for all", "grant execute on function pg_catalog.pg_advisory_lock(bigint) to public", "catalogue_changed"),
    Sabotage("samples of names", "alter table harmony.customer alter column last_name set statistics 100", "column_changed"),
    Sabotage("large objects for all", "grant execute on function pg_catalog.lo_create(oid) to public", "catalogue_changed"),
    Sabotage("files for an agent", "grant execute on function pg_catalog.pg_read_file(text) to harmony_agent", "catalogue_changed"),
    Sabotage("passwords readable", "grant select on pg_catalog.pg_authid to harmony_admin", "catalogue_changed"),
    Sabotage(
        "functions for all from now on",
        "alter default privileges for role harmony_gate grant execute on functions to public",
        "default_privilege_missing",
    ),
    Sabotage("extension added", "create extension citext schema extensions", "extension_unknown"),
    Sabotage(
        "event trigger",
        "create function public.e() returns event_trigger language plpgsql as 'begin end';"
        " create event trigger e on ddl_command_end execute function public.e()",
        "event_trigger_unknown",
    ),
    Sabotage("published", "create publication p for table harmony.setting", "outside_road_unknown"),
]  # fmt: skip

ROLES = [
    Sabotage("login with createrole", 'alter role "{agent}" createrole', "login_attributes"),
    Sabotage("login with bypassrls", 'alter role "{agent}" bypassrls', "login_attributes"),
    Sabotage("second superuser", "create role odd login superuser", "login_attributes"),
    Sabotage("stranger with bypassrls", "create role odd login bypassrls", "login_attributes"),
    Sabotage("door with a login", "alter role harmony_gate login", "role_attributes"),
    Sabotage("group with createdb", "alter role harmony_agent createdb", "role_attributes"),
    Sabotage("owner past row security", "alter role harmony_owner bypassrls", "role_attributes"),
    Sabotage("staff in a function role", 'grant harmony_gate to "{agent}"', "membership_unknown"),
    Sabotage("staff in the owner", 'grant harmony_owner to "{agent}"', "membership_unknown"),
    Sabotage("staff in a role of PostgreSQL", 'grant pg_read_all_data to "{agent}"', "membership_unknown"),
    Sabotage("group in a function role", "grant harmony_gate to harmony_agent", "membership_unknown"),
    Sabotage("staff in a colleague", 'grant "{other}" to "{agent}"', "membership_unknown"),
    Sabotage("admin option", 'grant harmony_agent to "{agent}" with admin option', "admin_option"),
    Sabotage("role without approval", 'grant harmony_team_lead to "{agent}"', "staff_membership_unknown"),
    Sabotage("role for a stranger", "create role odd login; grant harmony_agent to odd", "staff_membership_unknown"),
    Sabotage("role taken by hand", 'revoke harmony_agent from "{agent}" granted by harmony_provisioner', "staff_membership_missing"),
    Sabotage("provisioner without a group", "revoke harmony_agent from harmony_provisioner cascade", "membership_missing"),
    Sabotage("left and still able to log in", "update harmony.staff set active = false where id = {staff}", "login_left_open"),
    Sabotage("login locked by hand", 'alter role "{agent}" nologin', "login_missing"),
    Sabotage(
        "signature ran out",
        "update harmony.staff set confidentiality_signed_on = current_date - 2000 where id = {staff}",
        "staff_membership_unknown",
    ),
    Sabotage("password kept as MD5", "alter role \"{agent}\" password 'md5{hash}'", "password_weak"),
    Sabotage("triggers off for a login", 'alter role "{agent}" set session_replication_role = replica', "role_setting"),
    Sabotage("statements of a login logged", 'alter role "{agent}" in database {db} set log_statement = ddl', "role_setting"),
]  # fmt: skip

SERVER = [
    Sabotage("CONNECT for PUBLIC", "grant connect on database {db} to public", "database_open"),
    Sabotage("CONNECT for PUBLIC next door", "grant connect on database postgres to public", "database_open"),
    Sabotage("TEMP for PUBLIC", "grant temporary on database {db} to public", "database_open"),
    Sabotage("TEMP for agents", "grant temporary on database {db} to harmony_agent", "grant_unknown"),
    Sabotage("statements in the log", "alter database {db} set log_statement = 'all'", "log_values"),
    Sabotage("parameters in the log", "alter database {db} set log_parameter_max_length = -1", "log_values"),
    Sabotage("slow statements in the log", "alter database {db} set log_min_duration_statement = 0", "log_values"),
    Sabotage("failing statements in the log", "alter database {db} reset log_min_error_statement", "log_values"),
    Sabotage("idle time-out off", "alter database {db} set idle_in_transaction_session_timeout = 0", "timeout_missing"),
    Sabotage("cut connections kept", "alter database {db} reset tcp_user_timeout", "timeout_missing"),
    Sabotage("setting changed", "alter database {db} set tcp_keepalives_idle = 7200", "database_setting_changed"),
    Sabotage("setting added", "alter database {db} set search_path = public", "database_setting_unknown"),
    Sabotage("triggers off", "alter database {db} set session_replication_role = replica", "role_setting"),
    Sabotage(
        "clock shifted in production",
        "alter table harmony.installation drop constraint installation_only_tests_shift_the_clock;"
        " update harmony.installation set kind = 'production', clock_shift = '1 day'",
        "clock_shifted",
    ),
    Sabotage("production without fsync", "update harmony.installation set kind = 'production'", "unsafe_writes"),
    Sabotage("installation forgotten", "delete from harmony.installation", "installation_missing"),
    Sabotage("other version", "update harmony.alembic_version set version_num = '0000'", "schema_version"),
    Sabotage("staff table gone", "drop table harmony.staff cascade", "not_checked"),
]  # fmt: skip

ALL = [*TABLES, *FUNCTIONS, *ROLES, *SERVER]
