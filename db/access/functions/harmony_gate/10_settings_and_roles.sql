-- Small questions that the gate asks itself. Nobody but function owners may call those without a grant below.

create or replace function harmony.setting_number(wanted text) returns bigint
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    found_value text;
begin
    select value into found_value from harmony.setting where key = wanted;
    if found_value is null then
        raise exception 'setting % is missing', wanted using errcode = 'HD100';
    end if;
    return found_value::bigint;
end $$;
grant execute on function harmony.setting_number(text)
    to harmony_searcher, harmony_discloser, harmony_keeper, harmony_fraudgate, harmony_provisioner;

-- Whether the caller has a group role now; a role taken away in another session counts at once.
create or replace function harmony.have_role(group_role text) returns boolean
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    return pg_has_role(session_user, group_role, 'member')
        and exists (select from harmony.staff where login = session_user::text and active);
end $$;
grant execute on function harmony.have_role(text) to harmony_searcher, harmony_discloser, harmony_fraudgate, harmony_keeper;

-- Whether a statement of confidentiality (geheimhouding) is signed and not older than its renewal term.
create or replace function harmony.confidentiality_valid(signed_on date) returns boolean
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    return signed_on is not null
        and signed_on <= (harmony.clock() at time zone 'Europe/Amsterdam')::date
        and signed_on + make_interval(months => harmony.setting_number('confidentiality.renewal_months')::int)
            > harmony.clock() at time zone 'Europe/Amsterdam';
end $$;
grant execute on function harmony.confidentiality_valid(date) to harmony_provisioner;

-- What the caller may do, in the window's words: it shows or hides by this and by nothing else.
create or replace function harmony.my_rights() returns table ("right" text)
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    return query
        select substr(role_name, length('harmony_') + 1)
        from unnest('{harmony_agent,harmony_claims_handler,harmony_team_lead,harmony_fraud_investigator,
            harmony_finance,harmony_privacy_officer,harmony_outreach,harmony_admin}'::text[]) as role_name
        where harmony.have_role(role_name)
        union all
        select proname::text
        from pg_proc
        where pronamespace = 'harmony'::regnamespace and has_function_privilege(session_user, oid, 'execute')
        group by proname
        order by 1;
end $$;
grant execute on function harmony.my_rights() to harmony_desk, harmony_service;

-- The call that the caller has on the line, if any. A call left open for 8 hours no longer counts.
create or replace function harmony.my_live_call() returns bigint
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    return (
        select id from harmony.call
        where staff_id = harmony.my_staff_id() and ended_at is null
          and started_at between harmony.clock() - interval '8 hours' and harmony.clock() + interval '5 minutes'
        order by started_at desc, id desc
        limit 1);
end $$;
grant execute on function harmony.my_live_call() to harmony_desk;

-- Customers under restriction (AVG art. 18); used to leave their rows out of what is visible by other roads.
create or replace function harmony.restricted_customers() returns bigint[]
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    if harmony.have_role('harmony_privacy_officer') then
        return '{}';
    end if;
    return (select coalesce(array_agg(id), '{}') from harmony.customer where restricted_at is not null);
end $$;
grant execute on function harmony.restricted_customers() to harmony_desk;

-- Card functions are counted in a sequence per member of staff, which survives ROLLBACK: calls that were
-- made and rolled back show as a gap between this counter and the logged rows (security.md P25).
create or replace function harmony.spend_lookup() returns bigint
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    staff_number bigint := harmony.my_staff_id();
    -- once: clock() is volatile, so a condition that calls it walks the whole log and calls it for each row
    moment timestamptz := harmony.clock();
    spent bigint;
    recent bigint;
    known record;
    lost bigint;
begin
    if staff_number is null then
        raise exception 'no member of staff' using errcode = '42501';
    end if;
    spent := nextval(('harmony.lookups_' || staff_number)::regclass);
    select count(*) into recent from harmony.search_log
    where staff_login = session_user::text and searched_at > moment - interval '1 minute';
    -- What was rolled back in the last hour: how far the counter ran ahead of the rows since then. A person
    -- who is blocked earns the hourly allowance back with time, for nothing can be logged while blocked.
    select counter, searched_at into known from harmony.search_log
    where staff_login = session_user::text and searched_at < moment - interval '1 hour'
    order by searched_at desc limit 1;
    lost := spent - 1 - coalesce(known.counter, 0) - (
        select count(*) from harmony.search_log
        where staff_login = session_user::text and searched_at > coalesce(known.searched_at, '-infinity'));
    if recent >= harmony.setting_number('lookup.per_minute')
        or lost > harmony.setting_number('lookup.lost_per_hour')
            * greatest(1, extract(epoch from moment - coalesce(known.searched_at, moment)) / 3600)
    then
        raise log 'lookup refused: staff % counter % recent % lost %', staff_number, spent, recent, lost;
        raise exception 'too many lookups' using errcode = 'HD002';
    end if;
    return spent;
end $$;
grant execute on function harmony.spend_lookup() to harmony_searcher, harmony_fraudgate, harmony_counter;

create or replace function harmony.log_lookup(kind text, hits int, counter bigint) returns void
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    insert into harmony.search_log (staff_login, kind, hits, counter)
    values (session_user, log_lookup.kind, log_lookup.hits, log_lookup.counter);
end $$;
grant execute on function harmony.log_lookup(text, int, bigint) to harmony_fraudgate, harmony_counter;
