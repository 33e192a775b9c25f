-- PUBLIC may connect to every database of a server and make temporary tables there; on ours it may do neither
-- (security.md P22). template0 takes no connections at all.

do $$
declare
    name text;
begin
    for name in
        select datname from pg_database d
        where datname <> 'template0'
          and exists (select from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a where a.grantee = 0)
    loop
        execute format('revoke all on database %I from public', name);
    end loop;
end $$;
