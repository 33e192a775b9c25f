-- The pieces of a typed text that read_query() puts together. All of them look at the text alone.

-- A date as ISO text, or null when the calendar has no such day (31-02) or nobody can be born then.
create or replace function harmony.iso_date(year integer, month integer, day integer) returns text
language sql immutable strict parallel safe
return case
  when month between 1 and 12 and year between 1890 and 2100 and day between 1
    and extract(day from make_date(case when month between 1 and 12 then year else 2000 end,
      case when month between 1 and 12 then month else 1 end, 1) + interval '1 month -1 day')
  then lpad(year::text, 4, '0') || '-' || lpad(month::text, 2, '0') || '-' || lpad(day::text, 2, '0')
end;

-- The dates a text may mean, most likely first: d-m-jjjj, d-m-jj, ISO, and without separators ddmmjj,
-- ddmmjjjj, jjjjmmdd. Two figures of a year below 30 are read in both centuries: who is 10 and who is 110
-- depends on today, which an immutable function does not know.
create or replace function harmony.read_dates(typed text) returns setof text
language plpgsql immutable strict parallel safe as $$
declare
  part text[];
  year integer;
begin
  part := regexp_match(typed, '^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$');
  if part is null then
    part := regexp_match(typed, '^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})$');
    part := coalesce(part, regexp_match(typed, '^(\d{2})(\d{2})(\d{4}|\d{2})$'));
    part := array[part[3], part[2], part[1]];
  end if;
  year := part[1]::integer;
  if length(part[1]) = 4 then
    return query select d from harmony.iso_date(year, part[2]::integer, part[3]::integer) as d where d is not null;
  elsif year < 30 then
    return query select d from harmony.iso_date(2000 + year, part[2]::integer, part[3]::integer) as d where d is not null;
  end if;
  if length(part[1]) = 2 then
    return query select d from harmony.iso_date(1900 + year, part[2]::integer, part[3]::integer) as d where d is not null;
  end if;
  part := regexp_match(typed, '^((?:19|20)\d{2})(\d{2})(\d{2})$');
  return query select d
    from harmony.iso_date(part[1]::integer, part[2]::integer, part[3]::integer) as d where d is not null;
end
$$;

-- The international numbers (E.164) a telephone number may mean, Dutch, Belgian and German in that order;
-- none for a text without country code and leading 0, which can only be the end of a number.
create or replace function harmony.read_phones(typed text) returns setof text
language plpgsql immutable strict parallel safe as $$
declare
  digits text := regexp_replace(replace(typed, '(0)', ''), '[^0-9+]', '', 'g');
  country text;
begin
  digits := regexp_replace(digits, '^00', '+');
  if digits !~ '^\+?[0-9]{6,15}$' then
    return;
  end if;
  -- "31612345678": the country code without its sign
  if digits ~ '^(31[1-9][0-9]{8}|32[1-9][0-9]{7,8})$' then
    digits := '+' || digits;
  end if;
  if left(digits, 1) = '+' then
    return next regexp_replace(digits, '^\+(31|32|49)0', '+\1');
  elsif digits ~ '^0[1-9]' then
    if length(digits) = 10 then
      return next '+31' || substr(digits, 2);
    end if;
    if length(digits) between 9 and 10 then
      return next '+32' || substr(digits, 2);
    end if;
    return next '+49' || substr(digits, 2);
  end if;
end
$$;

-- 'POSTCODE [number [letter and addition]]' as '3511ZK 12 A2', or null. Dutch 3511 ZK, Belgian 1000, German 10115.
create or replace function harmony.read_postcode(typed text) returns text
language plpgsql immutable strict parallel safe as $$
declare
  text_up text := upper(btrim(typed) collate "C");
  part text[];
begin
  part := coalesce(
    regexp_match(text_up, '^([1-9]\d{3})[ ]?([A-Z]{2})(?:[ ,]*(\d{1,5})[ ]?[-/ ]?[ ]?([A-Z0-9]{0,6}))?$'),
    -- the house number first: "12 3511 ZK", "12a, 3511ZK"
    (select array[m[3], m[4], m[1], m[2]]
     from regexp_match(text_up, '^(\d{1,5})[ ]?[-/]?([A-Z]{0,3})[ ,]+([1-9]\d{3})[ ]?([A-Z]{2})$') as m
     where m is not null));
  if part[2] in ('SA', 'SD', 'SS') then
    return null;
  end if;
  part := coalesce(part,
    (select array[m[1], '', m[2], m[3]]
     from regexp_match(text_up, '^([1-9]\d{3}|\d{5})(?:[ ,]+(\d{1,5})[ ]?[-/ ]?[ ]?([A-Z0-9]{0,6}))?$') as m
     where m is not null));
  return concat_ws(' ', nullif(part[1] || part[2], ''), nullif(part[3], ''), nullif(part[4], ''));
