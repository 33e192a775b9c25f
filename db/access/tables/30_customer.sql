-- A customer's rows are visible while his file is open for this login, and to nobody else.

select pg_temp.guard('customer', 'customer_phone', 'customer_email', 'bank_account', 'preference', 'objection',
    'policy', 'insured_item');

select pg_temp.allow(pg_temp.readers(), 'select', 'customer', pg_temp.opened('id'));

-- No samples of what identifies a person: EXPLAIN shows anybody the planner's estimate for a value or a range, and
-- with it the most common values and the bounds of the histogram. The search has its own tables and indexes.
do $$
declare
    one text;
begin
    foreach one in array '{customer.first_name,customer.initials,customer.last_name,customer.partner_last_name,
        customer.birth_date,customer.street,customer.house_number,customer.postcode,customer.city,customer.display_name,
        customer.sort_key,customer_phone.e164,customer_phone.raw,customer_email.address,customer_email.address_norm,
        bank_account.iban,bank_account.iban_masked,bank_account.holder_name,insured_item.imei,
        insured_item.serial_number}'::text[]
    loop
        execute format('alter table harmony.%I alter column %I set statistics 0',
            split_part(one, '.', 1), split_part(one, '.', 2));
    end loop;
end $$;
select pg_temp.allow(pg_temp.desk_three() || '{harmony_privacy_officer}', 'update', 'customer', pg_temp.opened('id'),
    'initials, first_name, prefix, last_name, partner_prefix, partner_last_name, name_usage, gender, birth_date, '
    'deceased_on, street, house_number, house_letter, house_addition, postcode, city, country, language');
select pg_temp.allow('{harmony_privacy_officer}', 'update', 'customer', pg_temp.opened('id'), 'restricted_at');

select pg_temp.allow(pg_temp.readers(), 'select', t, pg_temp.opened())
from unnest('{customer_phone,customer_email,policy,insured_item}'::text[]) t;
select pg_temp.allow(pg_temp.desk_three() || '{harmony_privacy_officer}', 'insert', 'customer_phone', pg_temp.opened(),
    'customer_id, e164, raw, kind');
select pg_temp.allow(pg_temp.desk_three() || '{harmony_privacy_officer}', 'update', 'customer_phone', pg_temp.opened(),
    'e164, raw, kind');
select pg_temp.allow(pg_temp.desk_three() || '{harmony_privacy_officer}', 'insert', 'customer_email', pg_temp.opened(),
    'customer_id, address');
select pg_temp.allow(pg_temp.desk_three() || '{harmony_privacy_officer}', 'update', 'customer_email', pg_temp.opened(),
    'address');
-- Taken away by `remove_phone` and `remove_email`: no desk role has DELETE on any table (it would include LOCK).

-- Every column but the IBAN itself, which is revealed with a reason (`reveal_bank_account`).
select pg_temp.allow(pg_temp.readers(), 'select', 'bank_account', pg_temp.opened(),
    'id, customer_id, holder_name, iban_masked, valid_from, valid_until, version, created_at, changed_at');
select pg_temp.allow('{harmony_finance}', 'insert', 'bank_account', pg_temp.opened(), 'customer_id, iban, holder_name');
select pg_temp.allow('{harmony_finance}', 'update', 'bank_account', pg_temp.opened(), 'valid_until');

-- An application is written by agent or lead; what it becomes is decided by functions.
select pg_temp.allow('{harmony_agent,harmony_team_lead}', 'insert', 'policy', pg_temp.opened(),
    'customer_id, product_version_id, status, started_on, ends_on, premium_cents',
    pg_temp.opened() || ' and status = ''applied''');
select pg_temp.allow('{harmony_agent,harmony_team_lead}', 'insert', 'insured_item', pg_temp.opened(),
    'customer_id, policy_id, kind, imei, serial_number, brand, model, purchase_price_cents, purchased_on');
select pg_temp.allow('{harmony_agent,harmony_team_lead}', 'update', 'insured_item', pg_temp.opened(),
    'imei, serial_number, brand, model, purchase_price_cents, purchased_on');

select pg_temp.allow(pg_temp.desk_three(), 'select', 'preference', pg_temp.opened());
select pg_temp.allow('{harmony_privacy_officer}', 'select', 'preference', 'true');
select pg_temp.allow('{harmony_agent,harmony_team_lead}', 'insert', 'preference', pg_temp.opened(), 'customer_id, kind, value');
select pg_temp.allow('{harmony_agent,harmony_team_lead}', 'update', 'preference', pg_temp.opened(), 'value');
select pg_temp.allow('{harmony_privacy_officer}', 'insert', 'preference', 'true', 'customer_id, kind, value');
select pg_temp.allow('{harmony_privacy_officer}', 'update', 'preference', 'true', 'value');

-- Objections are set by `set_objection` and shown by `open_requests`.
select pg_temp.allow('{harmony_privacy_officer}', 'select', 'objection', 'true');
