-- Logins and roles. Administrators have no attribute on the server: they act through these, two of them at a time.

-- Whether the installation's superuser is at work (setting up, before there are administrators).
create or replace function harmony.is_installer() returns boolean
language sql stable
return (select rolsuper from pg_roles where rolname = session_user);

-- The group roles that a login can have, people's and services'.
create or replace function harmony.is_service_role(role text) returns boolean
language sql immutable parallel safe
return coalesce(role in ('harmony_recorder', 'harmony_custodian', 'harmony_telephony', 'harmony_portal',
    'harmony_partner'), false);

create or replace function harmony.is_group_role(role text) returns boolean
language sql immutable parallel safe
return coalesce(harmony.is_service_role(role) or role in ('harmony_agent', 'harmony_claims_handler',
    'harmony_team_lead', 'harmony_fraud_investigator', 'harmony_finance', 'harmony_privacy_officer',
    'harmony_outreach', 'harmony_admin'), false);

create or replace function harmony.is_verifier(verifier text) returns boolean
language sql immutable parallel safe
return coalesce(verifier ~ '^SCRAM-SHA-256[$][0-9]+:[A-Za-z0-9+/=]+[$][A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$', false);

-- Makes every session plan its statements anew from the next one on. WORKAROUND: a prepared plan keeps the
-- policies of a role that its user has since lost, as long as another role of his lets him at the table; a
-- change of any schema's rights is what throws all plans away (plancache.c, PlanCacheSysCallback).
create or replace function harmony.forget_plans() returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    grant usage on schema harmony_pulse to harmony_provisioner;
end $$;

-- Makes a member of staff and a login of the same name, with a SCRAM verifier made by the client (no password is
-- ever sent) that is valid 24 hours. The roles asked for wait for a second administrator; those that the installer
-- asks for are in force at once. Answers `ok`, `refused: already_done` or `refused: not_allowed`.
create or replace function harmony.create_staff(
    login text, name text, roles text[], verifier text default null, team text default null,
    confidentiality_signed_on date default null, mandate_cents bigint default 0, second_reader boolean default false)
returns table (status text, staff_id bigint)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    service boolean := exists (select from unnest(create_staff.roles) r where harmony.is_service_role(r));
    new_id bigint;
    team_number bigint;
    wanted text;
begin
    if create_staff.login is null or create_staff.login !~ '^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)?$'
        or create_staff.login ~ '^(harmony|pg)_' or octet_length(create_staff.login) > 63
        or btrim(coalesce(create_staff.name, '')) = '' or char_length(create_staff.name) > 200
        or char_length(create_staff.team) > 80 or create_staff.mandate_cents is null
        or create_staff.mandate_cents < 0 or create_staff.second_reader is null
        or create_staff.roles is null or exists (
            select from unnest(create_staff.roles) r
            where not harmony.is_group_role(r) or harmony.is_service_role(r) <> service)
        or create_staff.verifier is not null and not harmony.is_verifier(create_staff.verifier) then
        return query select 'refused: not_allowed'::text, null::bigint;
        return;
    end if;
    -- A role that is on the server already is somebody else's, unless the installer restores our own.
    if exists (select from harmony.staff s where s.login = create_staff.login)
        or exists (select from pg_roles r where r.rolname = create_staff.login
                   and (r.rolsuper or r.rolcreaterole or not harmony.is_installer())) then
        return query select 'refused: already_done'::text, null::bigint;
        return;
    end if;
    select id into team_number from harmony.team t where t.name = create_staff.team;
    if create_staff.team is not null and team_number is null then
        insert into harmony.team (name) values (create_staff.team) returning id into team_number;
    end if;
    perform harmony.ensure_login(create_staff.login, create_staff.verifier, service);
    insert into harmony.staff
        (login, name, team_id, is_service, mandate_cents, second_reader, confidentiality_signed_on)
    values (create_staff.login, create_staff.name, team_number, service, create_staff.mandate_cents,
            create_staff.second_reader, create_staff.confidentiality_signed_on)
    returning id into new_id;
    for wanted in select distinct r from unnest(create_staff.roles) r loop
        insert into harmony.staff_role (staff_id, role, proposed_by) values (new_id, wanted, session_user);
        if harmony.is_installer() then
            perform harmony.settle_role(new_id, wanted);
        end if;
    end loop;
    return query select 'ok'::text, new_id;
