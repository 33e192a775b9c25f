-- The chain: committed events are sealed afterwards by the custodian, so that no writer waits for another.

-- One event as bytes: each field as its length and its text, times in UTC microseconds. Session settings do not
-- change it (security.md B4).
create or replace function harmony.canonical(event harmony.audit_event) returns bytea
language sql stable
set timezone = 'UTC' set datestyle = 'ISO' set bytea_output = 'hex' set search_path = harmony, pg_catalog, pg_temp as $$
    select string_agg(int4send(coalesce(octet_length(field), -1)) || coalesce(field, ''), ''::bytea order by place)
    from unnest(array[
        convert_to(event.id::text, 'UTF8'),
        convert_to((extract(epoch from event.at) * 1000000)::bigint::text, 'UTF8'),
        convert_to(event.staff_login, 'UTF8'),
        convert_to(event.action, 'UTF8'),
        convert_to(event.table_name, 'UTF8'),
        convert_to(event.row_id, 'UTF8'),
        convert_to(event.customer_id::text, 'UTF8'),
        convert_to(array_to_string(event.columns, ','), 'UTF8'),
        event.detail_hash]) with ordinality as fields (field, place)
$$;

-- Adds all committed events to the chain; says how many, and the head: the last number and its hash in hex.
-- After a restore the rows up to `restored_audit_id` count as committed, whatever their old transaction ids.
create or replace function harmony.seal(at_most int default 50000)
returns table (sealed bigint, number bigint, head text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    last record;
    event harmony.audit_event;
    link bytea;
    place bigint;
    added bigint := 0;
begin
    lock table harmony.audit_seal in share row exclusive mode;
    select s.number, s.hash into last from harmony.audit_seal s order by s.number desc limit 1;
    place := coalesce(last.number, 0);
    link := coalesce(last.hash, sha256('harmony-desk/audit/v1'));
    for event in
        select e.* from harmony.audit_event e
        where not exists (select from harmony.audit_seal s where s.event_id = e.id)
          and (e.xid < pg_snapshot_xmin(pg_current_snapshot())
               or e.id <= (select restored_audit_id from harmony.installation))
        order by e.xid, e.id
        limit at_most
    loop
        place := place + 1;
        link := sha256(link || harmony.canonical(event));
        insert into harmony.audit_seal (number, event_id, hash, sealed_at)
        values (place, event.id, link, harmony.clock());
        added := added + 1;
    end loop;
    return query select added, place, encode(link, 'hex');
end $$;
grant execute on function harmony.seal(int) to harmony_custodian;

-- Walks the whole chain again. `ok`, or `broken` with the number of the first link that does not hold: a changed
-- or missing event, a gap, an altered hash, or a detail whose values no longer match their hash.
create or replace function harmony.verify_audit()
returns table (status text, first_broken bigint, sealed_rows bigint, head text)
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    step record;
    link bytea := sha256('harmony-desk/audit/v1');
    place bigint := 0;
begin
    for step in
        select s.number, s.hash, e as event, e.id as event_id, e.detail_hash, d.event_id as detail_id,
               sha256(d.salt || convert_to(d.values::text, 'UTF8')) as detail_now
        from harmony.audit_seal s
        left join harmony.audit_event e on e.id = s.event_id
        left join harmony.audit_detail d on d.event_id = e.id
        order by s.number
    loop
        place := place + 1;
        if step.number <> place or step.event_id is null
            or step.detail_id is not null and step.detail_now is distinct from step.detail_hash then
            return query select 'broken'::text, place, place - 1, encode(link, 'hex');
            return;
        end if;
        link := sha256(link || harmony.canonical(step.event));
        if link <> step.hash then
            return query select 'broken'::text, place, place - 1, encode(step.hash, 'hex');
            return;
        end if;
    end loop;
    return query select 'ok'::text, null::bigint, place, encode(link, 'hex');
end $$;
grant execute on function harmony.verify_audit() to harmony_custodian, harmony_privacy_officer;

-- The hash at one place of the chain, to hold against a head that was written outside the database.
create or replace function harmony.sealed_hash(number bigint) returns text
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    return (select encode(s.hash, 'hex') from harmony.audit_seal s where s.number = sealed_hash.number);
end $$;
grant execute on function harmony.sealed_hash(bigint) to harmony_custodian, harmony_privacy_officer;
