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
    values (new_id, session_user, create_customer.reason, create_customer.reference, live_call, 'open',
            now_is + make_interval(mins => harmony.setting_number('file.open_minutes')::int));
    return query select 'open'::text, new_id;
end $$;
grant execute on function harmony.create_customer(jsonb, text, text)
    to harmony_agent, harmony_claims_handler, harmony_team_lead;

-- Gives a call of my own, and what hangs on it, its customer; null takes a wrong link away again.
create or replace function harmony.link_call(call_id bigint, customer_id bigint) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    person bigint := link_call.customer_id;
    the_call record;
begin
    select id, contact_id into the_call from harmony.call
    where id = link_call.call_id and staff_id = harmony.my_staff_id() for update;
    if the_call.id is null or person is not null and not person = any (harmony.my_open_files()) then
        return query select 'refused: not_allowed'::text;
        return;
    end if;
    update harmony.commitment set customer_id = null where contact_id = the_call.contact_id;
    update harmony.task set customer_id = null where contact_id = the_call.contact_id;
    update harmony.call_segment s set customer_id = null where s.call_id = the_call.id;
    delete from harmony.call_verification v where v.call_id = the_call.id;
    update harmony.recording r set customer_id = null where r.call_id = the_call.id;
    update harmony.call set customer_id = null, verification_level = 0 where id = the_call.id;
    update harmony.contact set customer_id = person where id = the_call.contact_id;
    update harmony.call set customer_id = person where id = the_call.id;
    update harmony.call_segment s set customer_id = person where s.call_id = the_call.id;
    update harmony.recording r set customer_id = person where r.call_id = the_call.id;
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
    if not person = any (harmony.my_open_files()) then
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
