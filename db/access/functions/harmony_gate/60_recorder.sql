-- What the recorder service may do: prepare a file with its key, store what it made, refuse what may not be kept.

-- A new file for a call that started at `recorded_at`: its id and data key, when the day's key is loaded.
create or replace function harmony.prepare_recording(recorded_at timestamptz)
returns table (status text, file_id uuid, data_key bytea)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    started timestamptz := prepare_recording.recorded_at;
    day_key bytea;
    new_file uuid := gen_random_uuid();
    new_salt bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
begin
    if started is null or started > harmony.clock() + interval '5 minutes' then
        return query select 'refused: not_allowed'::text, null::uuid, null::bytea;
        return;
    elsif started + interval '4320 hours' <= harmony.clock()
        or exists (select from harmony.epoch_key_destroyed where day = (started at time zone 'UTC')::date) then
        return query select 'refused: expired'::text, null::uuid, null::bytea;
        return;
    end if;
    select key into day_key from harmony.epoch_key where day = (started at time zone 'UTC')::date for share;
    if day_key is null then
        return query select 'refused: no_epoch_key'::text, null::uuid, null::bytea;
        return;
    end if;
    insert into harmony.recording_secret (file_id, salt, recorded_at) values (new_file, new_salt, started);
    return query select 'ok'::text, new_file, harmony.data_key(day_key, new_salt, new_file);
end $$;

-- The row of a file that is written, verified and in its place. `consent`: announced (kept), unknown, objected.
-- An objection of the customer found now means that nothing is kept: the answer says so, the salt is gone.
create or replace function harmony.store_recording(
    file_id uuid, location text, duration_ms int, size_bytes bigint, sha256 text,
    call_id bigint default null, consent text default 'unknown')
returns table (status text, recording_id bigint)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    prepared record;
    the_call record;
    kept_as text;
    new_id bigint;
begin
    select * into prepared from harmony.recording_secret s where s.file_id = store_recording.file_id for share;
    select * into the_call from harmony.call c where c.id = store_recording.call_id;
    if prepared.file_id is null or store_recording.call_id is not null and the_call.id is null then
        return query select 'refused: unknown'::text, null::bigint;
        return;
    elsif exists (select from harmony.recording r where r.file_id = store_recording.file_id) then
        return query select 'refused: already_done'::text, null::bigint;
        return;
    elsif prepared.recorded_at + interval '4320 hours' <= harmony.clock() then
        return query select 'refused: expired'::text, null::bigint;
        return;
    end if;
    if consent = 'objected' or exists (
            select from harmony.objection o
            where o.customer_id = the_call.customer_id and o.scope = 'recording' and o.withdrawn_at is null) then
        perform harmony.refuse_recording(store_recording.file_id);
        return query select 'refused: objection'::text, null::bigint;
        return;
    end if;
    kept_as := case when the_call.id is null then 'unmatched' when consent = 'announced' then 'kept' else 'unknown' end;
    insert into harmony.recording
        (file_id, call_id, customer_id, staff_id, team_id, recorded_at, expires_at, status, location, duration_ms,
         size_bytes, sha256)
    values (prepared.file_id, the_call.id, the_call.customer_id, the_call.staff_id, the_call.team_id,
            prepared.recorded_at, prepared.recorded_at + interval '4320 hours', kept_as, store_recording.location,
            store_recording.duration_ms, store_recording.size_bytes, store_recording.sha256)
    returning id into new_id;
    return query select 'ok'::text, new_id;
end $$;

-- Gives up a prepared file: its salt goes, so that whatever was written under it opens for nobody.
create or replace function harmony.refuse_recording(file_id uuid) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    delete from harmony.recording_secret s
    where s.file_id = refuse_recording.file_id
      and not exists (select from harmony.recording r where r.file_id = s.file_id);
    return query select case when found then 'ok' else 'refused: unknown' end;
end $$;
grant execute on function harmony.prepare_recording(timestamptz),
    harmony.store_recording(uuid, text, int, bigint, text, bigint, text), harmony.refuse_recording(uuid)
    to harmony_recorder;
