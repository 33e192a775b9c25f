-- The words of db/access/tables were for this session only.

do $$
declare
    word regprocedure;
begin
    for word in select oid::regprocedure from pg_proc where pronamespace = pg_my_temp_schema() loop
        execute format('drop function %s', word);
    end loop;
end $$;