end $$;

-- The login on the server, made by this role so that it can be altered later (18 asks that).
create or replace function harmony.ensure_login(login text, verifier text, service boolean) returns void
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    if not exists (select from pg_roles where rolname = ensure_login.login) then
        execute format('create role %I nosuperuser nocreatedb nocreaterole noreplication nobypassrls inherit', login);
    end if;
    execute format('alter role %I login connection limit %s valid until %L password %L', login,
        case when service then 10 else 6 end,
        case when service or harmony.is_installer() then 'infinity' else (clock_timestamp() + interval '24 hours')::text end,
        verifier);
end $$;

-- Puts the server's memberships in line with what is approved, signed and active for this person.
create or replace function harmony.settle_role(staff_number bigint, group_role text) returns text
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    person record;
begin
    select login, active, is_service, confidentiality_signed_on into person from harmony.staff where id = staff_number;
    update harmony.staff_role r
    set status = 'approved', approved_by = session_user, approved_at = harmony.clock()
    where r.staff_id = staff_number and r.role = group_role and r.status = 'proposed';
    if not person.active then
        return 'refused: not_allowed';
    elsif not person.is_service and not harmony.confidentiality_valid(person.confidentiality_signed_on) then
        return 'refused: no_confidentiality';
    end if;
    execute format('grant %I to %I', group_role, person.login);
    return 'ok';
end $$;

-- Asks for a role, or (change 'revoke') for its end. A second administrator decides; taking a role away from
-- somebody works at once, for waiting would be the danger there.
create or replace function harmony.grant_role(login text, role text, change text default 'grant')
returns table (status text, change_id bigint)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    person record;
    new_id bigint;
begin
    select s.id, s.is_service into person from harmony.staff s where s.login = grant_role.login and s.active;
    if person.id is null or not harmony.is_group_role(grant_role.role)
        or coalesce(grant_role.change, '') not in ('grant', 'revoke') then
        return query select 'refused: unknown'::text, null::bigint;
        return;
    elsif harmony.is_service_role(grant_role.role) <> person.is_service then
        -- A service signs no statement of confidentiality: its roles are not for people, nor theirs for it.
        return query select 'refused: not_allowed'::text, null::bigint;
        return;
    end if;
    if grant_role.change = 'revoke' then
        update harmony.staff_role r set status = 'ended', ended_at = harmony.clock()
        where r.staff_id = person.id and r.role = grant_role.role and r.status in ('proposed', 'approved')
        returning id into new_id;
        execute format('revoke %I from %I', grant_role.role, grant_role.login);
        perform harmony.forget_plans();
        return query select case when new_id is null then 'refused: already_done' else 'ok' end, new_id;
        return;
    end if;
    insert into harmony.staff_role (staff_id, role, proposed_by)
    values (person.id, grant_role.role, session_user)
    on conflict (staff_id, role) where status in ('proposed', 'approved') do nothing
    returning id into new_id;
    return query select case when new_id is null then 'refused: already_done' else 'ok' end, new_id;
end $$;

create or replace function harmony.approve_role(change_id bigint) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    asked record;
begin
    select * into asked from harmony.staff_role r where r.id = approve_role.change_id and r.status = 'proposed' for update;
    if asked.id is null then
        return query select 'refused: already_done'::text;
    elsif asked.proposed_by = session_user::text
        or exists (select from harmony.staff s where s.id = asked.staff_id and s.login = session_user::text) then
        return query select 'refused: not_allowed'::text;
    else
        return query select harmony.settle_role(asked.staff_id, asked.role);
    end if;
end $$;

-- Registers the day on which the statement of confidentiality was signed; approved roles come into force with it.
create or replace function harmony.sign_confidentiality(login text, signed_on date) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    person bigint;
    granted record;
