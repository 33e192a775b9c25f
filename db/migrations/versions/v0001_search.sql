-- Tables and indexes of the search. Only harmony_searcher reads them; triggers on customer fill them.

-- One row for every ordered pair of words of one person's names (own surname, partner's, first names), so
-- that "jansen piet", "piet jansen" and "jansen pie" are each one index range. Words are folded, cut at 40
-- letters, at most 8 a person. There is no foreign key: the trigger owns the rows, and checking three
-- million of them one by one doubles the time of a bulk load.
create table harmony.search_name (
  customer_id bigint not null,
  word text collate "C" not null,
  -- 1 surname (own or partner's), 3 first name: exactly one such row a word; 9 the other pairs
  role smallint not null constraint search_name_role check (role in (1, 3, 9)),
  -- the word beside it: a surname has the first name (else the initials) here, a first name the surname
  next text collate "C" not null,
  -- every other word, then "|", city, postcode and birth date: ' piet smit | den haag 2511AB 1987-03-12 '
  others text collate "C" not null,
  initials text collate "C" not null,
  -- prefixes of both names: ' van der '
  prefix text collate "C" not null
);
create index search_name_word on harmony.search_name (word, role, next, customer_id) include (others, initials, prefix);
create index search_name_customer on harmony.search_name (customer_id);

-- The dictionary: every distinct word of search_name (role 1 and 3) and of the cities (role 5), about 10^5
-- rows. Typing errors are looked up here, never among a million people. `people` is counted by
-- rebuild_search() and refresh_search_words(); a word that came since counts for one. Not unique on purpose:
-- two colleagues who enter the same new name must not wait for each other.
create table harmony.search_word (
  word text collate "C" not null,
  role smallint not null constraint search_word_role check (role in (1, 3, 5)),
  people integer not null default 1,
  sound text collate "C" not null,
  slips text[] collate "C" not null
);
create index search_word_word on harmony.search_word (word, role) include (people);
create index search_word_sound on harmony.search_word (sound) where role <> 5;
create index search_word_slips on harmony.search_word using gin (slips) where role <> 5;
create index search_word_inside on harmony.search_word using gin (word extensions.gin_trgm_ops) where role <> 5;

-- What find_customers looks up in the tables of others. Ranges (unfinished input) need collation "C";
-- the last digits of a telephone number or an account are a range over the text read backwards.
-- No index on the bare column of a table that staff may select from: EXPLAIN ANALYZE as an agent would use it
-- before the policy and count the hidden rows of any range ("Rows Removed by Filter"). left(), reverse() and
-- + 0 are not leakproof, so that only the searcher, whose policy is constant, gets at such an index.
create index customer_phone_tail on harmony.customer_phone (reverse(e164) collate "C");
create index customer_email_search on harmony.customer_email (left(address_norm, 254) collate "C");
create index customer_postcode_search on harmony.customer (left(postcode, 10) collate "C", (house_number + 0));
create index customer_birth_date_search on harmony.customer ((birth_date + 0), left(sort_key, 400) collate "C");
create index policy_certificate_search on harmony.policy (certificate_number);
create index insured_item_imei_search on harmony.insured_item (left(imei, 15) collate "C");
create index insured_item_serial_search on harmony.insured_item (left(serial_number, 30) collate "C");
create index bank_account_iban_search on harmony.bank_account (iban collate "C");
create index bank_account_tail_search on harmony.bank_account (reverse(iban) collate "C");
