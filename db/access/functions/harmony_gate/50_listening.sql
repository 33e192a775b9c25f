-- No second of audio without purpose: a request is committed first, then redeemed for the data key.

-- Why this caller may not hear this recording for this purpose; null when he may. Asked at every step again.
create or replace function harmony.refuse_listening(recording_id bigint, purpose text, reference text) returns text
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
    r record;
    c record;
    my_id bigint := harmony.my_staff_id();
    officer boolean := harmony.have_role('harmony_privacy_officer');
    allowed boolean := false;
begin
    select * into r from harmony.recording x where x.id = recording_id;
    if r.id is null then
        return 'refused: unknown';
    elsif r.status in ('blocked', 'refused', 'destroyed', 'damaged') or r.location is null then
        return 'refused: not_allowed';
    elsif r.expires_at <= harmony.clock() then
        return 'refused: expired';
    end if;
    select * into c from harmony.call x where x.id = r.call_id;
    case purpose
        when 'agreement' then
            allowed := (harmony.have_role('harmony_agent') or harmony.have_role('harmony_claims_handler')
                    or harmony.have_role('harmony_team_lead'))
                and (c.staff_id = my_id
                    or harmony.agreement_reference_holds(c.id, r.customer_id, reference));
        when 'coaching' then
            allowed := harmony.have_role('harmony_team_lead') and r.team_id is not null
                and r.team_id = harmony.my_team_id();
        when 'fraud' then
            allowed := harmony.have_role('harmony_fraud_investigator') and r.customer_id is not null
                and reference ~ '^[0-9]{1,18}$' and harmony.incident_covers(reference::bigint, r.customer_id);
        when 'privacy_request' then
            allowed := officer and exists (
                select from harmony.privacy_request q
                where q.request_number = upper(btrim(reference)) and q.customer_id = r.customer_id
                  and q.status not in ('answered', 'closed'));
        else
            allowed := false;
    end case;
    if not coalesce(allowed, false) then
        return 'refused: not_allowed';
    elsif not officer and exists (
            select from harmony.customer x where x.id = r.customer_id and x.restricted_at is not null) then
        return 'refused: restricted';
    elsif exists (
            select from harmony.objection o
            where o.customer_id = r.customer_id and o.withdrawn_at is null
              and (o.scope = 'recording' or o.scope = 'training' and purpose = 'coaching'
                   or o.scope = purpose)) then
        return 'refused: objection';
    elsif harmony.recording_consent(c.recording_state, null) = 'objected' then
        -- Said in the call itself, or written down since.
        return 'refused: objection';
    elsif r.status <> 'kept' and not officer and c.staff_id is distinct from my_id then
        return 'refused: not_allowed';
    end if;
    return null;
end $$;

-- For `agreement` on a colleague's call: the file is open, and the reference is this call, or a claim or task
-- of this customer; a claims handler's own claims only.
create or replace function harmony.agreement_reference_holds(call_id bigint, person bigint, reference text)
returns boolean
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
    given text := upper(btrim(reference));
    own_claims_only boolean := not (harmony.have_role('harmony_agent') or harmony.have_role('harmony_team_lead'));
begin
    if person is null or given is null or not person = any (harmony.my_open_files()) then
        return false;
    end if;
    return given = call_id::text and not own_claims_only
        or exists (select from harmony.claim c where c.claim_number = given and c.customer_id = person
            and (not own_claims_only or c.assigned_to = harmony.my_staff_id()))
        or not own_claims_only
            and exists (select from harmony.task t where t.task_number = given and t.customer_id = person);
end $$;

create or replace function harmony.request_listen(recording_id bigint, purpose text, reference text default null)
returns table (status text, ticket uuid)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    answer text;
    given uuid;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        answer := 'refused: wrong_isolation';
    elsif not harmony.confidentiality_valid(
            (select confidentiality_signed_on from harmony.staff where login = session_user::text and active)) then
        answer := 'refused: no_confidentiality';
    elsif request_listen.purpose is null
        or request_listen.purpose not in ('agreement', 'coaching', 'fraud', 'privacy_request', 'analysis') then
        return query select 'refused: not_allowed'::text, null::uuid;
        return;
    else
        answer := harmony.refuse_listening(request_listen.recording_id, request_listen.purpose, request_listen.reference);
    end if;
    insert into harmony.recording_listen
        (recording_id, customer_id, staff_login, purpose, reference, status, granted)
    values ((select id from harmony.recording where id = request_listen.recording_id),
            (select customer_id from harmony.recording where id = request_listen.recording_id),
            session_user, request_listen.purpose, left(request_listen.reference, 80), coalesce(answer, 'requested'),
            answer is null)
    returning recording_listen.ticket into given;
    return query select coalesce(answer, 'ok'), case when answer is null then given end;
