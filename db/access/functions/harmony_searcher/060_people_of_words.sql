-- What the search by name is made of: words of the dictionary, and the people who bear them.
-- Called by find_by_name only; runs with the searcher's rights. Each reads a bounded part of an index.

-- Words of the dictionary that begin with the typed one (itself excepted), the most borne first.
create or replace function harmony.begin_words(typed text, most integer) returns setof text
language sql stable as $$
  select k.word from harmony.search_word as k
  where k.word > typed and k.word < typed || '{' and k.role in (1, 3)
  group by k.word
  order by min(k.role), max(k.people) desc, k.word limit most
$$;

-- Words of the dictionary with the typed one inside.
create or replace function harmony.inside_words(typed text, most integer) returns setof text
language sql stable as $$
  select k.word from harmony.search_word as k
  where k.word like '%' || typed || '%' and k.role in (1, 3) and left(k.word, length(typed)) <> typed
  group by k.word
  order by min(k.role), max(k.people) desc, k.word limit most
$$;

-- Words that the typed one may be meant for, with how far off they are (0.5 to 3): written together or apart
-- from their prefix ("vandenberg", "van den berg"), one slip away, or alike in sound.
-- In plpgsql, as everything here that is called with computed arguments: PostgreSQL 15 plans an SQL function
-- again at every call.
create or replace function harmony.near_words(typed text, prefixes text, most integer)
returns table (word text, distance real) language plpgsql stable as $$
declare
  typed_sound constant text := harmony.sound_key(typed);
  typed_slips constant text[] := harmony.one_deletions(typed);
  apart constant text := substring(typed from '^(?:van|van?de[nr]?|v[dn]|de[nr]?|te[nr]?|[dt])(.{3,})$');
  together constant text := replace(prefixes, ' ', '') || typed;
begin
  return query
    select n.word, min(n.distance)::real
    from (
      select k.word, k.people,
        -- a letter that moved is one slip (a swap mostly), though Levenshtein counts two
        case when length(k.word) = length(typed)
          then least(extensions.levenshtein_less_equal(typed, k.word, 1), 1) + (k.sound <> typed_sound)::integer * 0.1
          else 1 end as distance
      from harmony.search_word as k
      where k.slips && typed_slips and k.role in (1, 3)
      union all
      select k.word, k.people, 0.4 + extensions.levenshtein_less_equal(typed, k.word, 4)
      from harmony.search_word as k
      where k.sound = typed_sound and k.role in (1, 3)
      union all
      select k.word, k.people, 0.5
      from harmony.search_word as k
      where k.role = 1 and k.word in (apart, together)) as n
    where n.distance <= 3 and n.word <> typed
    group by n.word
    order by min(n.distance), max(n.people) desc, n.word limit most;
end
$$;

-- The people who bear a word, in the order of the list (surname, then the word beside it), at most `most`.
-- `need`: texts that must begin one of their other words, or their place, postcode, year or date.
-- `letters`: initials, '' for none; `prefixes`: ' van der ', '' for none (those come first then).
-- Looks at 12,000 rows at most.
create or replace function harmony.people_of_word(sought text, need text[], letters text, prefixes text, most integer)
returns setof bigint language plpgsql stable as $$
begin
  if letters = '' and prefixes = '' then
    return query select s.customer_id
      from (
        select n.customer_id, n.others from harmony.search_name as n
        where n.word = sought and n.role in (1, 3)
        order by n.word, n.role, n.next, n.customer_id limit 12000) as s
      where not exists (select from unnest(need) as t(piece) where strpos(s.others, t.piece) = 0)
      limit most;
    return;
  end if;
  return query select s.customer_id
    from (
      select n.* from harmony.search_name as n
      where n.word = sought and n.role in (1, 3)
      order by n.word, n.role, n.next, n.customer_id limit 12000) as s
    where not exists (select from unnest(need) as t(piece) where strpos(s.others, t.piece) = 0)
      and (letters = '' or left(s.initials, length(letters)) = letters
        or left(s.next, 1) = letters or strpos(s.prefix || s.others, ' ' || letters || ' ') > 0)
    order by strpos(s.prefix, prefixes) > 0 desc, s.prefix = prefixes desc, s.initials = letters desc,
      s.role, s.next, s.customer_id
    limit most;
end
$$;

-- The people who bear a pair of words, one of `lefts` with one of `rights` (`complete`: as they are, else as
-- a begin), best first. The ranks of the two words add up; what fits better besides adds a little.
create or replace function harmony.people_of_pairs(
  lefts text[], left_ranks real[], rights text[], right_ranks real[], complete boolean,
  need text[], letters text, prefixes text, most integer)
returns table (customer_id bigint, rank real) language plpgsql stable as $$
begin
  return query select p.customer_id, max(p.rank)::real
  from (
    select s.customer_id, l.rank + r.rank
        + case when s.next = r.word then 0.1 else 0 end
        + case when prefixes = '' and s.prefix = '' or prefixes <> '' and strpos(s.prefix, prefixes) > 0
            then 0.02 else 0 end
        + case when letters <> '' and left(s.initials, length(letters)) = letters then 0.02 else 0 end
        - 0.0005 * strpos(s.others, '|') as rank
    from unnest(lefts, left_ranks) as l(word, rank)
    cross join unnest(rights, right_ranks) as r(word, rank)
    cross join unnest('{1,3,9}'::smallint[]) as k(role)
    cross join lateral (
      select n.customer_id, n.next, n.others, n.prefix, n.initials
      from harmony.search_name as n
      where n.word = l.word and n.role = k.role
        and n.next >= r.word and n.next < r.word || case when complete then ' ' else '{' end
      order by n.next, n.customer_id limit 300) as s
    where not exists (select from unnest(need) as t(piece) where strpos(s.others, t.piece) = 0)) as p
  group by p.customer_id
  order by 2 desc, 1 limit most;
end
$$;

-- A typed name taken apart: words to look up, texts that must be beside them (place, postcode, year, date),
-- initials and prefixes. Without any other word the prefixes are the name ("van", "van der").
create or replace function harmony.name_parts(
  typed text, out words text[], out need text[], out letters text, out prefixes text)
language plpgsql immutable parallel safe as $$
declare
  token text collate "C";
  before text[] := '{}';
begin
  words := '{}';
  need := '{}';
  letters := '';
  foreach token in array string_to_array(typed, ' ') loop
    if token < 'a' then
      need := need || (' ' || token);  -- a figure or a capital: year, postcode or date
    elsif length(token) = 1 then
      letters := letters || token;
    elsif harmony.is_name_prefix(token) then
      before := before || token;
    else
      words := words || left(token, 40);
    end if;
  end loop;
  if words = '{}' and before <> '{}' then
    words := array[array_to_string(before, '')];
    before := '{}';
  end if;
  prefixes := coalesce(' ' || nullif(array_to_string(array_remove(before, 'vd'), ' '), '') || ' ', '');
end
$$;