begin
    if sign_confidentiality.signed_on is null or sign_confidentiality.login = session_user::text
        or sign_confidentiality.signed_on > (harmony.clock() at time zone 'Europe/Amsterdam')::date then
        return query select 'refused: not_allowed'::text;
        return;
    end if;
    update harmony.staff s set confidentiality_signed_on = sign_confidentiality.signed_on
    where s.login = sign_confidentiality.login and s.active returning id into person;
    if person is null then
        return query select 'refused: unknown'::text;
        return;
    end if;
    for granted in select role from harmony.staff_role r where r.staff_id = person and r.status = 'approved' loop
        perform harmony.settle_role(person, granted.role);
    end loop;
    return query select 'ok'::text;
end $$;

-- Ends somebody's access: memberships and login go now, in sessions that are open too. Commit this, then call
-- `end_sessions`: a session that is ended before the commit would find its rights again.
create or replace function harmony.deactivate_staff(login text) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    person record;
    granted record;
begin
    update harmony.staff s set active = false, deactivated_at = harmony.clock()
    where s.login = deactivate_staff.login and s.active and s.login <> session_user::text returning id into person;
    if person.id is null then
        return query select 'refused: unknown'::text;
        return;
    end if;
    update harmony.staff_role r set status = 'ended', ended_at = harmony.clock()
    where r.staff_id = person.id and r.status in ('proposed', 'approved');
    perform harmony.take_memberships(deactivate_staff.login);
    execute format('alter role %I nologin', deactivate_staff.login);
    return query select 'ok'::text;
end $$;

create or replace function harmony.take_memberships(login text) returns int
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    held name;
    taken int := 0;
begin
    for held in
        select g.rolname from pg_auth_members m
        join pg_roles g on g.oid = m.roleid
        join pg_roles u on u.oid = m.member
        where u.rolname = take_memberships.login and g.rolname ~ '^harmony_'
    loop
        execute format('revoke %I from %I', held, login);
        taken := taken + 1;
    end loop;
    perform harmony.forget_plans();
    return taken;
end $$;

create or replace function harmony.end_sessions(login text) returns table (ended int)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    if not exists (select from harmony.staff s where s.login = end_sessions.login) then
        return query select 0;
        return;
    end if;
    return query
        select count(pg_terminate_backend(a.pid))::int from pg_stat_activity a
        where a.usename = end_sessions.login and a.pid <> pg_backend_pid();
end $$;

-- A new one-time verifier for somebody who forgot his password; valid 24 hours. Whoever sets a password could log
-- in with it, so all roles wait for a second administrator again (`approve_role`), as they do for a new colleague.
create or replace function harmony.reset_password(login text, verifier text) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    person bigint;
begin
    select s.id into person from harmony.staff s
    where s.login = reset_password.login and s.active and not s.is_service and s.login <> session_user::text for update;
    if person is null or not harmony.is_verifier(reset_password.verifier) then
        return query select 'refused: not_allowed'::text;
        return;
    end if;
    if not harmony.is_installer() then
        update harmony.staff_role r
        set status = 'proposed', proposed_by = session_user::text, proposed_at = harmony.clock(),
            approved_by = null, approved_at = null
        where r.staff_id = person and r.status in ('proposed', 'approved');
        perform harmony.take_memberships(reset_password.login);
    end if;
    perform harmony.ensure_login(reset_password.login, reset_password.verifier, false);
    return query select 'ok'::text;
end $$;

-- The caller chose his own password; the 24 hours of the one-time verifier end.
create or replace function harmony.choose_password(verifier text) returns table (status text)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    if harmony.my_staff_id() is null or not harmony.is_verifier(choose_password.verifier) then
        return query select 'refused: not_allowed'::text;
        return;
    end if;
    execute format('alter role %I valid until ''infinity'' password %L', session_user, choose_password.verifier);
    return query select 'ok'::text;
end $$;
grant execute on function harmony.choose_password(text) to harmony_desk, harmony_service;

grant execute on function harmony.create_staff(text, text, text[], text, text, date, bigint, boolean),
    harmony.grant_role(text, text, text), harmony.approve_role(bigint), harmony.sign_confidentiality(text, date),
    harmony.deactivate_staff(text), harmony.end_sessions(text), harmony.reset_password(text, text) to harmony_admin;
