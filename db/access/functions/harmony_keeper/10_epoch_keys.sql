-- The keys of the days. The custodian fills the unlogged table from its keystore file and destroys what is due.

-- Loads the key of one UTC day; a day that was destroyed, or lies outside the last 180 and next 7 days, is refused.
create or replace function harmony.load_epoch_key(day date, key bytea) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    today date := (harmony.clock() at time zone 'UTC')::date;
begin
    if octet_length(load_epoch_key.key) is distinct from 32
        or load_epoch_key.day is null or load_epoch_key.day > today + 8 then
        return query select 'refused: not_allowed'::text;
        return;
    elsif load_epoch_key.day < today - 179 then
        return query select 'refused: expired'::text;
        return;
    end if;
    -- One at a time with `destroy_epoch_key`: else a key that is being loaded would outlive its destruction.
    lock table harmony.epoch_key in share row exclusive mode;
    if exists (select from harmony.epoch_key_destroyed d where d.day = load_epoch_key.day) then
        return query select 'refused: expired'::text;
        return;
    end if;
    insert into harmony.epoch_key (day, key) values (load_epoch_key.day, load_epoch_key.key)
    on conflict (day) do nothing;
    return query select case when exists (
            select from harmony.epoch_key k where k.day = load_epoch_key.day and k.key = load_epoch_key.key)
        then 'ok' else 'refused: already_done' end;
end $$;

-- Destroys the key of one UTC day for good, and with it every recording of that day, in every copy: their salts
-- go and their rows say so. Only a day that is due (179 days ago or longer) can be destroyed.
create or replace function harmony.destroy_epoch_key(day date) returns table (status text, recordings bigint)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    from_moment timestamptz := destroy_epoch_key.day::timestamp at time zone 'UTC';
    gone bigint;
begin
    if destroy_epoch_key.day is null or not isfinite(destroy_epoch_key.day)
        or destroy_epoch_key.day > (harmony.clock() at time zone 'UTC')::date - 179 then
        return query select 'refused: not_allowed'::text, 0::bigint;
        return;
    end if;
    -- The work below is the keeper's own: the audit keeps column names of it, no values.
    insert into harmony.keeper_work (xid) values (pg_current_xact_id()) on conflict do nothing;
    lock table harmony.epoch_key in share row exclusive mode;
    delete from harmony.epoch_key k where k.day = destroy_epoch_key.day;
    insert into harmony.epoch_key_destroyed (day, destroyed_at) values (destroy_epoch_key.day, harmony.clock())
    on conflict do nothing;
    delete from harmony.recording_secret s
    where s.recorded_at >= from_moment and s.recorded_at < from_moment + interval '24 hours';
    update harmony.recording r
    set status = 'destroyed', destroyed_at = harmony.clock()
    where r.recorded_at >= from_moment and r.recorded_at < from_moment + interval '24 hours'
      and r.status <> 'destroyed';
    get diagnostics gone = row_count;
    return query select 'ok'::text, gone;
end $$;

-- Which days have a key loaded, and which are destroyed. No key leaves the table this way.
create or replace function harmony.epoch_days() returns table (day date, state text)
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    return query
        select k.day, 'loaded'::text from harmony.epoch_key k
        union all
        select d.day, 'destroyed'::text from harmony.epoch_key_destroyed d
        order by 1;
end $$;

-- Salts that were prepared more than 24 hours ago and never used: their files were not finished.
create or replace function harmony.drop_unused_secrets() returns bigint
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    dropped bigint;
begin
    delete from harmony.recording_secret s
    where s.prepared_at < harmony.clock() - interval '24 hours'
      and not exists (select from harmony.recording r where r.file_id = s.file_id);
    get diagnostics dropped = row_count;
    return dropped;
end $$;
grant execute on function harmony.load_epoch_key(date, bytea), harmony.destroy_epoch_key(date),
    harmony.epoch_days(), harmony.drop_unused_secrets() to harmony_custodian;
