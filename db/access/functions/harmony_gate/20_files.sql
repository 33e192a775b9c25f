-- The files: opened with a reason by a committed row, visible from the next transaction on, for a limited time.

-- The customers whose file is open for this login. A row counts only when this transaction did not write it
-- (a row that a query can see is committed unless my own transaction wrote it), and only in READ COMMITTED:
-- another isolation level would keep seeing what has since been closed.
create or replace function harmony.my_open_files() returns bigint[]
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    now_is timestamptz;
    officer boolean;
begin
    if current_setting('transaction_isolation') <> 'read committed' or harmony.my_staff_id() is null then
        return '{}';
    end if;
    now_is := harmony.clock();
    officer := harmony.have_role('harmony_privacy_officer');
    return (
        select coalesce(array_agg(distinct o.customer_id), '{}')
        from harmony.file_opening o
        join harmony.customer c on c.id = o.customer_id
        where o.staff_login = session_user::text
          and o.expires_at > now_is - interval '8 hours'
          and (o.expires_at > now_is or exists (
                select from harmony.call l
                join harmony.staff s on s.id = l.staff_id
                where l.id = o.call_id and s.login = session_user::text and l.ended_at is null
                  and l.started_at > now_is - interval '8 hours'))
          and o.status = 'open' and o.closed_at is null
          and o.xid is distinct from pg_current_xact_id_if_assigned()
          and o.origin = harmony.origin()
          and (c.restricted_at is null or officer));
end $$;
grant execute on function harmony.my_open_files() to harmony_desk, harmony_discloser, harmony_fraudgate;

-- Whether this reference is a number of this customer that somebody had before the file opened: a policy,
-- claim, repair, task or request, or a call of the caller's own.
create or replace function harmony.reference_belongs(customer_id bigint, reason text, reference text) returns boolean
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    person bigint := reference_belongs.customer_id;
    given text := upper(btrim(reference));
begin
    if given is null or given = '' or reason = 'other' then
        return false;
    elsif reason = 'call' then
        return harmony.call_of_reference(person, given) is not null;
    elsif reason = 'fraud' then
        return given ~ '^[0-9]{1,18}$' and harmony.incident_covers(given::bigint, person);
    end if;
    return exists (select from harmony.claim c where c.claim_number = given and c.customer_id = person)
        or exists (select from harmony.repair_order r where r.order_number = given and r.customer_id = person)
        or exists (select from harmony.policy p where p.policy_number = given and p.customer_id = person)
        or exists (select from harmony.task t where t.task_number = given and t.customer_id = person)
        or exists (select from harmony.privacy_request r where r.request_number = given and r.customer_id = person);
end $$;

-- My own call that a reference names, when it may open this file: his, or a call without customer that ended
-- less than an hour ago.
create or replace function harmony.call_of_reference(person bigint, reference text) returns bigint
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    if reference is null or btrim(reference) !~ '^[0-9]{1,18}$' then
        return null;
    end if;
    return (
        select c.id from harmony.call c
        where c.id = btrim(reference)::bigint and c.staff_id = harmony.my_staff_id()
          and (c.customer_id = person
               or c.customer_id is null and c.ended_at > harmony.clock() - interval '1 hour'));
end $$;

-- Whether this call of mine has opened its share of files: others than the caller's own, in this call, and over
-- the last hour in calls that I wrote down myself (anybody can write down a call that never was).
create or replace function harmony.call_opened_enough(the_call bigint, person bigint) returns boolean
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    c record;
begin
    -- Locked, so that two sessions of one login do not both count the same two files before the third.
    select customer_id, made_by into c from harmony.call where id = the_call for update;
    if c.customer_id = person then
        return false;
    end if;
    return (select count(distinct o.customer_id) from harmony.file_opening o
            where o.call_id = the_call and o.status = 'open' and o.customer_id <> person)
            >= harmony.setting_number('file.opens_per_call')
        or c.made_by = session_user::text and (
            select count(distinct o.customer_id) from harmony.file_opening o
            join harmony.call k on k.id = o.call_id and k.made_by = session_user::text
            where o.staff_login = session_user::text and o.status = 'open' and not o.break_glass
              and o.opened_at > harmony.clock() - interval '1 hour' and o.customer_id <> person)
            >= harmony.setting_number('file.opens_by_hand_per_hour');
end $$;

-- Opens a file. `reference`: a shown number of this customer, or the id of a call of mine; checked to belong.
-- With nothing behind it a motive of 15 characters opens it as break-glass, on the privacy officer's list.
-- During my own live call three files open with reason `call`; from the fourth on a motive is asked.
create or replace function harmony.open_file(
    customer_id bigint, reason text, reference text default null, motive text default null)
returns table (status text, expires_at timestamptz)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    person bigint := open_file.customer_id;
    now_is timestamptz := harmony.clock();
    minutes interval := make_interval(mins => harmony.setting_number('file.open_minutes')::int);
    longest interval := make_interval(hours => harmony.setting_number('file.longest_hours')::int);
    me record;
    target record;
    used_call bigint;
    answer text;
    glass boolean := false;
    given_reference text := left(open_file.reference, 80);
    opening record;
