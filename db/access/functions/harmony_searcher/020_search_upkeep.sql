-- The triggers that keep search_name and search_word, one statement at a time, and the road for a bulk load.

-- Adds the words that the dictionary does not know yet. It looks and then adds, without a unique index in
-- between: a word that two transactions add at once stands there twice until refresh_search_words().
create or replace function harmony.learn_words(words text[], roles smallint[]) returns void
language plpgsql volatile as $$
begin
  insert into harmony.search_word (word, role, sound, slips)
  select distinct w.word, w.role, harmony.sound_key(w.word), harmony.one_deletions(w.word)
  from unnest(words, roles) as w(word, role)
  where not exists (select from harmony.search_word as k where k.word = w.word and k.role = w.role);
end
$$;

-- Drops the words that nobody bears any more, so that the name of an erased person leaves the dictionary.
create or replace function harmony.forget_words(words text[]) returns void
language plpgsql volatile as $$
begin
  delete from harmony.search_word as k
  where k.word = any (words) and k.role <> 5
    and not exists (select from harmony.search_name as s where s.word = k.word and s.role = k.role);
end
$$;

create or replace function harmony.search_customer_added() returns trigger
language plpgsql security definer set search_path = harmony, extensions, pg_catalog, pg_temp as $$
declare
  words text[];
  roles smallint[];
begin
  with fresh as (
    insert into harmony.search_name (customer_id, word, role, next, others, initials, prefix)
    select c.id, r.word, r.role, r.next, r.others, r.initials_found, r.prefixes
    from added as c
    cross join lateral harmony.name_rows(c.first_name, c.initials, c.prefix, c.last_name, c.partner_prefix,
      c.partner_last_name, c.birth_date, c.postcode, c.city) as r
    returning word, role
  ), found as (
    select distinct word, role from fresh where role <> 9
    union
    select distinct left(w, 40), 5::smallint from added, unnest(harmony.fold_words(city)) as w
  )
  select array_agg(word), array_agg(role) into words, roles from found;
  perform harmony.learn_words(words, roles);
  return null;
end
$$;

create or replace function harmony.search_customer_changed() returns trigger
language plpgsql security definer set search_path = harmony, extensions, pg_catalog, pg_temp as $$
declare
  changed bigint[];
  old_words text[];
  words text[];
  roles smallint[];
begin
  select array_agg(a.id) into changed
  from added as a join removed as r on r.id = a.id
  where (a.first_name, a.initials, a.prefix, a.last_name, a.partner_prefix, a.partner_last_name,
      a.birth_date, a.postcode, a.city)
    is distinct from (r.first_name, r.initials, r.prefix, r.last_name, r.partner_prefix, r.partner_last_name,
      r.birth_date, r.postcode, r.city);
  if changed is null then
    return null;
  end if;
  with gone as (delete from harmony.search_name where customer_id = any (changed) returning word)
  select array_agg(distinct word) into old_words from gone;
  with fresh as (
    insert into harmony.search_name (customer_id, word, role, next, others, initials, prefix)
    select c.id, r.word, r.role, r.next, r.others, r.initials_found, r.prefixes
    from added as c
    cross join lateral harmony.name_rows(c.first_name, c.initials, c.prefix, c.last_name, c.partner_prefix,
      c.partner_last_name, c.birth_date, c.postcode, c.city) as r
    where c.id = any (changed)
    returning word, role
  ), found as (
    select distinct word, role from fresh where role <> 9
    union
    select distinct left(w, 40), 5::smallint from added, unnest(harmony.fold_words(city)) as w
    where id = any (changed)
  )
  select array_agg(word), array_agg(role) into words, roles from found;
  perform harmony.learn_words(words, roles);
  perform harmony.forget_words(old_words);
  return null;
end
$$;

create or replace function harmony.search_customer_removed() returns trigger
language plpgsql security definer set search_path = harmony, extensions, pg_catalog, pg_temp as $$
declare
  old_words text[];
begin
  with gone as (
    delete from harmony.search_name where customer_id in (select id from removed) returning word)
  select array_agg(distinct word) into old_words from gone;
  perform harmony.forget_words(old_words);
  return null;
end
$$;

-- Counts the dictionary anew from search_name and the cities: exact counts, no doubles, no words left over.
-- For the custodian, every night; searches and changes go on meanwhile. Returns the number of words.
create or replace function harmony.refresh_search_words() returns bigint
language plpgsql security definer set search_path = harmony, extensions, pg_catalog, pg_temp as $$
declare
  words text[];
  roles smallint[];
  counts integer[];
begin
  select array_agg(n.word), array_agg(n.role), array_agg(n.people) into words, roles, counts
  from (
    select s.word, s.role, count(*)::integer as people
    from harmony.search_name as s where s.role <> 9 group by s.word, s.role
    union all
    select left(w, 40), 5::smallint, sum(t.people)::integer
    from (select c.city, count(*) as people from harmony.customer as c group by c.city) as t,
      unnest(harmony.fold_words(t.city)) as w
    group by 1) as n;

  -- looked up again in search_name: a word that came after the count must stay
  delete from harmony.search_word as k
  where k.role <> 5
      and not exists (select from harmony.search_name as s where s.word = k.word and s.role = k.role)
    or exists (select from harmony.search_word as twin
               where twin.word = k.word and twin.role = k.role and twin.ctid < k.ctid);
  update harmony.search_word as k set people = n.people
  from unnest(words, roles, counts) as n(word, role, people)
  where n.word = k.word and n.role = k.role and n.people <> k.people;
  insert into harmony.search_word (word, role, people, sound, slips)
  select n.word, n.role, n.people, harmony.sound_key(n.word), harmony.one_deletions(n.word)
  from unnest(words, roles, counts) as n(word, role, people)
  where not exists (select from harmony.search_word as k where k.word = n.word and k.role = n.role);
  return (select count(*) from harmony.search_word);
end
$$;

-- Fills both tables again from customer, for the migrator after a bulk load with the triggers off. Takes
-- the tables for itself meanwhile (about half a minute for a million people); VACUUM ANALYZE both afterwards,
-- because the search reads search_name from its index alone. Returns the number of rows of search_name.
create or replace function harmony.rebuild_search() returns bigint
language plpgsql security definer set search_path = harmony, extensions, pg_catalog, pg_temp as $$
declare
  filled bigint;
begin
  truncate harmony.search_name, harmony.search_word;
  insert into harmony.search_name (customer_id, word, role, next, others, initials, prefix)
  select c.id, r.word, r.role, r.next, r.others, r.initials_found, r.prefixes
  from harmony.customer as c
  cross join lateral harmony.name_rows(c.first_name, c.initials, c.prefix, c.last_name, c.partner_prefix,
    c.partner_last_name, c.birth_date, c.postcode, c.city) as r
  order by r.word, r.role, r.next, c.id;
  get diagnostics filled = row_count;
  perform harmony.refresh_search_words();
  return filled;
end
$$;
grant execute on function harmony.refresh_search_words() to harmony_custodian, harmony_migrator;
grant execute on function harmony.rebuild_search() to harmony_migrator;
