-- Takes away all that db/access will put back: policies, triggers, grants, and functions that it no longer has.
-- Functions that columns depend on (defaults, generated columns) stay and are replaced in place.

do $$
declare
    one record;
    grantees constant text[] := array(
        select rolname from pg_roles where rolname ~ '^harmony_' and rolname <> 'harmony_owner');
begin
    for one in select policyname, tablename from pg_policies where schemaname = 'harmony' loop
        execute format('drop policy %I on harmony.%I', one.policyname, one.tablename);
    end loop;
    for one in
        select t.tgname, c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where c.relnamespace = 'harmony'::regnamespace and not t.tgisinternal
    loop
        execute format('drop trigger %I on harmony.%I', one.tgname, one.relname);
    end loop;
    for one in
        select p.oid::regprocedure as name from pg_proc p join pg_roles r on r.oid = p.proowner
        where p.pronamespace = 'harmony'::regnamespace and r.rolname <> 'harmony_owner'
    loop
        begin
            execute format('drop function %s', one.name);
        exception when dependent_objects_still_exist then
            null;
        end;
    end loop;
    -- Whoever holds a right, a member of staff by hand included, loses it here.
    for one in
        select distinct c.oid, c.relname, c.relkind, a.grantee::regrole as grantee
        from pg_class c, aclexplode(c.relacl) a
        where c.relnamespace = 'harmony'::regnamespace and a.grantee <> c.relowner and a.grantee <> 0
        union all
        select distinct c.oid, c.relname, c.relkind, a.grantee::regrole
        from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
        where c.relnamespace = 'harmony'::regnamespace and a.grantee <> c.relowner and a.grantee <> 0
    loop
        execute format('revoke all on %s harmony.%I from %s',
            case when one.relkind = 'S' then 'sequence' else 'table' end, one.relname, one.grantee);
    end loop;
    execute 'revoke all on all tables in schema harmony from public';
    execute 'revoke all on all sequences in schema harmony from public';
    -- A function without rights of its own has PostgreSQL's default: everybody may run it.
    for one in
        select p.oid::regprocedure as name, a.grantee from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
        where p.pronamespace = 'harmony'::regnamespace and a.grantee <> p.proowner
    loop
        execute format('revoke all on function %s from %s', one.name,
            case when one.grantee = 0 then 'public' else one.grantee::regrole::text end);
    end loop;
end $$;
