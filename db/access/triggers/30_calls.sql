-- The end of a call is written once.

create trigger ended_once before update of ended_at on harmony.call for each row
    when (old.ended_at is not null and new.ended_at is distinct from old.ended_at)
    execute function harmony.keep_call_ended();
