-- How a text typed in the search box is read. One place, in SQL, so that every client agrees.

-- The kind that "tel:", "polis:" ... or a kind's own name before the text forces; null for another word.
create or replace function harmony.forced_kind(word text) returns text
language sql immutable strict parallel safe
return case
  when word in ('name', 'naam') then 'name'
  when word in ('phone', 'tel', 'telefoon', 'mobiel') then 'phone'
  when word in ('email', 'mail', 'e-mail') then 'email'
  when word in ('customer_number', 'klant', 'klantnummer', 'klantnr', 'relatie') then 'customer_number'
  when word in ('policy_number', 'polis', 'polisnummer') then 'policy_number'
  when word in ('certificate_number', 'certificaat') then 'certificate_number'
  when word in ('claim_number', 'schade', 'claim', 'schadenummer') then 'claim_number'
  when word in ('imei') then 'imei'
  when word in ('serial_number', 'serie', 'serienummer', 'sn') then 'serial_number'
  when word in ('iban', 'rekening', 'rek') then 'iban'
  when word in ('birth_date', 'geboren', 'geb', 'geboortedatum') then 'birth_date'
  when word in ('postcode', 'pc') then 'postcode'
end;

-- The readings of a text as one kind; none when it cannot be that.
create or replace function harmony.read_as(kind text, typed text)
returns table (reading text, normalised text) language plpgsql immutable strict parallel safe as $$
declare
  compact text := upper(regexp_replace(typed, '[\s./-]', '', 'g') collate "C");
begin
  if kind = 'name' then
    return query select kind, n from harmony.read_names(typed) as n;
  elsif kind = 'phone' then
    return query select kind, n from harmony.read_phones(typed) as n;
    compact := ltrim(regexp_replace(replace(compact, '(0)', ''), '[^0-9]', '', 'g'), '0');
    if length(compact) between 6 and 15 then
      return query values ('phone_tail', right(compact, 8));
    end if;
  elsif kind = 'email' then
    return query select kind, m[1]
      from regexp_match(lower(typed), case when typed ~ '@' then '([^\s<>]*@[^\s<>]*)' else '(\S{3,})' end) as m
      where m is not null;
  elsif kind in ('customer_number', 'policy_number', 'certificate_number', 'claim_number') then
    return query select n.kind, n.normalised from harmony.read_own_numbers(
      case when kind = 'policy_number' and typed ~ '^\d{5,9}$' then 'P' || typed
           when kind = 'customer_number' then regexp_replace(typed, '[. ]', '', 'g') else typed end) as n
      where n.kind = read_as.kind;
  elsif kind = 'imei' then
    return query select kind, left(compact, case length(compact) when 16 then 14 else 15 end)
      where length(compact) between 14 and 16 and compact !~ '[^0-9]';
  elsif kind = 'serial_number' then
    return query select kind, upper(replace(typed, ' ', '') collate "C")
      where length(replace(typed, ' ', '')) between 4 and 30 and typed !~ '[^A-Za-z0-9 -]';
  elsif kind = 'iban' then
    if compact !~ '[^A-Z0-9]' and length(compact) between 6 and 34 then
      return query values (case when compact ~ '^[A-Z]{2}[0-9]{2}' then kind else 'iban_tail' end, compact);
    end if;
  elsif kind = 'birth_date' then
    return query select kind, d from harmony.read_dates(btrim(typed)) as d;
  elsif kind = 'postcode' then
    return query select kind, p from harmony.read_postcode(typed) as p where p <> '';
  end if;
end
$$;

-- The readings of digits without any letter.
create or replace function harmony.read_digits(typed text)
returns table (reading text, normalised text) language plpgsql immutable strict parallel safe as $$
declare
  digits text := regexp_replace(typed, '[^0-9]', '', 'g');
  kinds text[] := '{}';
begin
  if length(digits) between 14 and 16 then
    kinds := '{imei,phone}';  -- before the 00 of a foreign number: IMEI for tests begin with it too
  elsif typed ~ '^\s*(\+|00|\(0|0[1-9])' then
    -- 010203 may be a birthday, 0612345678 cannot
    kinds := case
      when length(digits) in (6, 8) and digits !~ '^00' then '{birth_date,phone}'
      else '{phone}' end;
  elsif length(digits) = 10 then
    kinds := '{iban,phone}';  -- a Dutch account without bank and country
  elsif length(digits) = 8 then
    kinds := '{customer_number,birth_date,phone}';
  elsif length(digits) in (4, 5) then
    kinds := '{postcode}';
  else
    kinds := '{birth_date,phone}';
  end if;
  if length(digits) between 6 and 13 and kinds[1] <> 'iban' and typed !~ '[+(]' then
    kinds := kinds || 'iban'::text;  -- the last figures of an account
  end if;
  return query
    select r.reading, r.normalised
    from unnest(kinds) with ordinality as k(kind, place), harmony.read_as(k.kind, btrim(typed)) with ordinality as r
    order by k.place, r.ordinality;
