-- The search: no login reads these tables; harmony_searcher does, for cards only.

select pg_temp.guard('search_name', 'search_word');
select pg_temp.door('harmony_searcher', '{select,insert,delete}', 'search_name', 'search_word');
select pg_temp.door('harmony_searcher', '{update}', 'search_word');
-- rebuild_search() empties both
grant truncate on harmony.search_name, harmony.search_word to harmony_searcher;

-- What the searcher reads of the tables of others: only what a card shows or a person is found by. The rule
-- `true` is folded away by the planner; any other would cost the prefix, range and trigram indexes.
select pg_temp.allow('{harmony_searcher}', 'select', 'customer', 'true',
    'id, customer_number, display_name, sort_key, initials, first_name, prefix, last_name, partner_prefix, '
    'partner_last_name, birth_date, postcode, house_number, house_letter, house_addition, city, restricted_at');
select pg_temp.allow('{harmony_searcher}', 'select', 'customer_phone', 'true', 'customer_id, e164');
select pg_temp.allow('{harmony_searcher}', 'select', 'customer_email', 'true', 'customer_id, address_norm');
select pg_temp.allow('{harmony_searcher}', 'select', 'bank_account', 'true', 'customer_id, iban');
select pg_temp.allow('{harmony_searcher}', 'select', 'policy', 'true', 'customer_id, policy_number, certificate_number');
select pg_temp.allow('{harmony_searcher}', 'select', 'insured_item', 'true', 'customer_id, imei, serial_number');
select pg_temp.allow('{harmony_searcher}', 'select', 'claim', 'true', 'customer_id, claim_number');
select pg_temp.allow('{harmony_searcher}', 'insert', 'search_log', 'true', 'staff_login, kind, hits, counter');
