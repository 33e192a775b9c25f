-- Which rows of a list are known already ("al bij ons bekend"): cards, as of a search, for the run's own maker.

-- `batch`: [{row, last_name, given, birth_date, phones [e164], emails, iban, postcode, house_number}], at most 1000.
-- Known by telephone, e-mail or IBAN; by birth date and surname when the initials agree; by surname at one house.
-- Every known row is named; a card stands beside the first 50 pairs, three of one row at most: what a search gives.
-- A call is a lookup: logged, and counted past ROLLBACK. A run is compared three times at most. Raises HD002 above
-- that, 42501 for a run that is not the caller's own, open and committed, 22023 for a batch that is too large.
create or replace function harmony.import_duplicates(run_id bigint, batch jsonb)
returns table (row_number integer, matched_on text, customer_id bigint, customer_number text, display_name text,
  birth_year integer, postcode text, city text)
language plpgsql volatile security definer
set search_path = harmony, extensions, pg_catalog, pg_temp set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  amount constant integer := jsonb_array_length(batch);
  sees_restricted constant boolean := harmony.have_role('harmony_privacy_officer');
  counter bigint;
  run record;
  known jsonb;
begin
  if amount is null or amount not between 1 and 1000 then
    raise exception using errcode = '22023', message = 'a batch has 1 to 1000 rows';
  end if;
  counter := harmony.spend_lookup();
  update harmony.import_run as r set checked = r.checked + amount
  where r.id = import_duplicates.run_id and r.staff_login = session_user::text and r.status = 'open'
    and r.xid is distinct from pg_current_xact_id_if_assigned()
  returning r.checked, r.rows into run;
  if run is null or not harmony.have_role('harmony_team_lead') then
    raise exception using errcode = '42501', message = 'no such run';
  elsif run.checked > 3 * run.rows then
    raise exception using errcode = 'HD002', message = 'too many lookups';
  end if;
  known := harmony.known_people(batch);
  insert into harmony.search_log (staff_login, kind, hits, counter)
  values (session_user, 'import', jsonb_array_length(known), counter);
  return query
    select k.line, k.label, c.id, c.customer_number,
      case when r.hidden then 'Klant afgeschermd' else c.display_name end,
      case when r.hidden then null else extract(year from c.birth_date)::integer end,
      case when r.hidden then null else c.postcode end,
      case when r.hidden then null else c.city end
    from (
      select (p.pair ->> 'row')::integer as line, p.pair ->> 'on' as label,
        case when p.place <= 50 then (p.pair ->> 'id')::bigint end as person, p.place
      from jsonb_array_elements(known) with ordinality as p(pair, place)) as k
    left join harmony.customer as c on c.id = k.person
    cross join lateral (select c.restricted_at is not null and not sees_restricted as hidden) as r
    order by k.place;
end
$$;
grant execute on function harmony.import_duplicates(bigint, jsonb) to harmony_team_lead;

-- The pairs (row of the list, customer, on what they are one) as [{row, id, on}], in order of rows, three a row.
create or replace function harmony.known_people(batch jsonb) returns jsonb language sql stable as $$
  with listed as materialized (
    select l.row, nullif(harmony.fold(l.last_name), '') as name, left(harmony.fold(l.given), 1) as initial, l.birth_date,
      l.phones, l.emails, l.iban, l.postcode, l.house_number
    from jsonb_to_recordset(batch) as l(row integer, last_name text, given text, birth_date date, phones text[],
      emails text[], iban text, postcode text, house_number integer)
  ), named as (
    select l.row, c.id, case when c.birth_date = l.birth_date then 'birth_date' else 'address' end as label, l.initial,
      left(harmony.fold(coalesce(c.first_name, c.initials, '')), 1) as other_initial
    from listed as l
    join lateral (
      select p.id, p.birth_date, p.last_name, p.partner_last_name, p.first_name, p.initials
      from harmony.customer as p where p.birth_date + 0 = l.birth_date
      union all
      select p.id, null, p.last_name, p.partner_last_name, p.first_name, p.initials
      from harmony.customer as p
      where left(p.postcode, 10) collate "C" = l.postcode and p.house_number + 0 = l.house_number
    ) as c on l.name in (harmony.fold(c.last_name), harmony.fold(c.partner_last_name))
  ), pairs as (
    select l.row, p.customer_id as id, 'phone' as label, 1 as weight
    from listed as l, unnest(l.phones) as typed(number)
    join harmony.customer_phone as p on reverse(p.e164) collate "C" = reverse(typed.number)
    union all
    select l.row, e.customer_id, 'email', 2
    from listed as l, unnest(l.emails) as typed(address)
    join harmony.customer_email as e on left(e.address_norm, 254) collate "C" = lower(typed.address)
    union all
    select l.row, b.customer_id, 'iban', 3
    from listed as l join harmony.bank_account as b on b.iban collate "C" = l.iban
    union all
    select n.row, n.id, n.label, case n.label when 'birth_date' then 0 else 4 end
    from named as n
    where coalesce(nullif(n.initial, ''), n.other_initial) = coalesce(nullif(n.other_initial, ''), n.initial)
  ), best as (
    select distinct on (p.row, p.id) p.row, p.id, p.label, p.weight from pairs as p order by p.row, p.id, p.weight
  ), ranked as (
    select b.*, row_number() over (partition by b.row order by b.weight, b.id) as place from best as b
  )
  select coalesce(jsonb_agg(jsonb_build_object('row', r.row, 'id', r.id, 'on', r.label) order by r.row, r.place), '[]')
  from ranked as r where r.place <= 3
$$;
