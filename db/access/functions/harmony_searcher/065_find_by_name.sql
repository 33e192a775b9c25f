-- Finding a person by name: exact words first, then begins, places, pieces inside a word, slips of the finger.
-- Called by find_customers only; runs with the searcher's rights. Once something is found, no further step
-- starts after the deadline.

-- People by one word with what must stand beside it (see people_of_word).
create or replace function harmony.find_by_word(
  sought text, need text[], letters text, prefixes text, most integer, deadline timestamptz)
returns table (customer_id bigint, matched_on text, rank real) language plpgsql stable as $$
declare
  labels constant text[] := '{name,name,name_begin,name_part,name_like}';
  ranks constant real[] := '{0.9,0.75,0.7,0.5,0.4}';
  candidates text[];
  seen bigint[] := '{}';
  fresh bigint[];
begin
  for step in 1 .. 5 loop
    candidates := case step
      when 1 then array[sought]
      when 2 then array(select sought where letters <> '')  -- the initials may be wrong
      when 3 then array(select w from harmony.begin_words(sought, 60) as w)
      when 4 then array(select w from harmony.inside_words(sought, 40) as w where length(sought) >= 3)
      else array(select w.word from harmony.near_words(sought, prefixes, 20) as w where length(sought) >= 3)
    end;
    for i in 1 .. cardinality(candidates) loop
      fresh := array(
        select p from harmony.people_of_word(
          candidates[i], need, case when step = 2 then '' else letters end, prefixes, most + cardinality(seen)) as p
        where p <> all (seen) limit most - cardinality(seen));
      return query select u, labels[step], (ranks[step] - 0.002 * i)::real from unnest(fresh) as u;
      seen := seen || fresh;
      if cardinality(seen) >= most or cardinality(seen) > 0 and clock_timestamp() > deadline then
        return;
      end if;
    end loop;
  end loop;
end
$$;

-- One step of find_by_words for one pair of words; `need` holds the other words.
-- 1 the first word and the begin of the second; 2 the first word, the others being its place or the like;
-- 3 begins of both; 4 slips in one or both; 5 a slip beside a place; 6 a piece inside a word.
create or replace function harmony.find_pair(
  step integer, one text, two text, need text[], letters text, prefixes text, most integer)
returns table (customer_id bigint, rank real) language plpgsql stable as $$
declare
  near_one text[];
  near_two text[];
  rank_one real[];
  rank_two real[];
begin
  if step in (4, 5) then
    select array_agg(n.word), array_agg(0.4::real - n.distance / 10) into near_one, rank_one
    from (select one as word, 0::real as distance union all
          select w.word, w.distance from harmony.near_words(one, prefixes, 12) as w) as n;
  elsif step in (3, 6) then
    near_one := array(
      select w from harmony.begin_words(one, 100) as w where step = 3 union all
      select w from harmony.inside_words(one, 60) as w where step = 6 and length(one) >= 3);
    rank_one := array_fill(case step when 3 then 0.4::real else 0.3::real end, array[cardinality(near_one)]);
  end if;
  if step = 4 then
    select array_agg(n.word), array_agg(0.3::real - n.distance / 10) into near_two, rank_two
    from (select two as word, 0::real as distance union all
          select w.word, w.distance from harmony.near_words(two, prefixes, 12) as w) as n;
  end if;
  case step
    when 1 then
      return query select * from harmony.people_of_pairs(
        array[one], '{0.5}', array[two], '{0.35}', false, need, letters, prefixes, most);
    when 2 then
      return query select p, 0.85::real
        from harmony.people_of_word(one, need || (' ' || two), letters, prefixes, most) as p;
    when 4 then
      return query select * from harmony.people_of_pairs(
        near_one, rank_one, near_two, rank_two, true, need, letters, prefixes, most);
    when 5 then
      return query select p.id, rank_one[n.i] + 0.2::real
        from generate_series(2, cardinality(near_one)) as n(i),
          harmony.people_of_word(near_one[n.i], need || (' ' || two), letters, prefixes, most) as p(id) limit most;
    else
      return query select * from harmony.people_of_pairs(
        near_one, rank_one, array[two], '{0.2}', false, need, letters, prefixes, most);
  end case;
end
$$;

-- People by two to four words in any order; one of them may be the begin of the place.
create or replace function harmony.find_by_words(
  words text[], need text[], letters text, prefixes text, most integer, deadline timestamptz)
returns table (customer_id bigint, matched_on text, rank real) language plpgsql stable as $$
declare
  labels constant text[] := '{name,name,name_begin,name_like,name_like,name_part}';
  -- 2 a word of a place, 1 the begin of one (which counts only while nothing is found: "berg" is a name too)
  places integer[] := array(
    select coalesce((select max(1 + (k.word = w)::integer) from harmony.search_word as k
      where k.word >= w and k.word < w || '{' and k.role = 5), 0)
    from unnest(words) with ordinality as u(w, o) order by o);
  seen bigint[] := '{}';
  -- somebody bears both words whole: then a begin or a piece of one is not what was meant, a slip may be
  whole boolean := false;
  hit record;
begin
  for step in 1 .. 6 loop
    continue when whole and step in (3, 6);
    for i in 1 .. cardinality(words) loop
      for j in 1 .. cardinality(words) loop
        continue when i = j or step = 4 and i > j
          or step in (2, 5) and places[j] < 1 + (cardinality(seen) > 0)::integer;
        for hit in
          select h.customer_id, h.rank from harmony.find_pair(step, words[i], words[j],
            need || array(select ' ' || w from unnest(words) with ordinality as u(w, o) where o not in (i, j)),
            letters, prefixes, most + cardinality(seen)) as h
          where h.customer_id <> all (seen) limit most - cardinality(seen)
        loop
          seen := seen || hit.customer_id;
          whole := whole or step = 1 and hit.rank > 0.9;
          return query values (hit.customer_id, labels[step], hit.rank);
        end loop;
        if cardinality(seen) >= most or cardinality(seen) > 0 and clock_timestamp() > deadline then
          return;
        end if;
      end loop;
    end loop;
  end loop;
end
$$;

-- People by a name as read_query gives it ('de vries jan 3511ZK 1987-03-12'), at most `most`.
create or replace function harmony.find_by_name(typed text, most integer, deadline timestamptz)
returns table (customer_id bigint, matched_on text, rank real) language plpgsql stable as $$
declare
  part record;
begin
  select * into part from harmony.name_parts(typed);
  if part.words[1] is null then
    return;
  elsif cardinality(part.words) = 1 then
    return query select * from harmony.find_by_word(
      part.words[1], part.need, part.letters, part.prefixes, most, deadline);
  else
    return query select * from harmony.find_by_words(
      part.words[1:4], part.need || array(select ' ' || w from unnest(part.words[5:12]) as w),
      part.letters, part.prefixes, most, deadline);
  end if;
end
$$;
