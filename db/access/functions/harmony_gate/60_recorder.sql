-- What the recorder service may do: prepare a file with its key, store what it made, refuse what may not be kept.

-- A new file for a call that started at `recorded_at`: its id and data key, when the day's key is loaded. With a
-- `source_key` (a digest of what it is made from) an interrupted ingest gets the same file again, and a source
-- that was ever stored, even if it was destroyed since, is refused as `already_done`.
create or replace function harmony.prepare_recording(recorded_at timestamptz, source_key text default null)
returns table (status text, file_id uuid, data_key bytea)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    started timestamptz := prepare_recording.recorded_at;
    day_key bytea;
    new_file uuid := gen_random_uuid();
    new_salt bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    earlier record;
begin
    if started is null or started > harmony.clock() + interval '5 minutes' then
        return query select 'refused: not_allowed'::text, null::uuid, null::bytea;
        return;
    elsif started + interval '4320 hours' <= harmony.clock()
        or exists (select from harmony.epoch_key_destroyed where day = (started at time zone 'UTC')::date) then
        return query select 'refused: expired'::text, null::uuid, null::bytea;
        return;
    elsif exists (select from harmony.recording r where r.source_key = prepare_recording.source_key) then
        return query select 'refused: already_done'::text, null::uuid, null::bytea;
        return;
    end if;
    select key into day_key from harmony.epoch_key where day = (started at time zone 'UTC')::date for share;
    if day_key is null then
        return query select 'refused: no_epoch_key'::text, null::uuid, null::bytea;
        return;
    end if;
    insert into harmony.recording_secret (file_id, salt, recorded_at, source_key)
    values (new_file, new_salt, started, prepare_recording.source_key)
    on conflict (source_key) do nothing;
    if not found then
        select s.file_id, s.salt, s.recorded_at into earlier from harmony.recording_secret s
        where s.source_key = prepare_recording.source_key for update;
        if earlier.recorded_at is distinct from started then
            -- Its call turned out to have begun at another moment: another day's key may be the right one.
            delete from harmony.recording_secret s where s.file_id = earlier.file_id;
            insert into harmony.recording_secret (file_id, salt, recorded_at, source_key)
            values (new_file, new_salt, started, prepare_recording.source_key);
        else
            update harmony.recording_secret s set prepared_at = harmony.clock() where s.file_id = earlier.file_id;
            new_file := earlier.file_id;
            new_salt := earlier.salt;
        end if;
    end if;
    return query select 'ok'::text, new_file, harmony.data_key(day_key, new_salt, new_file);
end $$;

-- Whether a call may be kept, as far as is known now: `objected` (by the customer, or said in the call),
-- `announced`, or `unknown`. Consent is never guessed from anything else.
create or replace function harmony.recording_consent(recording_state text, person bigint) returns text
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    if recording_state in ('announced_objection', 'withdrawn_afterwards') or exists (
            select from harmony.objection o
            where o.customer_id = person and o.scope = 'recording' and o.withdrawn_at is null) then
        return 'objected';
    end if;
    return case when recording_state in ('announced_recorded', 'paused') then 'announced' else 'unknown' end;
end $$;

-- The row of a file that is written, verified and in its place. `consent`: announced (kept), unknown, objected;
-- what the call itself says goes before it. An objection found now means that nothing is kept: the answer says
-- so, the salt is gone. `pbx` and `pbx_uniqueid` let a call that is imported later find its unmatched recording.
create or replace function harmony.store_recording(
    file_id uuid, location text, duration_ms int, size_bytes bigint, sha256 text,
    call_id bigint default null, consent text default 'unknown', pbx text default null,
    pbx_uniqueid text default null)
returns table (status text, recording_id bigint)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    prepared record;
    the_call record;
    known text;
    new_id bigint;
begin
    select * into prepared from harmony.recording_secret s where s.file_id = store_recording.file_id for update;
    -- Locked until commit: an objection or a link that comes now waits, and then finds the recording.
    select * into the_call from harmony.call c where c.id = store_recording.call_id for share;
    if prepared.file_id is null or store_recording.call_id is not null and the_call.id is null then
        return query select 'refused: unknown'::text, null::bigint;
        return;
    end if;
    select r.id into new_id from harmony.recording r where r.file_id = store_recording.file_id;
    if new_id is not null then
        return query select 'refused: already_done'::text, new_id;
        return;
    elsif prepared.recorded_at + interval '4320 hours' <= harmony.clock() then
        return query select 'refused: expired'::text, null::bigint;
        return;
    end if;
    known := harmony.recording_consent(the_call.recording_state, the_call.customer_id);
    if 'objected' in (known, store_recording.consent) then
        perform harmony.refuse_recording(store_recording.file_id);
        return query select 'refused: objection'::text, null::bigint;
        return;
    end if;
    insert into harmony.recording
        (file_id, call_id, customer_id, staff_id, team_id, recorded_at, expires_at, status, location, duration_ms,
         size_bytes, sha256, source_key, pbx, pbx_uniqueid)
    values (prepared.file_id, the_call.id, the_call.customer_id, the_call.staff_id, the_call.team_id,
            prepared.recorded_at, prepared.recorded_at + interval '4320 hours',
            case when the_call.id is null then 'unmatched'
                 when 'announced' in (known, store_recording.consent) then 'kept' else 'unknown' end,
            store_recording.location, store_recording.duration_ms, store_recording.size_bytes,
            store_recording.sha256, prepared.source_key, store_recording.pbx, store_recording.pbx_uniqueid)
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
grant execute on function harmony.prepare_recording(timestamptz, text),
    harmony.store_recording(uuid, text, int, bigint, text, bigint, text, text, text), harmony.refuse_recording(uuid)
    to harmony_recorder;
