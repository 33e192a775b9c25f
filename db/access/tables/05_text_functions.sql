-- Stored generated columns run these as whoever writes the row, so every role that writes may call them.
-- They read no table: there is nothing in them to keep from anybody.
grant execute on function
  harmony.fold(text), harmony.fold_words(text), harmony.surname_with_prefix(text, text, boolean, text),
  harmony.written_initials(text), harmony.display_name(text, text, text, text, text, text, text, text),
  harmony.sort_key(text, text, text, text), harmony.sound_key(text), harmony.one_deletions(text)
to harmony_desk, harmony_service, harmony_migrator, harmony_searcher, harmony_gate, harmony_discloser,
  harmony_keeper, harmony_fraudgate, harmony_counter;
