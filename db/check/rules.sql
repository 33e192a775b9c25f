-- What must never be, whoever filed it: each part gives a row (object, what was found) for every breach.
-- The sentence that goes with a code is in sentences.py; the reason is in security.md under the number named here.

-- code: row_security_off
-- P6. Without row security a grant shows every row.
select c.oid::regclass::text, null from pg_class c
where c.relnamespace = 'harmony'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity;

-- code: row_security_not_forced
-- P6. The owner, and with him every view he owns, would see all rows.
select c.oid::regclass::text, null from pg_class c
where c.relnamespace = 'harmony'::regnamespace and c.relkind in ('r', 'p') and not c.relforcerowsecurity;

-- code: policy_for_public
select format('%s on %s', p.polname, p.polrelid::regclass), null from pg_policy p where 0 = any (p.polroles);

-- code: policy_without_check
-- P30. What may be written must be said, not derived from what may be seen.
select format('%s on %s', p.polname, p.polrelid::regclass), null from pg_policy p
where p.polcmd in ('a', 'w', '*') and p.polwithcheck is null;

-- code: definer_search_path
-- P11. A table in pg_temp would be found first.
select f.oid::regprocedure::text, (select s from unnest(f.proconfig) s where s like 'search\_path=%')
from pg_proc f
where f.pronamespace = 'harmony'::regnamespace and f.prosecdef and f.prosqlbody is null
  and not exists (select from unnest(f.proconfig) s where s ~ '^search_path=.*\mpg_temp\M"?$');

-- code: definer_elsewhere
select f.oid::regprocedure::text, f.proowner::regrole::text from pg_proc f
where f.prosecdef and f.oid >= 16384 and f.pronamespace <> 'harmony'::regnamespace
  and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = f.oid and d.deptype = 'e');

-- code: execute_for_public
-- P12. Every function is everybody's until that is taken away.
select f.oid::regprocedure::text, null from pg_proc f
where f.pronamespace = 'harmony'::regnamespace
  and exists (select from aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a where a.grantee = 0);

-- code: grant_to_public
select 'table ' || c.oid::regclass, a.privilege_type
from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
where a.grantee = 0 and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
union all
select format('column %s.%s', t.attrelid::regclass, t.attname), a.privilege_type
from pg_attribute t join pg_class c on c.oid = t.attrelid join pg_namespace n on n.oid = c.relnamespace,
    aclexplode(t.attacl) a
where a.grantee = 0 and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
union all
select 'schema ' || n.nspname, a.privilege_type from pg_namespace n, aclexplode(n.nspacl) a
where a.grantee = 0 and n.nspname !~ '^pg_' and n.nspname <> 'information_schema';

-- code: view_not_invoker
-- P5. A plain view runs with its owner's rights.
select c.oid::regclass::text, null from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'v' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not coalesce(c.reloptions && '{security_invoker=true,security_invoker=on,security_invoker=1}', false)
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e');

-- code: materialized_view
-- P5. Row security does not reach into one.
select c.oid::regclass::text, null from pg_class c where c.relkind = 'm';

-- code: key_table_logged
-- B2. What is logged reaches the WAL, the backups and the standbys.
select c.oid::regclass::text, null from pg_class c
where c.relnamespace = 'harmony'::regnamespace and c.relname = 'epoch_key' and c.relpersistence <> 'u';

-- code: trigger_disabled
-- The audit, and the internal triggers that keep foreign keys.
select format('%s on %s', t.tgname, t.tgrelid::regclass), null
from pg_trigger t join pg_class c on c.oid = t.tgrelid
where c.relnamespace = 'harmony'::regnamespace and t.tgenabled <> 'O';

-- code: database_open
-- P22. Into every database of the server, for from a neighbour one can lock, fill and listen.
select d.datname, string_agg(a.privilege_type, ', ' order by a.privilege_type)
from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
where a.grantee = 0 and d.datname <> 'template0'
group by d.datname;

-- code: counter_open
-- P25. Who can set his own counter can search without a limit; the gate itself sets the window's alone.
select c.oid::regclass::text, format('%s, %s', c.relowner::regrole, c.relacl::text) from pg_class c
where c.relnamespace = 'harmony'::regnamespace and c.relname ~ '^lookup(s|_window)_[0-9]+$' and (
    c.relkind <> 'S' or c.relowner <> 'harmony_owner'::regrole
    or exists (select from aclexplode(c.relacl) a
        where a.grantee <> c.relowner and (a.grantee <> 'harmony_gate'::regrole
            or a.privilege_type = 'UPDATE' and c.relname ~ '^lookups_')));