end
$$;

-- The readings of figures: with signs between them first what has its own signs (own numbers, dates, a
-- postcode with a house number), then as digits alone.
create or replace function harmony.read_figures(typed text)
returns table (reading text, normalised text) language plpgsql immutable strict parallel safe as $$
begin
  -- '10 048 213' is how the window and our letters write a customer number
  if typed ~ '^\s*[1-9][0-9][. ][0-9]{3}[. ][0-9]{3}\s*$' or typed !~ '[0-9]\s*[-/. ,]\s*[0-9]' then
    return query select d.reading, d.normalised from harmony.read_digits(typed) as d;
    return;
  end if;
  return query select r.reading, r.normalised from harmony.read_as('birth_date', typed) as r;
  if not found then
    return query select n.kind, n.normalised from harmony.read_own_numbers(typed) as n where n.kind <> 'customer_number';
    return query select r.reading, r.normalised from harmony.read_as('postcode', typed) as r;
    return query select d.reading, d.normalised from harmony.read_digits(typed) as d
      where d.reading not in ('birth_date', 'postcode');
  end if;
end
$$;

-- The readings of a text with letters in it. Its shape ('a' a letter, '9' a figure) says what it cannot be:
-- a session keeps 32 compiled patterns, and trying them all on every text costs a millisecond.
create or replace function harmony.read_letters(typed text)
returns table (reading text, normalised text) language plpgsql immutable strict parallel safe as $$
declare
  shape text := translate(lower(typed collate "C"), 'abcdefghijklmnopqrstuvwxyz0123456789', rpad('', 26, 'a') || '9999999999');
begin
  if shape like '%9%9%' then
    if shape like 'aa99%' or shape like any ('{aaaa9%,aaaa 9%}') and strpos(substr(shape, 5), 'a') = 0 then
      return query select r.reading, r.normalised from harmony.read_as('iban', typed) as r;
    end if;
    if shape like 'a9%' or shape like 'a_9%' then
      return query select n.kind, n.normalised from harmony.read_own_numbers(typed) as n;
    end if;
    if left(shape, 1) = '9' then
      return query select r.reading, r.normalised from harmony.read_as('postcode', typed) as r;
    end if;
    if strpos(shape, ' ') = 0 then
      return query select r.reading, r.normalised from harmony.read_as('serial_number', typed) as r;
    end if;
  end if;
  return query select r.reading, r.normalised from harmony.read_as('name', typed) as r;
end
$$;

-- read_query(text): the kinds a typed text may be, most likely first, each in the form that is stored.
-- Kinds: name, phone (E.164), phone_tail, email, customer_number, policy_number, certificate_number,
-- claim_number, imei, serial_number, iban, iban_tail, birth_date (ISO), postcode ('3511ZK 12 A').
-- A name may carry a date, postcode, year or place that narrows it: 'jansen 3511ZK 1987-03-12'.
-- No row for a text that is nothing of the kind. Never raises; reads at most 200 characters.
create or replace function harmony.read_query(query text)
returns table (kind text, normalised text) language plpgsql immutable strict parallel safe
security definer set search_path = harmony, extensions, pg_catalog, pg_temp as $$
declare
  typed text := btrim(translate(normalize(left(query, 200), NFKC), U&'\00A0\2010\2011\2012\2013\2014\2212\0009\000A\000D', ' ------   '));
  forced text := harmony.forced_kind(lower(substring(typed from '^([A-Za-z_-]+)\s*:')));
begin
  if forced is not null then
    return query select r.reading, r.normalised
      from harmony.read_as(forced, btrim(regexp_replace(typed, '^[A-Za-z_-]+\s*:', ''))) as r;
  elsif typed ~ '@' then
    return query select r.reading, r.normalised from harmony.read_as('email', typed) as r;
  elsif typed ~ '^[+0-9() ./,-]*[0-9][+0-9() ./,-]*$' then
    return query select r.reading, r.normalised from harmony.read_figures(typed) as r;
  else
    return query select r.reading, r.normalised from harmony.read_letters(typed) as r;
  end if;
end
$$;
grant execute on function harmony.read_query(text) to harmony_desk, harmony_telephony, harmony_gate;
