-- What search_name and search_word hold of one person, and the triggers that keep them so.

-- True for a word that stands before a surname; it narrows a search but is never looked up alone.
create or replace function harmony.is_name_prefix(word text) returns boolean
language sql immutable strict parallel safe
return word = any ('{van,de,den,der,het,t,ten,ter,te,in,int,op,opt,aan,aant,bij,bijt,uit,uitt,onder,ondert,over,overt,voor,voort,tot,vant,s,d,vd,vande,vander,vanden,von,vom,zu,zum,zur,la,le,les,l,du,des,di,da,dos,del,della,el,al}'::text[]);

-- The rows of search_name for one customer; see the table for what each column means.
create or replace function harmony.name_rows(
  first_name text, initials text, prefix text, last_name text, partner_prefix text, partner_last_name text,
  birth_date date, postcode text, city text)
returns table (word text, role smallint, next text, others text, initials_found text, prefixes text)
language sql immutable parallel safe as $$
  with given as (
    select w.word, w.part, w.place
    from (
      select left(u.word, 40) as word, 1 as part, u.place
      from unnest(harmony.fold_words(concat_ws(' ', last_name, partner_last_name))) with ordinality as u(word, place)
      union all
      select left(u.word, 40), 3, u.place
      from unnest(harmony.fold_words(coalesce(first_name, ''))) with ordinality as u(word, place)) as w
  ), core as (
    select g.word, min(g.part) as part, row_number() over (order by min(g.part), min(g.place)) as place
    from given as g
    where not harmony.is_name_prefix(g.word)
      or (g.part = 1 and not exists (select from given as h where h.part = 1 and not harmony.is_name_prefix(h.word)))
    group by g.word
    order by 3
    limit 8
  ), about as (
    select
      coalesce(
        nullif(replace(harmony.fold(coalesce(initials, '')), ' ', ''), ''),
        (select string_agg(left(g.word, 1), '' order by g.place) from given as g where g.part = 3), '') as letters,
      coalesce(' ' || nullif(concat_ws(' ', nullif(harmony.fold(coalesce(prefix, '')), ''),
        nullif(harmony.fold(coalesce(partner_prefix, '')), ''),
        (select string_agg(g.word, ' ' order by g.place) from given as g
         where g.part = 1 and harmony.is_name_prefix(g.word))), '') || ' ', '') as prefixes,
      concat_ws(' ', '|', nullif(harmony.fold(coalesce(city, '')), ''), postcode, birth_date::text) || ' ' as address,
      (select c.word from core as c where c.part = 3 order by c.place limit 1) as first_word,
      (select c.word from core as c where c.part = 1 order by c.place limit 1) as last_word
  ), lead as (
    select c.word, c.part, c.place,
      coalesce(case c.part when 3 then a.last_word else a.first_word end, left(a.letters, 40)) as next
    from core as c cross join about as a
  )
  select p.word, p.role::smallint, p.next,
    coalesce(' ' || (select string_agg(c.word, ' ' order by c.place) from core as c where c.word <> p.word), '')
      || ' ' || a.address,
    left(a.letters, 20), left(a.prefixes, 60)
  from (
    select l.word, l.part as role, l.next from lead as l
    union all
    select l.word, 9, c.word from lead as l join core as c on c.word <> l.word and c.word <> l.next) as p
  cross join about as a
$$;
