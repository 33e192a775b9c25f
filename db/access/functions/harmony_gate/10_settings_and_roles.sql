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

-- Customers under restriction (AVG art. 18), as far as the caller would otherwise see rows of theirs by another
-- road than the open file: his own contacts and tasks, and for a claims handler every claim. Not all of them: who
-- is restricted is nobody's list.
create or replace function harmony.restricted_customers() returns bigint[]
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    me bigint := harmony.my_staff_id();
    handles_claims boolean := harmony.have_role('harmony_claims_handler');
begin
    if harmony.have_role('harmony_privacy_officer') then
        return '{}';
    end if;
    return (
        select coalesce(array_agg(c.id), '{}') from harmony.customer c
        where c.restricted_at is not null
          and (exists (select from harmony.contact x where x.customer_id = c.id and x.staff_id = me)
               or exists (select from harmony.call x where x.customer_id = c.id and x.staff_id = me)
               or exists (select from harmony.recording x where x.customer_id = c.id and x.staff_id = me)
               or exists (select from harmony.task x where x.customer_id = c.id and x.staff_id = me)
               or exists (select from harmony.commitment x where x.customer_id = c.id and x.staff_id = me)
               or exists (select from harmony.call_segment x where x.customer_id = c.id and x.staff_id = me)
               or handles_claims and exists (select from harmony.claim x where x.customer_id = c.id)));
end $$;
grant execute on function harmony.restricted_customers() to harmony_agent, harmony_claims_handler, harmony_team_lead;

-- How many lookups of the last hour left no committed row: made and rolled back, or not yet committed. The counter
-- and the hour's beginning live in sequences, which no ROLLBACK turns back (security.md P25). `with_mine`: rows of
-- this very transaction count as committed (whoever asks counts them himself).
-- The second sequence holds the second in which the hour began times 10^9, plus the counter at that moment.
create or replace function harmony.lost_lookups(staff_number bigint, spent bigint, with_mine boolean) returns bigint
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    window_name regclass := ('harmony.lookup_window_' || staff_number)::regclass;
    window_state bigint := coalesce(pg_sequence_last_value(window_name), 0);
    now_second bigint := extract(epoch from harmony.clock())::bigint;
begin
    if now_second - window_state / 1000000000 not between 0 and 3600 then
        window_state := setval(window_name, now_second * 1000000000 + spent - 1);
    end if;
    return spent - 1 - window_state % 1000000000 - (
        select count(*) from harmony.search_log
        where staff_login = session_user::text and searched_at > harmony.clock() - interval '2 hours'
          and counter > window_state % 1000000000 and counter < spent
          and (with_mine or xid is distinct from pg_current_xact_id_if_assigned()));
end $$;

-- Card functions are counted: calls that were made and rolled back show as a gap between the counter and the
-- logged rows. Raises HD002 when too many were made in a minute, or rolled back in an hour.
create or replace function harmony.spend_lookup() returns bigint
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    staff_number bigint := harmony.my_staff_id();
    -- once: a condition that calls clock() asks it for each row
    moment timestamptz := harmony.clock();
    spent bigint;
    recent bigint;
    lost bigint;
begin
    if staff_number is null then
        raise exception 'no member of staff' using errcode = '42501';
    end if;
    spent := nextval(('harmony.lookups_' || staff_number)::regclass);
    select count(*) into recent from harmony.search_log
    where staff_login = session_user::text and searched_at > moment - interval '1 minute';
    lost := harmony.lost_lookups(staff_number, spent, false);
    if recent >= harmony.setting_number('lookup.per_minute')
        or lost >= harmony.setting_number('lookup.lost_per_hour')
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
