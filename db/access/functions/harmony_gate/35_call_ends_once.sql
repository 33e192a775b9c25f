-- A call that has ended stays ended for the one who had it on the line: with `ended_at` emptied again its files
-- would stay open and its caller verified.

create or replace function harmony.keep_call_ended() returns trigger
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    if old.staff_id = harmony.my_staff_id() then
        raise exception 'a call that has ended stays ended' using errcode = 'HD003';
    end if;
    return new;
end $$;
