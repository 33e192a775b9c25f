-- Every member of staff has a counter of lookups of his own and one that holds since when it is looked at: both
-- sequences, because a ROLLBACK does not turn them back (`spend_lookup`). Only the gate may draw from them.
create or replace function harmony.make_lookup_counters_of(staff_number bigint) returns void
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    execute format('create sequence if not exists harmony.lookups_%s', staff_number);
    execute format('create sequence if not exists harmony.lookup_window_%s minvalue 0', staff_number);
    execute format('grant usage, select on sequence harmony.lookups_%s to harmony_gate', staff_number);
    execute format('grant usage, select, update on sequence harmony.lookup_window_%s to harmony_gate', staff_number);
end $$;

create or replace function harmony.make_lookup_counter() returns trigger
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    perform harmony.make_lookup_counters_of(new.id);
    return null;
end $$;
