-- Settings with a second administrator, and what the custodian does about sessions and expired statements.

create or replace function harmony.propose_setting(key text, value text) returns table (status text, change_id bigint)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    new_id bigint;
    old_value text;
begin
    select s.value into old_value from harmony.setting s where s.key = propose_setting.key;
    if old_value is null then
        return query select 'refused: unknown'::text, null::bigint;
        return;
    elsif propose_setting.value is null or char_length(propose_setting.value) > 2000
        or old_value ~ '^[0-9]+$' and propose_setting.value !~ '^[0-9]{1,9}$' then
        return query select 'refused: not_allowed'::text, null::bigint;
        return;
    end if;
    insert into harmony.setting_change (key, value, proposed_by)
    values (propose_setting.key, propose_setting.value, session_user) returning id into new_id;
    return query select 'ok'::text, new_id;
end $$;

create or replace function harmony.approve_setting(change_id bigint) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    asked record;
begin
    select * into asked from harmony.setting_change c
    where c.id = approve_setting.change_id and c.status = 'proposed' for update;
    if asked.id is null then
        return query select 'refused: already_done'::text;
        return;
    elsif asked.proposed_by = session_user::text then
        return query select 'refused: not_allowed'::text;
        return;
    end if;
    update harmony.setting s set value = asked.value, changed_by = session_user, changed_at = harmony.clock()
    where s.key = asked.key;
    update harmony.setting_change c
    set status = 'approved', approved_by = session_user, approved_at = harmony.clock() where c.id = asked.id;
    return query select 'ok'::text;
end $$;
grant execute on function harmony.propose_setting(text, text), harmony.approve_setting(bigint) to harmony_admin;

-- Ends sessions of staff that stood idle in a transaction for more than five minutes: a client can switch the
-- server's own time-out off for itself (security.md P15), and an old transaction holds everybody's cleaning up.
-- A transaction that old of a person goes as well when somebody waits for it, however busy it seems: `pg_sleep`
-- after `redeem_listen` would hold up the destruction of that day's key. And one that is older than the loss of a
-- role: on 15 a statement prepared in it still runs with the policies of that role.
create or replace function harmony.reap(after interval default interval '5 minutes') returns table (ended int)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    oldest timestamptz := clock_timestamp() - greatest(coalesce(reap.after, interval '5 minutes'), interval '1 second');
    blockers int[] := array(
        select unnest(pg_blocking_pids(a.pid)) from pg_stat_activity a where a.wait_event_type = 'Lock');
begin
    return query
        select count(pg_terminate_backend(a.pid))::int
        from pg_stat_activity a join harmony.staff s on s.login = a.usename
        where a.datname = current_database() and a.xact_start < oldest
          and (a.state like 'idle in transaction%'
               or not s.is_service and a.pid = any (blockers)
               or exists (select from harmony.staff_role r where r.staff_id = s.id and r.ended_at > a.xact_start));
end $$;

-- Takes the memberships of people whose statement of confidentiality has run out; the roles stay in `staff_role`
-- and come back with the next signature.
create or replace function harmony.suspend_unsigned() returns table (suspended int)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    person record;
    taken int := 0;
begin
    for person in
        select s.login from harmony.staff s
        where s.active and not s.is_service and not harmony.confidentiality_valid(s.confidentiality_signed_on)
    loop
        taken := taken + (harmony.take_memberships(person.login) > 0)::int;
    end loop;
    return query select taken;
end $$;
grant execute on function harmony.reap(interval), harmony.suspend_unsigned() to harmony_custodian;
