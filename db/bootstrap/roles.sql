-- Roles of the cluster. Run by the installation's superuser, again at every upgrade; changes nothing that stands right.
-- Nobody but the superuser is SUPERUSER or BYPASSRLS; only harmony_provisioner (NOLOGIN) may create logins.

create or replace function pg_temp.ensure_role(role_name text, attributes text) returns void
language plpgsql as $$
begin
    if not exists (select from pg_roles where rolname = role_name) then
        execute format('create role %I', role_name);
    end if;
    execute format('alter role %I with %s', role_name, attributes);
end $$;

-- Membership says on 16 and later by itself whether it is inherited; on 15 the member's own attribute decides.
create or replace function pg_temp.ensure_member(group_role text, member text, inherits boolean, with_admin boolean) returns void
language plpgsql as $$
begin
    if current_setting('server_version_num')::int >= 160000 then
        execute format('grant %I to %I with inherit %s, admin %s', group_role, member,
            inherits::text, with_admin::text);
    elsif with_admin then
        execute format('grant %I to %I with admin option', group_role, member);
    else
        execute format('grant %I to %I', group_role, member);
    end if;
end $$;

do $$
declare
    plain constant text := 'nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls';
    desk constant text[] := '{harmony_agent,harmony_claims_handler,harmony_team_lead,harmony_fraud_investigator,
        harmony_finance,harmony_privacy_officer,harmony_outreach,harmony_admin}';
    service constant text[] := '{harmony_recorder,harmony_custodian,harmony_telephony,harmony_portal,harmony_partner}';
    door constant text[] := '{harmony_searcher,harmony_gate,harmony_auditor,harmony_discloser,harmony_keeper,
        harmony_fraudgate,harmony_counter}';
    role_name text;
begin
    perform pg_temp.ensure_role('harmony_owner', plain || ' noinherit');
    perform pg_temp.ensure_role('harmony_migrator',
        'nologin nosuperuser nocreatedb nocreaterole noreplication bypassrls inherit');
    perform pg_temp.ensure_role('harmony_provisioner',
        'nologin nosuperuser nocreatedb createrole noreplication nobypassrls inherit');
    perform pg_temp.ensure_role('harmony_desk', plain || ' inherit');
    perform pg_temp.ensure_role('harmony_service', plain || ' inherit');

    foreach role_name in array door loop
        perform pg_temp.ensure_role(role_name, plain || ' noinherit');
    end loop;
    foreach role_name in array desk || service loop
        perform pg_temp.ensure_role(role_name, plain || ' inherit');
        perform pg_temp.ensure_member(role_name, 'harmony_provisioner', false, true);
    end loop;
    foreach role_name in array desk loop
        perform pg_temp.ensure_member('harmony_desk', role_name, true, false);
    end loop;
    foreach role_name in array service loop
        perform pg_temp.ensure_member('harmony_service', role_name, true, false);
    end loop;
    perform pg_temp.ensure_member('harmony_owner', 'harmony_migrator', true, false);
    perform pg_temp.ensure_member('pg_signal_backend', 'harmony_provisioner', true, false);
    -- Without it the state of another login's session is hidden, and the reaper would find nothing to end.
    perform pg_temp.ensure_member('pg_read_all_stats', 'harmony_provisioner', true, false);
end $$;
