-- The lookups that need no guess: numbers, addresses, dates. Each is one index range, at most `most` people.
-- Called by find_customers only; runs with the searcher's rights.

-- Telephone: the whole number, or (`phone_tail`) what it ends with. The table tells the country apart.
create or replace function harmony.find_by_phone(kind text, number text, most integer)
returns setof bigint language plpgsql stable as $$
begin
  if kind = 'phone' then
    return query select distinct p.customer_id from harmony.customer_phone as p where reverse(p.e164) collate "C" = reverse(number)
      order by 1 limit most;
  else
    return query select distinct n.customer_id
      from (
        select p.customer_id from harmony.customer_phone as p
        where reverse(p.e164) collate "C" >= reverse(number) and reverse(p.e164) collate "C" < reverse(number) || ':'
        order by reverse(p.e164) collate "C" limit most) as n
      order by 1;
  end if;
end
$$;

-- E-mail: the whole address, else those that begin with what was typed.
create or replace function harmony.find_by_email(typed text, most integer)
returns setof bigint language plpgsql stable as $$
begin
  return query select distinct e.customer_id from harmony.customer_email as e
    where left(e.address_norm, 254) collate "C" = typed order by 1 limit most;
  if not found and length(typed) >= 3 then
    return query select m.customer_id
      from (
        select e.customer_id, min(e.address_norm collate "C") as address
        from (
          select a.customer_id, a.address_norm from harmony.customer_email as a
          where left(a.address_norm, 254) collate "C" >= typed and left(a.address_norm, 254) collate "C" < typed || U&'\+10FFFF'
          order by left(a.address_norm, 254) collate "C" limit most) as e
        group by e.customer_id) as m
      order by m.address, m.customer_id;
  end if;
end
$$;

-- The company's own numbers. A policy may lack its last part, a claim its letter.
create or replace function harmony.find_by_own_number(kind text, number text, most integer)
returns setof bigint language plpgsql stable as $$
begin
  case kind
    when 'customer_number' then
      return query select c.id from harmony.customer as c where c.customer_number = number;
    when 'policy_number' then
      return query select distinct p.customer_id from harmony.policy as p
        where p.policy_number = any (
          case when number ~ '^P-[0-9]+-' then array[number]
          else array(select number || '-' || lpad(i::text, 2, '0') from generate_series(1, 20) as i) end)
        order by 1 limit most;
    when 'certificate_number' then
      return query select distinct p.customer_id from harmony.policy as p
        where p.certificate_number = number order by 1 limit most;
    when 'claim_number' then
      return query select distinct c.customer_id from harmony.claim as c
        where c.claim_number = any (
          case when number ~ '^[0-9]' then array['S-' || number, 'D-' || number, 'V-' || number]
          else array[number] end)
        order by 1 limit most;
  end case;
end
$$;

-- IMEI (14 digits are one without its check digit) and serial number (perhaps unfinished).
create or replace function harmony.find_by_device(kind text, number text, most integer)
returns setof bigint language plpgsql stable as $$
begin
  if kind = 'imei' then
    return query select distinct n.customer_id
      from (
        select i.customer_id from harmony.insured_item as i
        where left(i.imei, 15) collate "C" >= number and left(i.imei, 15) collate "C" < number || ':'
        order by left(i.imei, 15) collate "C" limit most) as n
      order by 1;
  else
    return query select m.customer_id
      from (
        select n.customer_id, min(n.serial_number) as serial
        from (
          select i.customer_id, i.serial_number from harmony.insured_item as i
          where left(i.serial_number, 30) collate "C" >= number and left(i.serial_number, 30) collate "C" < number || '['
          order by left(i.serial_number, 30) collate "C" limit most) as n
        group by n.customer_id) as m
      order by m.serial, m.customer_id;
  end if;
end
$$;

-- Account: from its beginning, or (`iban_tail`, at least 6 characters) from its end.
create or replace function harmony.find_by_iban(kind text, typed text, most integer)
returns setof bigint language plpgsql stable as $$
begin
  if kind = 'iban' then
    return query select distinct n.customer_id
      from (
        select b.customer_id from harmony.bank_account as b
        where b.iban collate "C" >= typed and b.iban collate "C" < typed || '['
        order by b.iban collate "C" limit most) as n
      order by 1;
  else
    return query select distinct n.customer_id
      from (
        select b.customer_id from harmony.bank_account as b
        where reverse(b.iban) collate "C" >= reverse(typed) and reverse(b.iban) collate "C" < reverse(typed) || '['
        order by reverse(b.iban) collate "C" limit most) as n
      order by 1;
  end if;
end
$$;

-- Postcode, house number and addition ('3511ZK 12 A'): the exact house first, then its neighbours in number.
-- Four digits are a Belgian postcode or the begin of a Dutch one.
create or replace function harmony.find_by_postcode(typed text, most integer)
returns setof bigint language plpgsql stable as $$
declare
  part text[] := string_to_array(typed, ' ');
  number integer := part[2]::integer;
begin
  if number is null then
    return query select c.id from harmony.customer as c
      where left(c.postcode, 10) collate "C" >= part[1] and left(c.postcode, 10) collate "C" < part[1] || '['
      order by left(c.postcode, 10) collate "C", c.house_number + 0, c.id limit most;
  else
    return query select c.id from harmony.customer as c
      where left(c.postcode, 10) collate "C" = part[1] and c.house_number + 0 = number
      order by
        upper(concat(c.house_letter, c.house_addition)) is distinct from coalesce(part[3], ''),
        c.house_letter, c.house_addition, c.sort_key, c.id
      limit most;
  end if;
end
$$;
