-- Every member of staff has a counter of lookups of his own: a sequence, because a ROLLBACK does not turn it
-- back (`spend_lookup`). Only the gate may draw from it.
create or replace function harmony.make_lookup_counter() returns trigger
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    execute format('create sequence if not exists harmony.lookups_%s', new.id);
    execute format('grant usage, select on sequence harmony.lookups_%s to harmony_gate', new.id);
    return null;
end $$;