begin
    select id, confidentiality_signed_on into me from harmony.staff where login = session_user::text and active;
    select id, restricted_at into target from harmony.customer where id = person;
    answer := harmony.refuse_opening(me.confidentiality_signed_on, target.id, target.restricted_at, open_file.reason);
    if answer is null then
        if open_file.reason = 'call' then
            used_call := coalesce(harmony.my_live_call(), harmony.call_of_reference(person, given_reference));
        end if;
        if used_call is not null then
            glass := harmony.call_opened_enough(used_call, person);
        else
            glass := not harmony.reference_belongs(person, open_file.reason, given_reference);
        end if;
        if glass and char_length(btrim(coalesce(open_file.motive, ''))) < 15 then
            answer := 'motive_required';
        end if;
    end if;
    if answer is not null then
        insert into harmony.file_opening (customer_id, staff_login, reason, reference, status, expires_at)
        values (target.id, session_user, coalesce(left(open_file.reason, 40), ''), given_reference, answer, now_is);
        raise log 'file opening refused: % by staff % of customer %', answer, me.id, target.id;
        return query select answer, null::timestamptz;
        return;
    end if;

    -- The same reference again renews; the four hours count from the first opening.
    update harmony.file_opening o
    set expires_at = greatest(o.expires_at, least(now_is + minutes, o.opened_at + longest)),
        call_id = coalesce(used_call, o.call_id)
    where o.customer_id = person and o.staff_login = session_user::text and o.reason = open_file.reason
      and o.reference is not distinct from given_reference and o.status = 'open' and o.closed_at is null
      and o.expires_at > now_is and o.opened_at + longest > now_is + interval '1 minute' and not glass
      and o.origin = harmony.origin()
    returning o.id, o.expires_at into opening;
    if opening.id is null then
        insert into harmony.file_opening
            (customer_id, staff_login, reason, reference, motive, break_glass, call_id, status, expires_at)
        values (person, session_user, open_file.reason, given_reference, left(btrim(open_file.motive), 2000), glass,
                used_call, 'open', now_is + minutes)
        returning id, file_opening.expires_at into opening;
        -- A second trace, in the server's log: it stays when the transaction is rolled back. Ids only.
        raise log 'file opening % by staff % of customer %', opening.id, me.id, person;
    end if;
    return query select 'open'::text, opening.expires_at;
end $$;
grant execute on function harmony.open_file(bigint, text, text, text) to harmony_agent, harmony_claims_handler,
    harmony_team_lead, harmony_fraud_investigator, harmony_finance, harmony_privacy_officer;

-- Why this opening is refused before any reference is looked at; null when it is not.
create or replace function harmony.refuse_opening(signed_on date, person bigint, restricted_at timestamptz, reason text)
returns text
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        return 'refused: wrong_isolation';
    elsif not harmony.confidentiality_valid(signed_on) then
        return 'refused: no_confidentiality';
    elsif person is null then
        return 'refused: unknown';
    elsif restricted_at is not null and not harmony.have_role('harmony_privacy_officer') then
        return 'refused: restricted';
    elsif reason is null or reason not in
            ('call', 'claim', 'repair', 'application', 'payment', 'privacy_request', 'fraud', 'mail', 'other')
        or reason = 'fraud' and not harmony.have_role('harmony_fraud_investigator') then
        return 'refused: not_allowed';
    elsif (select count(*) from harmony.file_opening o
            where o.staff_login = session_user::text and o.opened_at > harmony.clock() - interval '1 hour'
              and o.status <> 'refused: rate_limited' and o.expires_at > harmony.clock() - interval '5 hours')
        >= harmony.setting_number('file.opens_per_hour') then
        return 'refused: rate_limited';
    end if;
    return null;
end $$;

-- Renews a valid opening; never beyond the longest time, never shorter than it already is.
create or replace function harmony.touch_file(customer_id bigint)
returns table (status text, expires_at timestamptz)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    now_is timestamptz := harmony.clock();
    opening record;
begin
    if not coalesce(touch_file.customer_id = any (harmony.my_open_files()), false) then
        return query select 'refused: not_allowed'::text, null::timestamptz;
        return;
    end if;
    update harmony.file_opening o
    set expires_at = greatest(o.expires_at, least(
            now_is + make_interval(mins => harmony.setting_number('file.open_minutes')::int),
            o.opened_at + make_interval(hours => harmony.setting_number('file.longest_hours')::int)))
    where o.id = (
        select id from harmony.file_opening
        where customer_id = touch_file.customer_id and staff_login = session_user::text and status = 'open'
          and closed_at is null and origin = harmony.origin()
        order by opened_at desc, id desc limit 1)
    returning o.expires_at into opening;
    return query select 'open'::text, opening.expires_at;
end $$;

create or replace function harmony.close_file(customer_id bigint) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    update harmony.file_opening o
    set closed_at = harmony.clock()
    where o.customer_id = close_file.customer_id and o.staff_login = session_user::text and o.closed_at is null
      and o.status = 'open';
    return query select case when found then 'ok' else 'refused: already_done' end;
end $$;
grant execute on function harmony.touch_file(bigint), harmony.close_file(bigint) to harmony_agent,
    harmony_claims_handler, harmony_team_lead, harmony_fraud_investigator, harmony_finance, harmony_privacy_officer;
