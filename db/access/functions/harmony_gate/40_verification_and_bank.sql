-- Is this caller who he says? The answer is compared here and forgotten; agents cannot write the level.

-- What a person types for a date: 12-03-1987, 12/3/87, 120387, 12031987 or 1987-03-12; null when it is none.
-- Two digits for a year mean the latest year in which the person is born by now.
create or replace function harmony.read_birth_date(typed text) returns date
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    today date := (harmony.clock() at time zone 'Europe/Amsterdam')::date;
    part text[];
    year_number int;
begin
    part := regexp_match(btrim(typed), '^(\d{4})-(\d{1,2})-(\d{1,2})$');
    if part is not null then
        return make_date(part[1]::int, part[2]::int, part[3]::int);
    end if;
    part := coalesce(
        regexp_match(btrim(typed), '^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$'),
        regexp_match(btrim(typed), '^(\d{2})(\d{2})(\d{4}|\d{2})$'));
    if part is null then
        return null;
    end if;
    year_number := part[3]::int;
    if length(part[3]) = 2 then
        year_number := year_number + 2000;
        if make_date(year_number, part[2]::int, part[1]::int) > today then
            year_number := year_number - 100;
        end if;
    end if;
    return make_date(year_number, part[2]::int, part[1]::int);
exception when datetime_field_overflow or invalid_datetime_format then
    return null;
end $$;

-- Whether an answer to a control question is the customer's. Questions: birth_date, address (postcode with or
-- without house number), policy_number, iban_last4, callback (the number that was called back, known 30 days).
create or replace function harmony.answer_matches(person bigint, question text, answer text) returns boolean
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    given text := upper(regexp_replace(answer, '[^0-9A-Za-z]', '', 'g'));
    digits text := regexp_replace(answer, '\D', '', 'g');
begin
    case question
        when 'birth_date' then
            return exists (select from harmony.customer
                where id = person and birth_date = harmony.read_birth_date(answer));
        when 'address' then
            return exists (select from harmony.customer
                where id = person and house_number is not null and given like postcode || '%'
                  and substr(given, length(postcode) + 1) in (
                    house_number::text,
                    house_number || upper(coalesce(house_letter, '') || coalesce(house_addition, ''))));
        when 'policy_number' then
            return exists (select from harmony.policy
                where customer_id = person and digits <> ''
                  and given in (replace(policy_number, '-', ''), replace(certificate_number, '-', ''),
                                regexp_replace(policy_number, '\D', '', 'g')));
        when 'iban_last4' then
            return exists (select from harmony.bank_account
                where customer_id = person and valid_until is null and length(digits) = 4 and right(iban, 4) = digits);
        when 'callback' then
            return exists (select from harmony.customer_phone
                where customer_id = person and length(digits) >= 9 and right(e164, 9) = right(digits, 9)
                  and since < harmony.clock() - make_interval(
                    days => harmony.setting_number('verification.callback_known_days')::int));
    end case;
    return false;
exception when case_not_found then
    return false;
end $$;

