-- The only ways to the incident register for those who may not see it: in, and one yes or no for the gate itself.

-- Takes a suspicion in. The answer is the same whatever is on file; nobody reads it back here.
-- `account`: what was seen, at least 10 characters. A customer that is not there leaves a report without subject.
create or replace function harmony.report_incident(customer_id bigint, kind text, account text)
returns table (receipt uuid, status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    slip uuid := gen_random_uuid();
    new_id bigint;
begin
    if char_length(btrim(coalesce(report_incident.account, ''))) < 10 then
        return query select null::uuid, 'refused: too_short'::text;
        return;
    elsif report_incident.kind is null or report_incident.kind not in ('fraud', 'payment_default')
        or char_length(report_incident.account) > 65536 then
        return query select null::uuid, 'refused: not_allowed'::text;
        return;
    end if;
    insert into harmony.incident (kind, status, reported_by)
    values (report_incident.kind, 'signal', session_user) returning id into new_id;
    insert into harmony.incident_subject (incident_id, customer_id, name)
    select new_id, c.id, c.display_name from harmony.customer c where c.id = report_incident.customer_id;
    insert into harmony.incident_note (incident_id, staff_login, text)
    values (new_id, session_user, report_incident.account);
    return query select slip, 'ok'::text;
end $$;
grant execute on function harmony.report_incident(bigint, text, text) to harmony_agent, harmony_claims_handler,
    harmony_team_lead, harmony_fraud_investigator, harmony_finance, harmony_privacy_officer;

-- Whether an incident that is being handled has this customer as a subject. For the gate only: no desk role calls it.
create or replace function harmony.incident_covers(incident_id bigint, person bigint) returns boolean
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_variable
begin
    return harmony.have_role('harmony_fraud_investigator') and exists (
        select from harmony.incident i
        join harmony.incident_subject s on s.incident_id = i.id
        where i.id = incident_covers.incident_id and s.customer_id = person
          and i.status in ('signal', 'investigation', 'established'));
end $$;
grant execute on function harmony.incident_covers(bigint, bigint) to harmony_gate;

-- Customers under restriction who are a subject or a signal: left out of what investigators see (AVG art. 18).
create or replace function harmony.restricted_subjects() returns bigint[]
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    return (
        select coalesce(array_agg(c.id), '{}') from harmony.customer c
        where c.restricted_at is not null
          and (exists (select from harmony.incident_subject s where s.customer_id = c.id)
               or exists (select from harmony.signal g where g.customer_id = c.id)));
end $$;
grant execute on function harmony.restricted_subjects() to harmony_fraud_investigator;
