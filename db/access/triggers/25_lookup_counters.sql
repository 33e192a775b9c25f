-- A counter of lookups for each member of staff, those of before this trigger included.

create trigger lookup_counter after insert on harmony.staff
    for each row execute function harmony.make_lookup_counter();

do $$
declare
    number bigint;
begin
    for number in select id from harmony.staff where to_regclass('harmony.lookups_' || id) is null loop
        execute format('create sequence harmony.lookups_%s owned by none', number);
        execute format('alter sequence harmony.lookups_%s owner to harmony_owner', number);
        execute format('grant usage, select on sequence harmony.lookups_%s to harmony_gate', number);
    end loop;
end $$;
