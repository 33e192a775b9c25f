-- The one search of every screen: cards of customers, for the roles that may look people up.

-- True when a text is too short to look anything up: under 3 letters or figures, or two of a name unless a
-- date or postcode narrows it.
create or replace function harmony.is_too_short(query text, kinds text[], readings text[]) returns boolean
language sql immutable parallel safe
return case
  when cardinality(kinds) = 0 then length(replace(harmony.fold(query), ' ', '')) < 3
  when 'name' = all (kinds) then
    length(regexp_replace(readings[1], '(^| )\d{4}\S*|[^a-z]', '', 'g')) < case when readings[1] ~ ' \d{4}' then 2 else 3 end
  else length(regexp_replace(query, '\W', '', 'g')) < 3
end;

-- One reading looked up, as (customer_id, matched_on, rank) in order.
create or replace function harmony.find_reading(kind text, normalised text, most integer, deadline timestamptz)
returns table (customer_id bigint, matched_on text, rank real) language plpgsql stable as $$
begin
  case
    when kind = 'name' then
      return query select n.customer_id, n.matched_on, n.rank from harmony.find_by_name(normalised, most, deadline) as n;
    when kind in ('phone', 'phone_tail') then
      return query select f, kind, 1::real from harmony.find_by_phone(kind, normalised, most) as f;
    when kind = 'email' then
      return query select f, kind, 1::real from harmony.find_by_email(normalised, most) as f;
    when kind in ('imei', 'serial_number') then
      return query select f, kind, 1::real from harmony.find_by_device(kind, normalised, most) as f;
    when kind in ('iban', 'iban_tail') then
      return query select f, kind, 1::real from harmony.find_by_iban(kind, normalised, most) as f;
    when kind = 'postcode' then
      return query select f, kind, 1::real from harmony.find_by_postcode(normalised, most) as f;
    when kind = 'birth_date' then
      return query select c.id, kind, 1::real from harmony.customer as c
        where c.birth_date + 0 = normalised::date
        order by c.birth_date + 0, left(c.sort_key, 400) collate "C", c.id limit most;
    else
      return query select f, kind, 1::real from harmony.find_by_own_number(kind, normalised, most) as f;
  end case;
end
$$;

-- find_customers(query, max, kind): cards of the customers that the text may mean, best first, at most 50.
-- `kind` forces one reading (a kind of read_query, or its Dutch word). `matched_on` is the kind that found
-- the card: those of read_query, or name_begin, name_part, name_like. A restricted customer is a number
-- and "Klant afgeschermd" for all but the privacy officer.
-- Leaves one row in search_log: who, kind, hits; never what was typed. Raises HD001 (too short), HD002
-- (spend_lookup: too many), 22023 (a kind that does not exist).
create or replace function harmony.find_customers(query text, max integer default 20, kind text default null)
returns table (customer_id bigint, customer_number text, display_name text, birth_year integer, postcode text,
  city text, matched_on text, rank real)
language plpgsql volatile security definer
set search_path = harmony, extensions, pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  most constant integer := least(greatest(coalesce(max, 20), 1), 50);
  sees_restricted constant boolean := harmony.have_role('harmony_privacy_officer');
  deadline timestamptz;
  kinds text[];
  readings text[];
  counter bigint;
  ids bigint[] := '{}';
  labels text[];
  ranks real[];
  used text;
begin
  if kind is not null and harmony.forced_kind(lower(kind)) is null then
    raise exception using errcode = '22023', message = 'unknown kind of search';
  end if;
  select coalesce(array_agg(r.kind), '{}'), coalesce(array_agg(r.normalised), '{}') into kinds, readings
  from harmony.read_query(concat(kind || ':', query)) as r;
  if query is null or harmony.is_too_short(query, kinds, readings) then
    raise exception using errcode = 'HD001', message = 'search text too short';
  end if;
  counter := harmony.spend_lookup();
  -- a wider step of a name search starts only within this time, once something was found
  deadline := clock_timestamp() + make_interval(secs => harmony.setting_number('search.step_ms') / 1000.0);
  for i in 1 .. cardinality(kinds) loop
    used := kinds[i];
    select coalesce(array_agg(f.customer_id order by f.ordinality), '{}'),
      array_agg(f.matched_on order by f.ordinality), array_agg(f.rank order by f.ordinality)
    into ids, labels, ranks
    from harmony.find_reading(kinds[i], readings[i], most, deadline) with ordinality as f;
    exit when cardinality(ids) > 0;
  end loop;
  insert into harmony.search_log (staff_login, kind, hits, counter)
  values (session_user, case when cardinality(ids) > 0 then used else coalesce(kinds[1], 'none') end, cardinality(ids), counter);
  return query
    select c.id, c.customer_number,
      case when hidden then 'Klant afgeschermd' else c.display_name end,
      case when hidden then null else extract(year from c.birth_date)::integer end,
      case when hidden then null else c.postcode end,
      case when hidden then null else c.city end,
      case when hidden then null else h.label end,
      h.rank
    from unnest(ids, labels, ranks) with ordinality as h(id, label, rank, place)
    join harmony.customer as c on c.id = h.id
    cross join lateral (select c.restricted_at is not null and not sees_restricted as hidden) as r
    order by h.rank desc, h.place;
end
$$;
grant execute on function harmony.find_customers(text, integer, text) to harmony_agent, harmony_claims_handler,
  harmony_team_lead, harmony_fraud_investigator, harmony_finance, harmony_privacy_officer;
