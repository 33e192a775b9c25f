-- What a telephone system tells about its calls, and what the recorder must know to keep their sound.

-- Takes in one call: `event` holds pbx, linkedid, pbx_uniqueid, direction, ani_raw, ani_e164, withheld, dnis, queue,
-- agent (a login), entered_queue_at, started_at, answered_at, ended_at, ended_by. The same call again changes
-- nothing but what was not known yet. A number links to nobody: customer_id stays null until a person links.
create or replace function harmony.import_call(event jsonb) returns table (status text, call_id bigint)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    told record;
    agent record;
    known_id bigint;
    contact_number bigint;
begin
    select * into told from jsonb_to_record(event) as t(
        pbx text, linkedid text, pbx_uniqueid text, direction text, ani_raw text, ani_e164 text, withheld boolean,
        dnis text, queue text, agent text, entered_queue_at timestamptz, started_at timestamptz,
        answered_at timestamptz, ended_at timestamptz, ended_by text);
    if told.pbx is null or told.linkedid is null or told.linkedid = '' or told.started_at is null
        or told.started_at > harmony.clock() + interval '5 minutes' or told.ended_at < told.started_at
        or told.answered_at < told.started_at then
        return query select 'refused: not_allowed'::text, null::bigint;
        return;
    end if;
    select s.id, s.team_id into agent from harmony.staff s where s.login = told.agent and not s.is_service;
    known_id := harmony.find_imported(told.pbx, told.linkedid);
    if known_id is null then
        -- Of two imports at once one finds the other's call: the contact it had made goes with this block.
        begin
            insert into harmony.contact (staff_id, channel, direction, started_at)
            values (agent.id, 'phone', coalesce(told.direction, 'in'), told.started_at)
            returning id into contact_number;
            insert into harmony.call
                (contact_id, staff_id, team_id, direction, pbx, pbx_uniqueid, linkedid, ani_raw, ani_e164, withheld, dnis,
                 queue, entered_queue_at, started_at, answered_at, ended_at, ended_by)
            values (contact_number, agent.id, agent.team_id, coalesce(told.direction, 'in'), told.pbx,
                    coalesce(told.pbx_uniqueid, told.linkedid), told.linkedid, told.ani_raw, told.ani_e164,
                    coalesce(told.withheld, false), told.dnis, told.queue, told.entered_queue_at, told.started_at,
                    told.answered_at, told.ended_at, told.ended_by)
            returning id into known_id;
        exception when unique_violation then
            known_id := harmony.find_imported(told.pbx, told.linkedid);
        end;
    end if;
    perform harmony.complete_call(known_id, event, agent.id, agent.team_id);
    if told.answered_at is not null
        and not exists (select from harmony.call_segment s where s.call_id = known_id) then
        insert into harmony.call_segment (call_id, customer_id, staff_id, kind, started_at, ended_at)
        select c.id, c.customer_id, c.staff_id, 'talk', greatest(c.answered_at, c.started_at), c.ended_at
        from harmony.call c where c.id = known_id;
    end if;
    perform harmony.adopt_recordings(known_id);
    return query select 'ok'::text, known_id;
end $$;

-- The call of that number, locked; a desk may have made it before its telephone system told of it.
create or replace function harmony.find_imported(pbx text, linkedid text) returns bigint
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    found_id bigint;
begin
    select c.id into found_id from harmony.call c
    where c.pbx = find_imported.pbx
      and (c.linkedid = find_imported.linkedid or c.linkedid is null and c.pbx_uniqueid = find_imported.linkedid)
    order by c.linkedid nulls last limit 1 for update;
    return found_id;
end $$;

-- Fills in what a call does not say yet; what it says stays.
create or replace function harmony.complete_call(call_number bigint, event jsonb, agent_id bigint, agent_team bigint)
returns void
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    update harmony.call c
    set linkedid = coalesce(c.linkedid, event ->> 'linkedid'),
        pbx_uniqueid = coalesce(c.pbx_uniqueid, event ->> 'pbx_uniqueid'),
        staff_id = coalesce(c.staff_id, agent_id),
        team_id = case when c.staff_id is null then coalesce(c.team_id, agent_team) else c.team_id end,
        ani_raw = coalesce(c.ani_raw, event ->> 'ani_raw'),
        ani_e164 = coalesce(c.ani_e164, event ->> 'ani_e164'),
        dnis = coalesce(c.dnis, event ->> 'dnis'),
        queue = coalesce(c.queue, event ->> 'queue'),
        entered_queue_at = coalesce(c.entered_queue_at, (event ->> 'entered_queue_at')::timestamptz),
        answered_at = coalesce(c.answered_at, (event ->> 'answered_at')::timestamptz),
        ended_at = coalesce(c.ended_at, greatest((event ->> 'ended_at')::timestamptz, c.started_at)),
        ended_by = coalesce(c.ended_by, event ->> 'ended_by')
    where c.id = call_number
      and (c.linkedid is null or c.pbx_uniqueid is null and event ->> 'pbx_uniqueid' is not null
           or c.staff_id is null and agent_id is not null
           or c.ani_raw is null and event ->> 'ani_raw' is not null
           or c.ani_e164 is null and event ->> 'ani_e164' is not null
           or c.dnis is null and event ->> 'dnis' is not null
           or c.queue is null and event ->> 'queue' is not null
           or c.entered_queue_at is null and event ->> 'entered_queue_at' is not null
           or c.answered_at is null and event ->> 'answered_at' is not null
           or c.ended_at is null and event ->> 'ended_at' is not null
           or c.ended_by is null and event ->> 'ended_by' is not null);
    update harmony.contact c set staff_id = agent_id
    where c.id = (select contact_id from harmony.call where id = call_number)
      and c.staff_id is null and agent_id is not null;