-- Compares a caller's answer and sets the level of the call: 1 birth date and address; 2 level 1 and a policy
-- number, the last four of the IBAN or a call-back; 3 level 2 and a call-back. At most five wrong answers.
create or replace function harmony.check_answer(call_id bigint, question text, answer text)
returns table (result text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    spent bigint := harmony.spend_lookup();
    the_call record;
    outcome text;
    known text[];
    wrong bigint;
begin
    select id, customer_id into the_call from harmony.call
    where id = check_answer.call_id and staff_id = harmony.my_staff_id()
      and (ended_at is null or ended_at > harmony.clock() - interval '30 minutes')
    for update;
    if the_call.customer_id is null or not the_call.customer_id = any (harmony.my_open_files()) then
        perform harmony.log_lookup('verification', 0, spent);
        return query select 'no_match'::text;
        return;
    end if;
    -- Wrong answers in this call, about anybody, and mine of the last hour about this person, in whatever call.
    -- Tries that were rolled back count too: the counter ran ahead of the logged rows.
    select count(*) into wrong
    from harmony.call_verification v
    where v.result = 'no_match' and (v.call_id = the_call.id
        or v.customer_id = the_call.customer_id and v.staff_login = session_user::text
            and v.answered_at > harmony.clock() - interval '1 hour');
    wrong := wrong + greatest(0, harmony.lost_lookups(harmony.my_staff_id(), spent, true));
    if wrong >= harmony.setting_number('verification.most_tries') then
        perform harmony.log_lookup('verification', 0, spent);
        return query select 'too_many'::text;
        return;
    end if;
    if coalesce(check_answer.question, '') not in
            ('birth_date', 'address', 'policy_number', 'iban_last4', 'callback') then
        perform harmony.log_lookup('verification', 0, spent);
        return query select 'no_match'::text;
        return;
    end if;
    outcome := case when harmony.answer_matches(the_call.customer_id, check_answer.question, check_answer.answer)
        then 'match' else 'no_match' end;
    insert into harmony.call_verification (call_id, customer_id, staff_login, question, result)
    values (the_call.id, the_call.customer_id, session_user, check_answer.question, outcome);
    perform harmony.log_lookup('verification', (outcome = 'match')::int, spent);
    select array_agg(distinct v.question) into known
    from harmony.call_verification v
    where v.call_id = the_call.id and v.customer_id = the_call.customer_id and v.result = 'match';
    update harmony.call c
    set verification_level = case
        when not known @> '{birth_date,address}' or known is null then 0
        when known @> '{callback}' and known && '{policy_number,iban_last4}' then 3
        when known && '{policy_number,iban_last4,callback}' then 2
        else 1 end
    where c.id = the_call.id;
    return query select outcome;
end $$;
grant execute on function harmony.check_answer(bigint, text, text)
    to harmony_agent, harmony_claims_handler, harmony_team_lead;

-- Asks to see the bank account in full, with a reason; the ticket works from the next transaction on.
create or replace function harmony.reveal_bank_account(customer_id bigint, reason text)
returns table (status text, ticket uuid)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    person bigint := reveal_bank_account.customer_id;
    answer text := 'ok';
    given uuid;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        answer := 'refused: wrong_isolation';
    elsif not coalesce(person = any (harmony.my_open_files()), false) then
        answer := 'refused: not_allowed';
    elsif char_length(btrim(coalesce(reveal_bank_account.reason, ''))) < 5 then
        answer := 'refused: too_short';
    elsif not harmony.may_see_account(person) then
        answer := 'refused: not_verified';
    end if;
    insert into harmony.bank_reveal (customer_id, staff_login, reason, status)
    values ((select id from harmony.customer where id = person), session_user,
            coalesce(left(reveal_bank_account.reason, 500), ''), answer)
    returning bank_reveal.ticket into given;
    return query select answer, case when answer = 'ok' then given end;
end $$;

-- A verified caller of my own (level 2), or work of mine that needs the account: claim, payment, request.
create or replace function harmony.may_see_account(person bigint) returns boolean
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    return harmony.have_role('harmony_finance')
        or harmony.have_role('harmony_privacy_officer') and exists (
            select from harmony.privacy_request r where r.customer_id = person and r.status <> 'closed')
        or exists (select from harmony.claim c
            where c.customer_id = person and c.assigned_to = harmony.my_staff_id())
        or exists (select from harmony.call c
            where c.customer_id = person and c.staff_id = harmony.my_staff_id() and c.verification_level >= 2
              and (c.ended_at is null or c.ended_at > harmony.clock() - interval '30 minutes'));
end $$;

create or replace function harmony.bank_account_revealed(ticket uuid)
returns table (status text, iban text, holder_name text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    asked record;
    answer text := 'ok';
begin
    select * into asked from harmony.bank_reveal r
    where r.ticket = bank_account_revealed.ticket and r.staff_login = session_user::text for update;
    if asked.id is null or asked.status <> 'ok' then
        answer := 'refused: not_allowed';
    elsif current_setting('transaction_isolation') <> 'read committed' then
        answer := 'refused: wrong_isolation';
    elsif asked.xid is not distinct from pg_current_xact_id_if_assigned() then
        answer := 'refused: not_committed';
    elsif asked.origin <> harmony.origin() or asked.requested_at < harmony.clock() - interval '15 minutes' then
        answer := 'refused: ticket_old';
    elsif not coalesce(asked.customer_id = any (harmony.my_open_files()), false) then
        answer := 'refused: not_allowed';
    end if;
    if answer <> 'ok' then
        return query select answer, null::text, null::text;
        return;
    end if;
    update harmony.bank_reveal r set revealed_at = harmony.clock() where r.id = asked.id;
    return query
        select 'ok'::text, a.iban, a.holder_name from harmony.bank_account a
        where a.customer_id = asked.customer_id and a.valid_until is null
        order by a.valid_from desc;
end $$;
grant execute on function harmony.reveal_bank_account(bigint, text), harmony.bank_account_revealed(uuid)
    to harmony_agent, harmony_claims_handler, harmony_team_lead, harmony_finance, harmony_privacy_officer;