end
$$;

-- The company's own numbers, as (kind, number): 8 digits is a customer, P-10517-01 a policy (its last part
-- may be missing), C-2024-00517 a certificate, S/D/V-26-118402 a claim (its letter may be missing).
create or replace function harmony.read_own_numbers(typed text)
returns table (kind text, normalised text) language plpgsql immutable strict parallel safe as $$
declare
  number text := upper(regexp_replace(typed, '\s*[-./ ]\s*', '-', 'g') collate "C");
  letter text := case when number >= 'A' then left(number, 1) else '' end;
  part text[];
begin
  number := ltrim(substr(number, length(letter) + 1), '-');
  if letter = '' and length(number) = 8 and number !~ '[^0-9]' and number >= '1' then
    return query values ('customer_number', number);
  end if;
  if letter = 'C' or letter = '' and number like '20__-%' then
    part := regexp_match(number, '^(20[0-9]{2})-?([0-9]{3,9})$');
    if part is not null then
      return query values ('certificate_number', concat_ws('-', 'C', part[1], lpad(part[2], greatest(5, length(part[2])), '0')));
    end if;
  elsif letter in ('S', 'D', 'V') or letter = '' and number like '__-%' then
    part := regexp_match(number, '^([0-9]{2})-?([0-9]{4,7})$');
    if part is not null and (letter <> '' or number >= '1') then
      return query values ('claim_number', concat_ws('-', nullif(letter, ''), part[1], part[2]));
    end if;
  elsif letter = 'P' or letter = '' and number >= '1' then
    part := regexp_match(number, '^([0-9]{5,9})(?:-([0-9]{2}))?$');
    if part[2] is not null or letter = 'P' and length(part[1]) = 5 then
      return query values ('policy_number', concat_ws('-', 'P', part[1], part[2]));
    elsif letter = 'P' and part is not null then
      -- written without its last sign, or without its last part
      return query values ('policy_number', concat_ws('-', 'P', left(part[1], -2), right(part[1], 2))), ('policy_number', 'P-' || part[1]);
    end if;
  end if;
end
$$;

-- A person's name, perhaps with what narrows it: 'vries de 3511ZK 1987-03-12'. Words folded, a year or the
-- four digits of a postcode as they are, a postcode in capitals, a date in ISO. One row a reading.
create or replace function harmony.read_names(typed text) returns setof text
language plpgsql immutable strict parallel safe as $$
declare
  rest text := regexp_replace(typed, '^\s*(dhr|mevr|mevrouw|meneer|mw|fam)\M\.?(?=.)', '', 'i');
  dates text[] := '{}';
  found text;
  postcode text;
  folded text;
begin
  if translate(rest, '0123456789', '') <> rest then
    rest := regexp_replace(rest, '\m(geboren|geb)\M[.:]?', ' ', 'gi');
    found := substring(rest from '(?:^|[\s,])(\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{4}-\d{1,2}-\d{1,2})(?=[\s,]|$)');
    dates := array(select d from harmony.read_dates(found) as d);
    if cardinality(dates) > 0 then
      rest := replace(rest, found, ' ');
    end if;
    found := substring(rest from '(?:^|[\s,])([1-9]\d{3} ?[A-Za-z]{2})(?=[\s,]|$)');
    if upper(right(found, 2)) not in ('SA', 'SD', 'SS') then
      postcode := upper(replace(found, ' ', '') collate "C");
      -- a house number beside the postcode says nothing more about the person
      rest := regexp_replace(replace(rest, found, ' '), '(^|[\s,])\d{1,3}[a-zA-Z]?(?=[\s,]|$)', ' ', 'g');
    end if;
  end if;
  folded := harmony.fold(rest);
  if folded ~ '[0-9]' then
    -- other loose figures are a house number or noise; figures inside a word make it no name
    folded := btrim(regexp_replace(folded, '(^| )(\d{1,3}|\d{5,})(?= |$)', '', 'g'));
    if folded ~ '[a-z]\d|\d[a-z]' then
      return;
    end if;
  end if;
  if folded !~ '[a-z]' then
    return;
  end if;
  return query select concat_ws(' ', folded, postcode, d)
    from unnest(case when dates = '{}' then array[null] else dates end) with ordinality as u(d, o) order by o;
end
$$;
