-- Contacts, calls, commitments, tasks: an open file's rows, and one's own work.

select pg_temp.guard('contact', 'call', 'call_segment', 'call_verification', 'commitment', 'task');

-- One's own rows stay visible when the file is closed; those of a restricted customer do not.
create or replace function pg_temp.opened_or_mine() returns text language sql as $$
    select pg_temp.opened() || ' or (' || pg_temp.mine() || ' and (customer_id is null or '
        || pg_temp.not_restricted() || '))' $$;

select pg_temp.allow(pg_temp.desk_three(), 'select', t, pg_temp.opened_or_mine())
from unnest('{contact,call,call_segment,commitment,task}'::text[]) t;
select pg_temp.allow('{harmony_fraud_investigator,harmony_finance,harmony_privacy_officer}', 'select', t, pg_temp.opened())
from unnest('{contact,call,call_segment,commitment,task}'::text[]) t;
select pg_temp.allow(pg_temp.readers(), 'select', 'call_verification', pg_temp.opened());

-- Nor can they be changed blindly: an UPDATE without WHERE asks no right to see.
create or replace function pg_temp.mine_to_change() returns text language sql as $$
    select pg_temp.mine() || ' and (customer_id is null or ' || pg_temp.not_restricted() || ')' $$;

-- Written as one's own: `staff_id`, `team_id` and `made_by` come from the database. The number that the exchange
-- gave a call is not theirs to write: recordings are matched by it.
select pg_temp.allow(pg_temp.desk_three(), 'insert', 'contact', '',
    'customer_id, channel, direction, handle, started_at, subject, note, wrap_up_code',
    pg_temp.mine() || ' and (customer_id is null or ' || pg_temp.opened() || ')');
select pg_temp.allow(pg_temp.desk_three(), 'update', 'contact', pg_temp.mine_to_change(),
    'channel, direction, handle, subject, note, wrap_up_code');

create or replace function pg_temp.contact_is_mine() returns text language sql as $$
    select pg_temp.mine() || ' and exists (select from harmony.contact c where c.id = contact_id'
        ' and c.staff_id = (select harmony.my_staff_id()) and c.customer_id is not distinct from "call".customer_id)' $$;

select pg_temp.allow(pg_temp.desk_three(), 'insert', 'call', '',
    'contact_id, customer_id, direction, ani_raw, ani_e164, withheld, dnis, queue, '
    'entered_queue_at, offered_at, started_at, answered_at, ended_at, ended_by, wrap_up_seconds, wrap_up_code, recording_state',
    pg_temp.contact_is_mine());
select pg_temp.allow(pg_temp.desk_three(), 'update', 'call', pg_temp.mine_to_change(),
    'answered_at, ended_at, ended_by, wrap_up_seconds, wrap_up_code, recording_state');
select pg_temp.allow(pg_temp.desk_three(), 'insert', 'call_segment', '',
    'call_id, customer_id, staff_id, kind, started_at, ended_at',
    pg_temp.mine() || ' and exists (select from harmony.call c where c.id = call_id'
    ' and c.staff_id = (select harmony.my_staff_id()) and c.customer_id is not distinct from call_segment.customer_id)');
select pg_temp.allow(pg_temp.desk_three(), 'update', 'call_segment', pg_temp.mine_to_change(), 'ended_at');
select pg_temp.allow(pg_temp.desk_three(), 'insert', 'commitment', '',
    'contact_id, customer_id, text, due_on, owner_staff_id, done_at',
    pg_temp.mine() || ' and exists (select from harmony.contact c where c.id = contact_id'
    ' and c.staff_id = (select harmony.my_staff_id()) and c.customer_id is not distinct from commitment.customer_id)');
select pg_temp.allow(pg_temp.desk_three(), 'update', 'commitment', pg_temp.mine_to_change(), 'text, due_on, owner_staff_id, done_at');
select pg_temp.allow(pg_temp.desk_three(), 'insert', 'task', '',
    'customer_id, contact_id, staff_id, kind, text, due_at',
    -- A contact that it hangs on must be one that the writer sees: a foreign key alone would tell which exist.
    pg_temp.mine() || ' and (contact_id is null and (customer_id is null or ' || pg_temp.opened() || ') or exists ('
    'select from harmony.contact c where c.id = contact_id and c.customer_id is not distinct from task.customer_id))');
select pg_temp.allow(pg_temp.desk_three(), 'update', 'task', pg_temp.mine_to_change(), 'text, due_at, status, done_at');
