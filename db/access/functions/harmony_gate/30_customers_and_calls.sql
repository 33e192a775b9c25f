-- Writes whose row the writer could not read back: a new customer, a call that gets its customer, an objection.

-- A new customer and the opening of his file, in one transaction; visible from the next one on.
-- `person`: the columns of `customer`, and `phones` [{e164, raw, kind}], `emails` [address].
create or replace function harmony.create_customer(person jsonb, reason text, reference text default null)
returns table (status text, customer_id bigint)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    signed_on date := (select confidentiality_signed_on from harmony.staff where login = session_user::text and active);
    answer text;
    new_id bigint;
    live_call bigint := harmony.my_live_call();
    now_is timestamptz := harmony.clock();
begin
    answer := harmony.refuse_opening(signed_on, 0, null, create_customer.reason);
    if answer is not null then
        return query select answer, null::bigint;
        return;
    end if;
    insert into harmony.customer
        (initials, first_name, prefix, last_name, partner_prefix, partner_last_name, name_usage, gender, birth_date,
         street, house_number, house_letter, house_addition, postcode, city, country, language)
    select p.initials, p.first_name, p.prefix, p.last_name, p.partner_prefix, p.partner_last_name,
           coalesce(p.name_usage, 'own'), coalesce(p.gender, 'onbekend'), p.birth_date, p.street, p.house_number,
           p.house_letter, p.house_addition, p.postcode, p.city, coalesce(p.country, 'NL'), coalesce(p.language, 'nl')
    from jsonb_populate_record(null::harmony.customer, person - array['id', 'display_name', 'sort_key']) as p
    returning id into new_id;
    insert into harmony.customer_phone (customer_id, e164, raw, kind)
    select new_id, phone ->> 'e164', coalesce(phone ->> 'raw', phone ->> 'e164'), coalesce(phone ->> 'kind', 'other')
    from jsonb_array_elements(coalesce(person -> 'phones', '[]')) as phone;
    insert into harmony.customer_email (customer_id, address)
    select new_id, address from jsonb_array_elements_text(coalesce(person -> 'emails', '[]')) as address;
    insert into harmony.file_opening (customer_id, staff_login, reason, reference, call_id, status, expires_at)
    values (new_id, session_user, create_customer.reason, left(create_customer.reference, 80), live_call, 'open',
            now_is + make_interval(mins => harmony.setting_number('file.open_minutes')::int));
    return query select 'open'::text, new_id;
end $$;
grant execute on function harmony.create_customer(jsonb, text, text)
    to harmony_agent, harmony_claims_handler, harmony_team_lead;

-- Gives a call of my own, and what hangs on its contact, its customer; null takes a wrong link away again.
-- Not away from a restricted customer; and a recording that is taken away from somebody who objected to it is
-- blocked, for without its customer nothing would remember the objection.
create or replace function harmony.link_call(call_id bigint, customer_id bigint) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    person bigint := link_call.customer_id;
    the_call record;
    calls bigint[];
begin
    select c.id, c.contact_id, c.customer_id, p.restricted_at into the_call
    from harmony.call c left join harmony.customer p on p.id = c.customer_id
    where c.id = link_call.call_id and c.staff_id = harmony.my_staff_id() for update of c;
    if the_call.id is null or person is not null and not person = any (harmony.my_open_files()) then
        return query select 'refused: not_allowed'::text;
        return;
    elsif the_call.restricted_at is not null then
        return query select 'refused: restricted'::text;
        return;
    elsif the_call.customer_id is not distinct from person then
        return query select 'ok'::text;
        return;
    end if;
    calls := array(select c.id from harmony.call c where c.contact_id = the_call.contact_id);
    update harmony.recording r set status = 'blocked'
    where r.call_id = any (calls) and r.status in ('kept', 'unknown', 'unmatched') and exists (
        select from harmony.objection o where o.customer_id = r.customer_id and o.withdrawn_at is null
          and o.scope in ('recording', 'agreement', 'training', 'analysis'));
    -- Children first away from the old customer, then parents first to the new one: composite keys hold throughout.
    update harmony.commitment set customer_id = null where contact_id = the_call.contact_id;
    update harmony.task set customer_id = null where contact_id = the_call.contact_id;
    update harmony.call_segment s set customer_id = null where s.call_id = any (calls);
    update harmony.recording r set customer_id = null where r.call_id = any (calls);
    update harmony.call set customer_id = null, verification_level = 0 where id = any (calls);
    update harmony.contact set customer_id = person where id = the_call.contact_id;
    update harmony.call set customer_id = person where id = any (calls);
    update harmony.call_segment s set customer_id = person where s.call_id = any (calls);
    update harmony.recording r set customer_id = person where r.call_id = any (calls);
    update harmony.commitment set customer_id = person where contact_id = the_call.contact_id;
    update harmony.task set customer_id = person where contact_id = the_call.contact_id;
    return query select 'ok'::text;
end $$;
grant execute on function harmony.link_call(bigint, bigint)
    to harmony_agent, harmony_claims_handler, harmony_team_lead;

-- Registers (or, with `active` false, takes back) an objection of AVG art. 21 by scope. Effective at commit.
create or replace function harmony.set_objection(
    customer_id bigint, scope text, active boolean default true, channel text default 'phone')
returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    person bigint := set_objection.customer_id;
begin
    if not coalesce(person = any (harmony.my_open_files()), false)
        or coalesce(set_objection.scope, '') not in
            ('recording', 'training', 'analysis', 'agreement', 'marketing', 'survey', 'other')
        or coalesce(set_objection.channel, '') not in ('phone', 'email', 'letter', 'portal', 'other') then
        return query select 'refused: not_allowed'::text;
        return;
    end if;
    if active then
        insert into harmony.objection (customer_id, scope, channel, registered_by)
        values (person, set_objection.scope, set_objection.channel, session_user)
        on conflict (customer_id, scope) where withdrawn_at is null do nothing;
        if set_objection.scope = 'other' and found then
            insert into harmony.task (customer_id, queue, kind, text)
            values (person, 'privacy', 'privacy', 'Overig bezwaar beoordelen');
        end if;
    else
        update harmony.objection o set withdrawn_at = harmony.clock(), withdrawn_by = session_user
        where o.customer_id = person and o.scope = set_objection.scope and o.withdrawn_at is null;
    end if;
    if not found then
        return query select 'refused: already_done'::text;
        return;
    end if;
    perform pg_notify('harmony', 'objection');
    return query select 'ok'::text;
end $$;
grant execute on function harmony.set_objection(bigint, text, boolean, text)
    to harmony_agent, harmony_claims_handler, harmony_team_lead, harmony_privacy_officer;

-- Takes away a telephone number or an e-mail address of an open file. A function, for the right to delete rows is
-- the right to lock the whole table (security.md P18).
create or replace function harmony.remove_phone(phone_id bigint) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    delete from harmony.customer_phone p
    where p.id = remove_phone.phone_id and p.customer_id = any (harmony.my_open_files());
    return query select case when found then 'ok' else 'refused: not_allowed' end;
end $$;

create or replace function harmony.remove_email(email_id bigint) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    delete from harmony.customer_email e
    where e.id = remove_email.email_id and e.customer_id = any (harmony.my_open_files());
    return query select case when found then 'ok' else 'refused: not_allowed' end;
end $$;
grant execute on function harmony.remove_phone(bigint), harmony.remove_email(bigint)
    to harmony_agent, harmony_claims_handler, harmony_team_lead, harmony_privacy_officer;
