-- The words in which the other files of this folder are written. They exist for this session only.

-- Enables and forces row security: without a policy nobody sees a row, the owner of the table included.
create or replace function pg_temp.guard(variadic tables text[]) returns void language plpgsql as $$
declare
    one text;
begin
    foreach one in array tables loop
        execute format('alter table harmony.%I enable row level security', one);
        execute format('alter table harmony.%I force row level security', one);
    end loop;
end $$;

-- Gives `roles` one command on one table: the grant (on `columns`, when given) and the policy that goes with it.
-- `rule` is what a row must meet to be seen (and changed); `new_rule` what it must meet after it was written.
-- The role is named in TO, never tested in USING (security.md 1.1).
create or replace function pg_temp.allow(
    roles text[], command text, target text, rule text, columns text default null, new_rule text default null)
returns void language plpgsql as $$
declare
    list text := (select string_agg(quote_ident(r), ', ') from unnest(roles) r);
    policy_name text := command || '_' || (
        select count(*) + 1 from pg_policies p
        where p.schemaname = 'harmony' and p.tablename = target and p.policyname like command || '\_%');
begin
    execute format('grant %s %s on harmony.%I to %s', command, coalesce('(' || columns || ')', ''), target, list);
    execute format('create policy %I on harmony.%I as permissive for %s to %s %s %s',
        policy_name, target, command, list,
        case when command <> 'insert' then 'using (' || rule || ')' else '' end,
        case when command in ('insert', 'update') then 'with check (' || coalesce(new_rule, rule) || ')' else '' end);
end $$;

-- A function owner's door to tables: all rows, but only with the commands that its functions need.
create or replace function pg_temp.door(role_name text, commands text[], variadic tables text[]) returns void
language plpgsql as $$
declare
    one text;
    command text;
begin
    foreach one in array tables loop
        foreach command in array commands loop
            perform pg_temp.allow(array[role_name], command, one, 'true');
        end loop;
    end loop;
end $$;

-- The rules that recur.
create or replace function pg_temp.opened(customer_column text default 'customer_id') returns text
language sql as $$ select customer_column || ' = any ((select harmony.my_open_files())::bigint[])' $$;

create or replace function pg_temp.mine() returns text
language sql as $$ select 'staff_id = (select harmony.my_staff_id())' $$;

create or replace function pg_temp.not_restricted() returns text
language sql as $$ select 'customer_id <> all ((select harmony.restricted_customers())::bigint[])' $$;

create or replace function pg_temp.readers() returns text[]
language sql as $$ select '{harmony_agent,harmony_claims_handler,harmony_team_lead,harmony_fraud_investigator,
    harmony_finance,harmony_privacy_officer}'::text[] $$;

create or replace function pg_temp.desk_three() returns text[]
language sql as $$ select '{harmony_agent,harmony_claims_handler,harmony_team_lead}'::text[] $$;
