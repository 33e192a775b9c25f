-- The audit trail: a trigger appends one plain row for each change, in the transaction of the change.

-- Appends to `audit_event`, with old and new values in `audit_detail` under a salt of their own: the chain covers
-- sha256(salt || values), so that a detail can be erased. Argument 1 of the trigger: the columns that name the row
-- and the customer, as 'id,customer_id'; argument 2: 'values', or 'names' for tables whose values are never copied.
-- Changes that the keeper makes (retention, erasure) store column names only.
create or replace function harmony.record_change() returns trigger
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
declare
    before_row jsonb := case when tg_op in ('UPDATE', 'DELETE') then to_jsonb(old) end;
    after_row jsonb := case when tg_op in ('INSERT', 'UPDATE') then to_jsonb(new) end;
    row_now jsonb := coalesce(after_row, before_row);
    changed text[];
    event bigint;
    fresh_salt bytea;
    details jsonb;
    -- Whoever reads the trail would see what `reveal_bank_account` asks a reason for.
    never_copied constant text[] := '{iban}';
    names_only boolean := tg_argv[2] = 'names'
        or exists (select from harmony.keeper_work where xid = pg_current_xact_id());
begin
    select array_agg(key order by key) into changed
    from jsonb_each(row_now)
    where tg_op <> 'UPDATE' or before_row -> key is distinct from after_row -> key;
    if changed is null then
        return null;
    end if;
    if not names_only then
        select jsonb_strip_nulls(jsonb_build_object(
                'old', (select jsonb_object_agg(c, before_row -> c) from unnest(changed) c
                        where before_row is not null and c <> all (never_copied)),
                'new', (select jsonb_object_agg(c, after_row -> c) from unnest(changed) c
                        where after_row is not null and c <> all (never_copied))))
        into details;
        fresh_salt := uuid_send(gen_random_uuid());
    end if;
    insert into harmony.audit_event (staff_login, action, table_name, row_id, customer_id, columns, detail_hash)
    values (session_user, lower(tg_op), tg_table_name, row_now ->> tg_argv[0], (row_now ->> tg_argv[1])::bigint,
            changed, sha256(fresh_salt || convert_to(details::text, 'UTF8')))
    returning id into event;
    if details is not null then
        insert into harmony.audit_detail (event_id, salt, values) values (event, fresh_salt, details);
    end if;
    return null;
end $$;

create or replace function harmony.record_truncate() returns trigger
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    insert into harmony.audit_event (staff_login, action, table_name) values (session_user, 'truncate', tg_table_name);
    return null;
end $$;

-- Logs are written once. Not even a function of ours changes a row of the trail.
create or replace function harmony.refuse_change() returns trigger
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
    raise exception 'rows of % are never changed', tg_table_name using errcode = 'HD003';
end $$;

-- Raises `version` and stamps `changed_at` at every change: a write names the version it saw.
create or replace function harmony.bump_version() returns trigger
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
    new.version := old.version + 1;
    new.changed_at := harmony.clock();
    return new;
end $$;
