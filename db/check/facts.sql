-- What a database consists of, as (object, facts): asked of the live database and of one that was just built from
-- this program's files, and compared. Each part begins with its kind. Names only, no oids: those differ.
-- Extensions' own objects are left out where they come with the extension; `catalogue` sees whether somebody
-- changed what PostgreSQL brought. Counters of staff (lookups_17, lookup_window_17) are data: `rules.sql` looks at them.

-- kind: schema
select n.nspname, jsonb_build_object('owner', n.nspowner::regrole)
from pg_namespace n where n.nspname !~ '^pg_' and n.nspname <> 'information_schema';

-- kind: extension
select e.extname, jsonb_build_object('version', e.extversion, 'schema', e.extnamespace::regnamespace,
    'owner', e.extowner::regrole)
from pg_extension e;

-- kind: relation
select format('%s.%s', n.nspname, c.relname), jsonb_build_object(
    'kind', c.relkind, 'owner', c.relowner::regrole, 'persistence', c.relpersistence,
    'row_security', c.relrowsecurity, 'forced', c.relforcerowsecurity,
    'options', c.reloptions, 'partition', c.relispartition, 'replica_identity', c.relreplident,
    'parents', (select array_agg(i.inhparent::regclass::text order by 1) from pg_inherits i where i.inhrelid = c.oid),
    'definition', case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
    'sequence', (select jsonb_build_array(s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcycle)
                 from pg_sequence s where s.seqrelid = c.oid))
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and c.relname !~ '^lookup(s|_window)_[0-9]+$'
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e');

-- kind: column
select format('%s.%s.%s', n.nspname, c.relname, a.attname), jsonb_build_object(
    'type', format_type(a.atttypid, a.atttypmod), 'not_null', a.attnotnull, 'identity', a.attidentity,
    'generated', a.attgenerated, 'default', pg_get_expr(d.adbin, d.adrelid),
    'collation', nullif(a.attcollation, 0)::regcollation, 'statistics', a.attstattarget)
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and a.attnum > 0 and not a.attisdropped;

-- kind: constraint
select format('%s on %s', k.conname, coalesce(k.conrelid::regclass::text, k.contypid::regtype::text)),
    jsonb_build_object('definition', pg_get_constraintdef(k.oid), 'valid', k.convalidated,
        'deferrable', k.condeferrable)
from pg_constraint k join pg_namespace n on n.oid = k.connamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and k.contype <> 't';

-- kind: index
select i.indexrelid::regclass::text, jsonb_build_object('definition', pg_get_indexdef(i.indexrelid),
    'valid', i.indisvalid and i.indisready, 'unique', i.indisunique)
from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema';

-- kind: policy
select format('%s on %s', p.polname, p.polrelid::regclass), jsonb_build_object(
    'command', p.polcmd, 'permissive', p.polpermissive,
    'roles', (select array_agg(case r when 0 then 'public' else r::regrole::text end order by 1) from unnest(p.polroles) r),
    'rule', pg_get_expr(p.polqual, p.polrelid), 'new_rule', pg_get_expr(p.polwithcheck, p.polrelid))
from pg_policy p;

-- kind: function
select f.oid::regprocedure::text, jsonb_build_object(
    'owner', f.proowner::regrole, 'definer', f.prosecdef, 'settings', f.proconfig, 'volatility', f.provolatile,
    'leakproof', f.proleakproof, 'strict', f.proisstrict, 'parallel', f.proparallel, 'kind', f.prokind,
    'language', l.lanname, 'result', pg_get_function_result(f.oid),
    'arguments', pg_get_function_arguments(f.oid), 'cost', f.procost, 'support', f.prosupport::text, 'binary', f.probin,
    'body', left(md5(coalesce(pg_get_function_sqlbody(f.oid), f.prosrc)), 12))
from pg_proc f join pg_namespace n on n.oid = f.pronamespace join pg_language l on l.oid = f.prolang
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema';

-- kind: trigger
select format('%s on %s', t.tgname, t.tgrelid::regclass), jsonb_build_object(
    'definition', pg_get_triggerdef(t.oid), 'enabled', t.tgenabled)
from pg_trigger t where not t.tgisinternal;

-- kind: rule
select format('%s on %s', r.rulename, r.ev_class::regclass), jsonb_build_object(
    'definition', pg_get_ruledef(r.oid), 'enabled', r.ev_enabled)
from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and r.rulename <> '_RETURN';

