-- How a text is made comparable: lower case, no accents, one space between words, only a-z and 0-9.
-- Core functions only and collation "C" throughout, so that PostgreSQL 15 and 18 store the same value
-- on every server: stored generated columns are built on these.

-- fold('Łukasz Müller-Weiß') = 'lukasz muller weiss'.
-- Hyphen, slash, comma and dot part words; an apostrophe does not: "van 't", "van't" and "vant" are one.
-- The letters that Unicode does not take apart (Ł, Ø, ı, Đ, ß, æ ...) are replaced before lower(), which
-- knows only ASCII in collation "C". A name in another script than Latin folds to an empty text.
create or replace function harmony.fold(value text) returns text
language sql immutable strict parallel safe
return btrim(regexp_replace(
  -- 4. "van t" is how many people type "van 't"
  regexp_replace(
    replace(
      -- 3. "d' Ancona" is "d'Ancona"; what is left of the apostrophes disappears without a space
      regexp_replace(
        regexp_replace(
          -- 2. what parts words becomes one space, every other sign is dropped
          regexp_replace(
            replace(replace(replace(replace(replace(replace(replace(replace(replace(
              -- 1. one apostrophe, accents apart, lower case
              lower(translate(
                normalize(translate(value, U&'\0060\00B4\2018\2019\201B\02BB\02BC\2032', ''''''''''''''''''), NFKD),
                U&'\0141\0142\00D8\00F8\0131\0110\0111\00D0\00F0\0126\0127\0166\0167\014A\014B\018F\0259',
                'LlOoiDdDdHhTtNnEe') collate "C"),
              U&'\00DF', 'ss'), U&'\1E9E', 'ss'), U&'\00C6', 'ae'), U&'\00E6', 'ae'),
              U&'\0152', 'oe'), U&'\0153', 'oe'), U&'\00DE', 'th'), U&'\00FE', 'th'), U&'\2044', '/'),
            U&'[\0001-\0020!-&(-/:-@[-_{-\007F\0085\2010-\2015\2028\2029]+', ' ', 'g'),
          '[^a-z0-9'' ]', '', 'g'),
        '(^| )([dlo])'' +(?=[a-z])', '\1\2', 'g'),
      '''', ''),
    '(^| )(van|in|op|aan|bij|uit|onder|over|voor) +t(?= |$)', '\1\2t', 'g'),
  ' +', ' ', 'g'));

-- The words of a folded text, in order; an empty array for a text without any.
create or replace function harmony.fold_words(value text) returns text[]
language sql immutable strict parallel safe
return string_to_array(harmony.fold(value), ' ');
