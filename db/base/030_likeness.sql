-- When two words are nearly the same: by sound, and by one slip of the finger.

-- A Dutch sound key of one word: words that sound alike have the same key, so that 'Janssen', 'Jansen' and
-- 'Janzen', or 'Dijkstra' and 'Deikstra', meet. It is no pronunciation and is never shown.
create or replace function harmony.sound_key(word text) returns text
language plpgsql immutable strict parallel safe as $$
declare
  key text := replace(harmony.fold(word), ' ', '');
begin
  key := replace(key, 'tsj', 'tj');
  key := regexp_replace(key, 's+ch(e?)$', 's\1');          -- Bosch, Bos; Verbossche is left to the next line
  key := regexp_replace(key, 'ssch', 's', 'g');             -- Visscher, Visser
  key := replace(replace(key, 'sch', 'sg'), 'ch', 'g');
  key := regexp_replace(key, 'c?k', 'k', 'g');
  key := regexp_replace(key, 'c(?=[eiy])', 's', 'g');
  key := translate(key, 'cqzv', 'kksf');
  key := replace(replace(key, 'x', 'ks'), 'ph', 'f');
  key := replace(replace(key, 'dt', 't'), 'th', 't');
  key := regexp_replace(key, 'ij|ei|ey|y', 'y', 'g');
  key := replace(replace(key, 'au', 'ou'), 'uy', 'ui');
  key := replace(key, 'uy', 'ui');
  key := replace(replace(replace(key, 'oe', 'u'), 'ae', 'a'), 'ie', 'i');
  key := regexp_replace(key, '(.)\1+', '\1', 'g');
  key := regexp_replace(key, 'd$', 't');
  return regexp_replace(key, 'b$', 'p');
end
$$;

-- The word itself and every text that is left when one letter of it is dropped. Two words that are one slip
-- apart (a letter more, less, other, or two neighbours changed places) share at least one of these.
create or replace function harmony.one_deletions(word text) returns text[]
language sql immutable strict parallel safe
return array(
  select distinct left(word, i - 1) || substr(word, i + 1) collate "C"
  from generate_series(1, length(word) + 1) as i
  order by 1);