-- kind: event_trigger
select evtname, jsonb_build_object('event', evtevent, 'function', evtfoid::regprocedure, 'enabled', evtenabled)
from pg_event_trigger;

-- kind: type
select t.oid::regtype::text, jsonb_build_object('kind', t.typtype, 'owner', t.typowner::regrole,
    'base', nullif(t.typbasetype, 0)::regtype, 'not_null', t.typnotnull)
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and t.typelem = 0
  and (t.typrelid = 0 or exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'));

-- kind: operator
select o.oid::regoperator::text, jsonb_build_object('function', o.oprcode::regprocedure, 'owner', o.oprowner::regrole)
from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema';

-- kind: cast
select format('%s to %s', k.castsource::regtype, k.casttarget::regtype),
    jsonb_build_object('function', nullif(k.castfunc, 0)::regprocedure, 'context', k.castcontext)
from pg_cast k where k.oid >= 16384;

-- kind: language
select l.lanname, jsonb_build_object('owner', l.lanowner::regrole, 'trusted', l.lanpltrusted, 'rights', l.lanacl::text)
from pg_language l;

-- kind: outside_road
-- Roads by which rows leave or come without passing a policy.
select 'publication ' || pubname, '{}'::jsonb from pg_publication
union all select 'subscription ' || subname, '{}' from pg_subscription s
    where s.subdbid = (select oid from pg_database where datname = current_database())
union all select 'foreign server ' || srvname, '{}' from pg_foreign_server
union all select 'foreign data wrapper ' || fdwname, '{}' from pg_foreign_data_wrapper;

-- kind: grant
with rights (object, acl) as (
    select format('%s %s.%s', case c.relkind when 'S' then 'sequence' else 'table' end, n.nspname, c.relname),
        coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner))
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and c.relname !~ '^lookup(s|_window)_[0-9]+$'
    union all
    select format('column %s.%s.%s', n.nspname, c.relname, a.attname), a.attacl
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and a.attacl is not null and not a.attisdropped
    union all
    select 'function ' || f.oid::regprocedure, coalesce(f.proacl, acldefault('f', f.proowner))
    from pg_proc f join pg_namespace n on n.oid = f.pronamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    union all
    select 'schema ' || n.nspname, coalesce(n.nspacl, acldefault('n', n.nspowner))
    from pg_namespace n where n.nspname <> 'information_schema' and n.nspname !~ '^pg_(toast|temp)'
    union all
    select 'database', coalesce(d.datacl, acldefault('d', d.datdba)) from pg_database d
    where d.datname = current_database()
)
select format('%s: %s to %s', r.object, a.privilege_type,
        case a.grantee when 0 then 'public' else a.grantee::regrole::text end),
    jsonb_build_object('grantable', bool_or(a.is_grantable))
from rights r, aclexplode(r.acl) a
group by 1;

-- kind: default_privilege
select format('%s in %s: %s', d.defaclobjtype, coalesce(n.nspname, 'every schema'), d.defaclrole::regrole),
    jsonb_build_object('rights', (select array_agg(item::text order by item::text) from unnest(d.defaclacl) item))
from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace;

-- kind: database_setting
select split_part(item, '=', 1), jsonb_build_object('value', substr(item, strpos(item, '=') + 1))
from pg_db_role_setting s, unnest(s.setconfig) item
where s.setrole = 0 and s.setdatabase = (select oid from pg_database where datname = current_database());

-- kind: catalogue
-- PostgreSQL's own functions and tables: nobody marks one leakproof, opens one or replaces it (security.md 1.1), or
-- makes a comparison so cheap again that it is tried before row security (bootstrap/database.sql).
select 'function ' || f.oid::regprocedure, jsonb_build_object('rights', f.proacl::text, 'leakproof', f.proleakproof,
    'cost', f.procost,
    'definer', f.prosecdef, 'owner', f.proowner::regrole, 'body', left(md5(f.prosrc), 12), 'settings', f.proconfig)
from pg_proc f where f.pronamespace in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
union all
select 'table ' || c.oid::regclass, jsonb_build_object('rights', c.relacl::text, 'owner', c.relowner::regrole,
    'columns', (select jsonb_object_agg(a.attname, a.attacl::text) from pg_attribute a
                where a.attrelid = c.oid and a.attacl is not null))
from pg_class c where c.relnamespace in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
  and c.relkind in ('r', 'v');
