-- Every table with a version raises it at each change.

do $$
declare
    one text;
begin
    for one in
        select c.relname from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'version' and a.atttypid = 'int'::regtype
        where c.relnamespace = 'harmony'::regnamespace and c.relkind = 'r'
        order by 1
    loop
        execute format('create trigger bump_version before update on harmony.%I for each row '
            'execute function harmony.bump_version()', one);
    end loop;
end $$;
