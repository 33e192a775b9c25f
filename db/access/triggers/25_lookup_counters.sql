-- Counters of lookups for each member of staff, those of before this trigger included.

create trigger lookup_counter after insert on harmony.staff
    for each row execute function harmony.make_lookup_counter();

do $$
declare
    number bigint;
begin
    for number in select id from harmony.staff loop
        perform harmony.make_lookup_counters_of(number);
    end loop;
end $$;