end $$;

-- Gives the data key for a request that is committed, fresh and still allowed. The key rows are locked against
-- a destruction that is under way (security.md B2), and the key is computed here: none is stored.
create or replace function harmony.redeem_listen(ticket uuid)
returns table (status text, data_key bytea, location text, duration_ms int)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    asked record;
    r record;
    secret bytea;
    day_key bytea;
    answer text;
begin
    select * into asked from harmony.recording_listen l
    where l.ticket = redeem_listen.ticket and l.staff_login = session_user::text for update;
    if asked.id is null or asked.status like 'refused:%' then
        answer := 'refused: not_allowed';
    elsif current_setting('transaction_isolation') <> 'read committed' then
        answer := 'refused: wrong_isolation';
    elsif asked.xid is not distinct from pg_current_xact_id_if_assigned() then
        answer := 'refused: not_committed';
    elsif asked.redeemed_at is not null then
        answer := 'refused: already_done';
    elsif asked.origin <> harmony.origin() or asked.requested_at
            < harmony.clock() - make_interval(mins => harmony.setting_number('listen.ticket_minutes')::int) then
        answer := 'refused: ticket_old';
    else
        answer := harmony.refuse_listening(asked.recording_id, asked.purpose, asked.reference);
    end if;
    if answer is null then
        select * into r from harmony.recording x where x.id = asked.recording_id for share;
        select salt into secret from harmony.recording_secret s where s.file_id = r.file_id for share;
        select key into day_key from harmony.epoch_key e
        where e.day = (r.recorded_at at time zone 'UTC')::date for share;
        if secret is null or exists (select from harmony.epoch_key_destroyed d
                where d.day = (r.recorded_at at time zone 'UTC')::date) then
            answer := 'refused: expired';
        elsif day_key is null then
            answer := 'refused: no_epoch_key';
        end if;
    end if;
    if answer is not null then
        update harmony.recording_listen l set status = answer
        where l.id = asked.id and l.redeemed_at is null and answer <> 'refused: not_committed'
          and answer <> 'refused: no_epoch_key';
        return query select answer, null::bytea, null::text, null::int;
        return;
    end if;
    update harmony.recording_listen l set status = 'redeemed', redeemed_at = harmony.clock() where l.id = asked.id;
    return query select 'ok'::text, harmony.data_key(day_key, secret, r.file_id), r.location, r.duration_ms;
end $$;

-- k1 = sha256(epoch_key || salt || file id); data_key = sha256(epoch_key || k1). See visibility.md, Keys.
create or replace function harmony.data_key(epoch_key bytea, salt bytea, file_id uuid) returns bytea
language sql immutable strict
return sha256(epoch_key || sha256(epoch_key || salt || uuid_send(file_id)));

-- Says which seconds were heard, every 5 seconds while playing. Anything but `ok` stops the player.
-- `ranges`: [[from_ms, to_ms], ...] heard so far under this ticket.
create or replace function harmony.report_listened(ticket uuid, ranges jsonb) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    asked record;
    answer text;
    heard numeric;
begin
    select * into asked from harmony.recording_listen l
    where l.ticket = report_listened.ticket and l.staff_login = session_user::text for update;
    if asked.redeemed_at is null then
        return query select 'refused: not_allowed'::text;
        return;
    end if;
    if jsonb_typeof(report_listened.ranges) = 'array' and jsonb_array_length(report_listened.ranges) <= 2000 then
        select sum((part ->> 1)::numeric - (part ->> 0)::numeric) into heard
        from jsonb_array_elements(report_listened.ranges) as part
        where jsonb_typeof(part) = 'array' and jsonb_typeof(part -> 0) = 'number' and jsonb_typeof(part -> 1) = 'number'
          and (part ->> 0)::numeric between 0 and (part ->> 1)::numeric and (part ->> 1)::numeric < 86400000;
    end if;
    answer := harmony.refuse_listening(asked.recording_id, asked.purpose, asked.reference);
    update harmony.recording_listen l
    set reported_at = harmony.clock(), ranges = report_listened.ranges,
        seconds_heard = greatest(l.seconds_heard, ceil(coalesce(heard, 0) / 1000)::int),
        status = coalesce(answer, 'playing')
    where l.id = asked.id and pg_column_size(report_listened.ranges) < 65536;
    return query select coalesce(answer, 'ok');
end $$;
grant execute on function harmony.request_listen(bigint, text, text), harmony.redeem_listen(uuid),
    harmony.report_listened(uuid, jsonb)
    to harmony_agent, harmony_claims_handler, harmony_team_lead, harmony_fraud_investigator, harmony_privacy_officer;
