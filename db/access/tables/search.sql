-- The search: no login reads these tables; harmony_searcher does, for cards only.

alter table harmony.search_name enable row level security;
alter table harmony.search_name force row level security;
alter table harmony.search_word enable row level security;
alter table harmony.search_word force row level security;

grant select, insert, delete, truncate on harmony.search_name to harmony_searcher;
grant select, insert, update, delete, truncate on harmony.search_word to harmony_searcher;
drop policy if exists searcher_all on harmony.search_name;
create policy searcher_all on harmony.search_name to harmony_searcher using (true) with check (true);
drop policy if exists searcher_all on harmony.search_word;
create policy searcher_all on harmony.search_word to harmony_searcher using (true) with check (true);

-- What the searcher reads of the tables of others. USING (true) is folded away by the planner, so that
-- prefix, range and trigram indexes stay usable; any other condition would cost the index.
grant select (id, customer_number, display_name, sort_key, initials, first_name, prefix, last_name,
  partner_prefix, partner_last_name, birth_date, postcode, house_number, house_letter, house_addition, city,
  restricted_at) on harmony.customer to harmony_searcher;
grant select (customer_id, e164) on harmony.customer_phone to harmony_searcher;
grant select (customer_id, address_norm) on harmony.customer_email to harmony_searcher;
grant select (customer_id, iban) on harmony.bank_account to harmony_searcher;
grant select (customer_id, policy_number, certificate_number) on harmony.policy to harmony_searcher;
grant select (customer_id, imei, serial_number) on harmony.insured_item to harmony_searcher;
grant select (customer_id, claim_number) on harmony.claim to harmony_searcher;
grant insert (staff_login, kind, hits, counter) on harmony.search_log to harmony_searcher;

drop policy if exists searcher_reads on harmony.customer;
create policy searcher_reads on harmony.customer for select to harmony_searcher using (true);
drop policy if exists searcher_reads on harmony.customer_phone;
create policy searcher_reads on harmony.customer_phone for select to harmony_searcher using (true);
drop policy if exists searcher_reads on harmony.customer_email;
create policy searcher_reads on harmony.customer_email for select to harmony_searcher using (true);
drop policy if exists searcher_reads on harmony.bank_account;
create policy searcher_reads on harmony.bank_account for select to harmony_searcher using (true);
drop policy if exists searcher_reads on harmony.policy;
create policy searcher_reads on harmony.policy for select to harmony_searcher using (true);
drop policy if exists searcher_reads on harmony.insured_item;
create policy searcher_reads on harmony.insured_item for select to harmony_searcher using (true);
drop policy if exists searcher_reads on harmony.claim;
create policy searcher_reads on harmony.claim for select to harmony_searcher using (true);
drop policy if exists searcher_writes on harmony.search_log;
create policy searcher_writes on harmony.search_log for insert to harmony_searcher with check (true);
