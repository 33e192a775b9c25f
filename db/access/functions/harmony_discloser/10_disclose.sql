-- What leaves the company: a payload from a whitelist of fields, refused without an agreement, stored as it was sent.

-- The fields of a repair order (privacy statement, "Reparateurs"; decisions.md, Disclosure kinds). No IMEI, e-mail,
-- birth date or account: the repairer reads the IMEI off the device. Null when the order is not this customer's.
create or replace function harmony.repair_order_payload(person bigint, order_id bigint, recipient_id bigint)
returns jsonb
language sql stable set search_path = harmony, pg_catalog, pg_temp as $$
    select jsonb_build_object(
        'order_number', r.order_number,
        'name', c.display_name,
        'street', c.street,
        'house_number', concat(c.house_number, c.house_letter,
            case when c.house_addition is not null then '-' || c.house_addition end),
        'postcode', c.postcode,
        'city', c.city,
        'phone', (select p.e164 from harmony.customer_phone p where p.customer_id = c.id
                  order by p.kind = 'mobile' desc, p.since desc, p.id limit 1),
        'brand', i.brand,
        'model', i.model,
        'damage_text', d.damage_text)
    from harmony.repair_order r
    join harmony.repairer shop on shop.id = r.repairer_id and shop.recipient_id = repair_order_payload.recipient_id
    join harmony.customer c on c.id = r.customer_id
    join harmony.claim k on k.id = r.claim_id
    left join harmony.insured_item i on i.id = k.insured_item_id
    left join harmony.claim_detail d on d.claim_id = k.id
    where r.id = order_id and r.customer_id = person and r.status not in ('closed', 'cancelled')
$$;

-- Discloses to a recipient what `kind` allows, about a customer whose file is open by a committed opening.
-- `subject_id`: for `repair_order` the repair order. Files are made from the stored row, read again after COMMIT.
create or replace function harmony.disclose(
    recipient_id bigint, customer_id bigint, kind text, subject_id bigint default null)
returns table (status text, disclosure_id bigint, payload jsonb)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    today date := (harmony.clock() at time zone 'Europe/Amsterdam')::date;
    contract bigint;
    content jsonb;
    new_id bigint;
    answer text;
begin
    select a.id into contract
    from harmony.agreement a
    join harmony.recipient r on r.id = a.recipient_id and r.active
    where a.recipient_id = disclose.recipient_id and a.kind = disclose.kind and a.ended_at is null
      and a.signed_on <= today and today between a.valid_from and coalesce(a.valid_until, 'infinity')
    order by a.valid_from desc limit 1;
    if not (disclose.kind = 'repair_order'
            and (harmony.have_role('harmony_agent') or harmony.have_role('harmony_claims_handler'))) then
        answer := 'refused: not_allowed';
    elsif not coalesce(disclose.customer_id = any (harmony.my_open_files()), false) then
        answer := 'refused: not_allowed';
    elsif contract is null then
        answer := 'refused: no_agreement';
    else
        content := harmony.repair_order_payload(disclose.customer_id, disclose.subject_id, disclose.recipient_id);
        if content is null then
            answer := 'refused: unknown';
        end if;
    end if;
    if answer is not null then
        raise log 'disclosure refused: % kind % recipient %', answer, left(disclose.kind, 40), disclose.recipient_id;
        return query select answer, null::bigint, null::jsonb;
        return;
    end if;
    insert into harmony.disclosure (recipient_id, agreement_id, customer_id, kind, subject_id, payload, staff_login)
    values (disclose.recipient_id, contract, disclose.customer_id, disclose.kind, disclose.subject_id, content,
            session_user)
    returning id into new_id;
    return query select 'ok'::text, new_id, content;
end $$;
grant execute on function harmony.disclose(bigint, bigint, text, bigint) to harmony_agent, harmony_claims_handler,
    harmony_team_lead, harmony_finance, harmony_privacy_officer, harmony_outreach;