end $$;

-- Recordings that came before their call get it now. Who objected is not heard: his are blocked until destroyed.
create or replace function harmony.adopt_recordings(call_number bigint) returns void
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    update harmony.recording r
    set call_id = c.id, customer_id = c.customer_id, staff_id = c.staff_id, team_id = c.team_id,
        status = case harmony.recording_consent(c.recording_state, c.customer_id)
                     when 'objected' then 'blocked' when 'announced' then 'kept' else 'unknown' end
    from harmony.call c
    where c.id = call_number and r.call_id is null and r.status = 'unmatched' and r.pbx = c.pbx
      and r.pbx_uniqueid in (c.linkedid, c.pbx_uniqueid);
end $$;

-- Which call a recording belongs to: by the telephone system's number, else by agent, number and start within 90
-- seconds (the nearest). `cuts`: [kind, from ms, to ms] of holds and pauses since the start of the call; to is null
-- when it lasted to the end. `abandoned`: it ended and nobody of ours ever answered.
create or replace function harmony.match_call(
    pbx text, uniqueid text default null, agent text default null, number_e164 text default null,
    started_at timestamptz default null)
returns table (call_id bigint, recorded_at timestamptz, consent text, abandoned boolean, cuts jsonb)
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    found_id bigint;
begin
    if match_call.uniqueid is not null then
        select c.id into found_id from harmony.call c
        where c.pbx = match_call.pbx and match_call.uniqueid in (c.linkedid, c.pbx_uniqueid)
        order by (c.linkedid = match_call.uniqueid) desc nulls last, c.id limit 1;
    end if;
    if found_id is null and match_call.agent is not null and match_call.number_e164 is not null then
        select c.id into found_id from harmony.call c join harmony.staff s on s.id = c.staff_id
        where s.login = match_call.agent and c.ani_e164 = match_call.number_e164
          and c.started_at between match_call.started_at - interval '90 seconds'
                               and match_call.started_at + interval '90 seconds'
        order by abs(extract(epoch from c.started_at - match_call.started_at)), c.id limit 1;
    end if;
    return query
        select c.id, c.started_at, harmony.recording_consent(c.recording_state, c.customer_id),
               c.ended_at is not null and c.answered_at is null,
               (select coalesce(jsonb_agg(jsonb_build_array(s.kind,
                    (extract(epoch from s.started_at - c.started_at) * 1000)::bigint,
                    (extract(epoch from s.ended_at - c.started_at) * 1000)::bigint) order by s.started_at, s.id), '[]')
                from harmony.call_segment s where s.call_id = c.id and s.kind in ('hold', 'pause'))
        from harmony.call c where c.id = found_id;
end $$;

-- Files of recordings that should be there, in order of id, for the comparison with the store. No person in it.
create or replace function harmony.recording_files(after bigint default 0, max int default 1000)
returns table (recording_id bigint, file_id uuid, location text, size_bytes bigint, sha256 text)
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    return query
        select r.id, r.file_id, r.location, r.size_bytes, r.sha256 from harmony.recording r
        where r.id > recording_files.after and r.location is not null and r.status <> 'destroyed'
        order by r.id limit least(greatest(recording_files.max, 1), 10000);
end $$;

-- What the database knows about files found in the store: `recording`, `prepared` (being written), `destroyed`,
-- or `unknown`.
create or replace function harmony.known_files(file_ids uuid[]) returns table (file_id uuid, state text)
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    return query
        select asked, case
            when r.status = 'destroyed' or r.id is not null and r.location is null then 'destroyed'
            when r.id is not null then 'recording'
            when s.file_id is not null then 'prepared'
            else 'unknown' end
        from unnest(known_files.file_ids[1:10000]) as asked
        left join harmony.recording r on r.file_id = asked
        left join harmony.recording_secret s on s.file_id = asked;
end $$;

-- A recording whose file is gone or is not what was written: nobody is offered it any more.
create or replace function harmony.mark_damaged(file_id uuid) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    update harmony.recording r set status = 'damaged'
    where r.file_id = mark_damaged.file_id and r.status in ('kept', 'unknown', 'unmatched');
    return query select case when found then 'ok' else 'refused: unknown' end;
end $$;

-- Whether this source (a digest) is the caller's to take in now, on whatever machine others run. It stays so until
-- leave_source or the end of the session.
create or replace function harmony.claim_source(source_key text) returns boolean
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    return pg_try_advisory_lock(hashtextextended('harmony source ' || source_key, 0));
end $$;

create or replace function harmony.leave_source(source_key text) returns boolean
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    return pg_advisory_unlock(hashtextextended('harmony source ' || source_key, 0));
end $$;

grant execute on function harmony.import_call(jsonb) to harmony_recorder, harmony_telephony;
grant execute on function harmony.match_call(text, text, text, text, timestamptz),
    harmony.claim_source(text), harmony.leave_source(text),
    harmony.recording_files(bigint, int), harmony.known_files(uuid[]), harmony.mark_damaged(uuid)
    to harmony_recorder;
