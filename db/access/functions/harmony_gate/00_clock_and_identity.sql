-- What every other function and many column defaults stand on: the time, the place, the caller, the next number.
-- These are created before the tables (they are column defaults), hence plpgsql: bodies are bound at first use.

-- The only "now" in policies, functions and core. Shifted in databases of kind `test` only; a CHECK keeps it so.
-- STABLE although time passes: one value a statement, so that an index can be used beside it.
create or replace function harmony.clock() returns timestamptz
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    shift interval;
begin
    select clock_shift into shift from harmony.installation where kind = 'test';
    return clock_timestamp() + coalesce(shift, interval '0');
end $$;

-- This database on this cluster. Openings and tickets carry it, so that a restored copy honours none of them.
create or replace function harmony.origin() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return (select system_identifier from pg_control_system())
        || '/' || (select oid from pg_database where datname = current_database());
end $$;

-- The caller's own number in `staff`, null for whoever is no active member of staff.
create or replace function harmony.my_staff_id() returns bigint
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    return (select id from harmony.staff where login = session_user::text and active);
end $$;

create or replace function harmony.my_team_id() returns bigint
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    return (select team_id from harmony.staff where login = session_user::text and active);
end $$;

-- 'T-26-5521': task (T), repair order (R), privacy request (PV), claim (S, D, V). 'P-10517-01': policy (P).
create or replace function harmony.next_number(letters text) returns text
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    if letters not in ('T', 'R', 'PV', 'P', 'S', 'D', 'V') then
        raise exception 'no numbers start with these letters' using errcode = '22023';
    end if;
    if letters = 'P' then
        return 'P-' || nextval('harmony.number_p') || '-01';
    end if;
    return letters || '-' || to_char(harmony.clock() at time zone 'Europe/Amsterdam', 'YY') || '-'
        || nextval(('harmony.number_' || lower(letters))::regclass);
end $$;

create or replace function harmony.next_customer_number() returns text
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    return nextval('harmony.number_customer')::text;
end $$;

grant execute on function harmony.clock(), harmony.origin(), harmony.my_staff_id(), harmony.my_team_id()
    to harmony_desk, harmony_service, harmony_searcher, harmony_auditor, harmony_discloser, harmony_keeper,
       harmony_fraudgate, harmony_counter, harmony_provisioner, harmony_owner;
grant execute on function harmony.next_number(text) to harmony_agent, harmony_claims_handler, harmony_team_lead,
    harmony_privacy_officer, harmony_discloser, harmony_keeper, harmony_owner;
-- Customers are made by `create_customer` only: nobody else can use up the eight digits.
grant execute on function harmony.next_customer_number() to harmony_keeper, harmony_owner;