-- code: counter_missing
select format('harmony.%s_%s', counter, s.id), null
from harmony.staff s, unnest('{lookups,lookup_window}'::text[]) counter
where to_regclass(format('harmony.%s_%s', counter, s.id)) is null;

-- code: installation_missing
select 'harmony.installation', null where not exists (select from harmony.installation);

-- code: clock_shifted
select 'harmony.installation', i.clock_shift::text from harmony.installation i
where i.clock_shift <> interval '0' and i.kind <> 'test';

-- code: log_values
-- P28. Set for the database, so that no server-wide setting shows through; safe values only.
with safe (name, pattern) as (values
    ('log_statement', '^none$'), ('log_min_duration_statement', '^-1$'), ('log_min_duration_sample', '^-1$'),
    ('log_transaction_sample_rate', '^0(\.0*)?$'), ('log_parameter_max_length', '^0$'),
    ('log_parameter_max_length_on_error', '^0$'), ('log_min_error_statement', '^(panic|fatal)$'),
    ('log_min_messages', '^(log|fatal|panic)$'), ('log_error_verbosity', '^terse$')),
chosen as (
    select split_part(item, '=', 1) as name, substr(item, strpos(item, '=') + 1) as value
    from pg_db_role_setting s, unnest(s.setconfig) item
    where s.setrole = 0 and s.setdatabase = (select oid from pg_database where datname = current_database()))
select safe.name, coalesce(chosen.value, current_setting(safe.name))
from safe left join chosen using (name)
where coalesce(chosen.value, '') !~ safe.pattern
union all
select name, setting from pg_settings
where name in ('shared_preload_libraries', 'session_preload_libraries') and setting ~ 'auto_explain'
   or name ~ '^debug_print_' and name <> 'debug_pretty_print' and setting = 'on';

-- code: timeout_missing
-- F4. A pulled cable or a forgotten transaction would hold its locks for hours.
with chosen as (
    select split_part(item, '=', 1) as name, substr(item, strpos(item, '=') + 1) as value
    from pg_db_role_setting s, unnest(s.setconfig) item
    where s.setrole = 0 and s.setdatabase = (select oid from pg_database where datname = current_database()))
select needed, chosen.value
from unnest('{idle_in_transaction_session_timeout,tcp_user_timeout,client_connection_check_interval}'::text[]) needed
left join chosen on chosen.name = needed
where coalesce(chosen.value, '0') ~ '^0[a-z]*$';

-- code: role_setting
-- Set for a login these win over the database's; the first three switch rules off.
select format('%s: %s', r.rolname, split_part(item, '=', 1)), substr(item, strpos(item, '=') + 1)
from pg_db_role_setting s join pg_roles r on r.oid = s.setrole, unnest(s.setconfig) item
where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
  and split_part(item, '=', 1) ~ '^(session_replication_role|row_security|session_preload_libraries|log_.*|tcp_user_timeout|zero_damaged_pages|allow_system_table_mods|lo_compat_privileges)$'
union all
select format('%s: %s', d.datname, split_part(item, '=', 1)), substr(item, strpos(item, '=') + 1)
from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase, unnest(s.setconfig) item
where s.setrole = 0 and d.datname = current_database()
  and split_part(item, '=', 1) ~ '^(session_replication_role|row_security|session_preload_libraries|zero_damaged_pages|allow_system_table_mods|lo_compat_privileges)$'
union all
select name, setting from pg_settings
where name in ('allow_system_table_mods', 'lo_compat_privileges', 'zero_damaged_pages', 'ignore_checksum_failure')
  and setting = 'on';

-- code: unsafe_writes
-- A crash would lose what was confirmed. A database of kind `test` may trade that for speed.
select name, setting from pg_settings
where name in ('fsync', 'full_page_writes') and setting = 'off'
  and exists (select from harmony.installation where kind <> 'test');

-- code: password_weak
-- A client that is handed an MD5 challenge gives away what it takes to log in.
select r.rolname, null from pg_authid r
where r.rolpassword is not null and r.rolpassword !~ '^SCRAM-SHA-256'
  and exists (select from harmony.staff s where s.login = r.rolname)
union all
select 'password_encryption', setting from pg_settings where name = 'password_encryption' and setting <> 'scram-sha-256';

-- code: security_label
select format('%s: %s', provider, objname), label from pg_seclabels;

-- code: large_object
-- P22. Nobody can make one; this one is outside every rule.
select l.oid::text, l.lomacl::text from pg_largeobject_metadata l;
