-- What a person says about a recording of which nobody knew whether it was announced, and how it is withdrawn.

-- Says how a call was recorded: `announced_recorded` (kept for every purpose that the law knows), `not_announced`
-- (a fault: stays with the own agent and the officer, who gets a task), `announced_objection` and
-- `withdrawn_afterwards` (nothing is kept: the salt goes now, whoever plays it is stopped, the file follows).
-- For the agent of the call and the privacy officer.
create or replace function harmony.set_consent(recording_id bigint, state text) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    r record;
    own_call boolean;
begin
    select * into r from harmony.recording x where x.id = set_consent.recording_id for update;
    own_call := exists (select from harmony.call c where c.id = r.call_id and c.staff_id = harmony.my_staff_id());
    if r.id is null or r.call_id is null or r.status not in ('kept', 'unknown', 'blocked')
        or not (coalesce(own_call, false) or harmony.have_role('harmony_privacy_officer'))
        or coalesce(state not in (
            'announced_recorded', 'not_announced', 'announced_objection', 'withdrawn_afterwards'), true)
        -- An objection that was registered is withdrawn in the file of the customer, not here.
        or state in ('announced_recorded', 'not_announced') and r.status = 'blocked' then
        return query select 'refused: not_allowed'::text;
        return;
    end if;
    update harmony.call c set recording_state = state where c.id = r.call_id and c.recording_state <> state;
    if state in ('announced_objection', 'withdrawn_afterwards') then
        delete from harmony.recording_secret s where s.file_id = r.file_id;
        update harmony.recording x set status = 'destroyed', destroyed_at = harmony.clock() where x.id = r.id;
        perform pg_notify('harmony', 'objection');
    else
        update harmony.recording x set status = case state when 'not_announced' then 'unknown' else 'kept' end
        where x.id = r.id;
        if state = 'not_announced' and not harmony.have_role('harmony_privacy_officer') then
            insert into harmony.task (customer_id, queue, kind, text)
            values (r.customer_id, 'privacy', 'privacy', 'Opgenomen zonder aankondiging: gesprek ' || r.call_id);
        end if;
    end if;
    return query select 'ok'::text;
end $$;

-- The customer takes back his consent afterwards.
create or replace function harmony.withdraw_consent(recording_id bigint) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    return query select s.status from harmony.set_consent(recording_id, 'withdrawn_afterwards') as s;
end $$;
grant execute on function harmony.set_consent(bigint, text), harmony.withdraw_consent(bigint)
    to harmony_agent, harmony_claims_handler, harmony_team_lead, harmony_privacy_officer;
