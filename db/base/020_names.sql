-- How a person's name is written and sorted (Dutch rules; Belgian spelling is left as it was given).

-- A surname with its prefix. The prefix is lower case, with a capital only when it opens the name
-- (`opens`: no first name or initials before it); d' never gets one and is written without a space.
create or replace function harmony.surname_with_prefix(prefix text, last_name text, opens boolean, country text)
returns text language sql immutable parallel safe
return case
  when nullif(btrim(prefix), '') is null then btrim(last_name)
  when country = 'BE' then btrim(prefix) || ' ' || btrim(last_name)
  when btrim(prefix) ~ U&'[''\2019]$' then lower(btrim(prefix) collate "C") || btrim(last_name)
  when opens then upper(left(btrim(prefix), 1) collate "C") || lower(substr(btrim(prefix), 2) collate "C")
    || ' ' || btrim(last_name)
  else lower(btrim(prefix) collate "C") || ' ' || btrim(last_name)
end;

-- Initials as they are written before a surname: 'PJ' and 'P J' become 'P.J.', 'Th.J.' stays.
create or replace function harmony.written_initials(initials text) returns text
language sql immutable strict parallel safe
return case
  when btrim(initials) ~ '^[A-Z]( ?[A-Z])*$'
    then regexp_replace(replace(btrim(initials), ' ', ''), '(.)', '\1.', 'g')
  else btrim(initials)
end;

-- The name on a card: first name, or else the initials, and the surname in the use the person chose.
-- `name_usage`: own, partner, partner_own (partner's name first) or own_partner; without a partner's name
-- it is always the own one. In a double name the second prefix is lower case: 'Ten Berge-van der Meulen'.
-- `country` 'BE' keeps the prefix exactly as given ('Van Damme').
create or replace function harmony.display_name(
  initials text, first_name text, prefix text, last_name text,
  partner_prefix text, partner_last_name text, name_usage text, country text default 'NL')
returns text language sql immutable parallel safe
return concat_ws(' ',
  coalesce(nullif(btrim(first_name), ''), harmony.written_initials(nullif(btrim(initials), ''))),
  case
    when nullif(btrim(partner_last_name), '') is null or name_usage = 'own' or name_usage is null then
      harmony.surname_with_prefix(prefix, last_name,
        coalesce(nullif(btrim(first_name), ''), nullif(btrim(initials), '')) is null, country)
    when name_usage = 'partner' then
      harmony.surname_with_prefix(partner_prefix, partner_last_name,
        coalesce(nullif(btrim(first_name), ''), nullif(btrim(initials), '')) is null, country)
    when name_usage = 'partner_own' then
      harmony.surname_with_prefix(partner_prefix, partner_last_name,
        coalesce(nullif(btrim(first_name), ''), nullif(btrim(initials), '')) is null, country)
      || '-' || harmony.surname_with_prefix(prefix, last_name, false, country)
    else
      harmony.surname_with_prefix(prefix, last_name,
        coalesce(nullif(btrim(first_name), ''), nullif(btrim(initials), '')) is null, country)
      || '-' || harmony.surname_with_prefix(partner_prefix, partner_last_name, false, country)
  end);

-- The order of a list of people: the Netherlands sort on the core word of the surname, then the prefix;
-- Belgium on the whole surname. The parts are kept apart by two spaces, which sort before every letter.
-- Give the column collation "C": other collations skip the spaces.
create or replace function harmony.sort_key(prefix text, last_name text, first_name text, country text)
returns text language sql immutable parallel safe
return case
  when country = 'BE' then
    concat_ws('  ', harmony.fold(concat_ws(' ', prefix, last_name)), harmony.fold(coalesce(first_name, '')))
  else
    concat_ws('  ', harmony.fold(coalesce(last_name, '')), harmony.fold(coalesce(prefix, '')),
      harmony.fold(coalesce(first_name, '')))
end;
