-- Lists of customers: begun by a team lead, carried out batch by batch, taken back as far as nobody touched them.
-- In the audit they are names of columns only: what is taken back must not stay behind there as a copy.

-- Begins a run, which is its own trace: who, from where, how many rows, the digest of the file.
create or replace function harmony.begin_import(source text, file_digest text, rows integer)
returns table (status text, run_id bigint)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    answer text := harmony.refuse_import();
    offered bigint;
    new_id bigint;
begin
    -- Two runs begun at once would each not see the other's rows.
    perform from harmony.import_run r where r.staff_login = session_user::text order by r.id desc limit 1 for update;
    select coalesce(sum(r.rows), 0) into offered from harmony.import_run r
    where r.staff_login = session_user::text and r.started_at > harmony.clock() - interval '24 hours';
    if answer is null and (begin_import.rows is null or begin_import.rows not between 1 and 100000
            or coalesce(begin_import.file_digest, '') !~ '^[0-9a-f]{64}$'
            or char_length(btrim(coalesce(begin_import.source, ''))) not between 3 and 200) then
        answer := 'refused: not_allowed';
    elsif answer is null and offered + begin_import.rows > harmony.setting_number('import.rows_per_day') then
        answer := 'refused: rate_limited';
    end if;
    if answer is not null then
        return query select answer, null::bigint;
        return;
    end if;
    insert into harmony.import_run (staff_login, source, file_digest, rows)
    values (session_user, btrim(begin_import.source), begin_import.file_digest, begin_import.rows)
    returning id into new_id;
    return query select 'ok'::text, new_id;
end $$;

-- Why the caller may not import now; null when he may.
create or replace function harmony.refuse_import() returns text
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        return 'refused: wrong_isolation';
    elsif not harmony.have_role('harmony_team_lead') then
        return 'refused: no_role';
    elsif not harmony.confidentiality_valid(
            (select s.confidentiality_signed_on from harmony.staff s where s.login = session_user::text and s.active)) then
        return 'refused: no_confidentiality';
    end if;
    return null;
end $$;

-- Adds one batch (at most 1000) to the customers. An element has the columns of `customer`, `phones`
-- [{e164, raw, kind}], `emails` [address] and `accounts` [{iban, holder_name}]. Opens no file, shows nobody anything.
create or replace function harmony.import_customers(run_id bigint, batch jsonb)
returns table (status text, imported integer)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    amount constant integer := jsonb_array_length(batch);
    answer text := harmony.refuse_import();
    now_is timestamptz := harmony.clock();
    ids bigint[];
    run record;
begin
    select r.imported, r.rows into run from harmony.import_run r
    where r.id = import_customers.run_id and r.staff_login = session_user::text and r.status = 'open' for update;
    if answer is null and (run is null or amount not between 1 and 1000 or run.imported + amount > run.rows) then
        answer := 'refused: not_allowed';
    end if;
    if answer is not null then
        return query select answer, 0;
        return;
    end if;
    -- Only for the statements of this function: what else this transaction writes is audited with its values.
    insert into harmony.keeper_work (xid) values (pg_current_xact_id());
    ids := array(select nextval('harmony.customer_id_seq') from generate_series(1, amount));
    insert into harmony.customer
        (id, initials, first_name, prefix, last_name, partner_prefix, partner_last_name, name_usage, gender, birth_date,
         street, house_number, house_letter, house_addition, postcode, city, country, language, created_at)
    select ids[b.place], p.initials, p.first_name, p.prefix, p.last_name, p.partner_prefix, p.partner_last_name,
           coalesce(p.name_usage, 'own'), coalesce(p.gender, 'onbekend'), p.birth_date, p.street, p.house_number,
           p.house_letter, p.house_addition, p.postcode, p.city, coalesce(p.country, 'NL'), coalesce(p.language, 'nl'),
           now_is
    from jsonb_array_elements(batch) with ordinality as b(person, place),
         jsonb_populate_record(null::harmony.customer, b.person - array['id', 'display_name', 'sort_key']) as p;
    insert into harmony.customer_phone (customer_id, e164, raw, kind, created_at)
    select ids[b.place], x ->> 'e164', coalesce(x ->> 'raw', x ->> 'e164'), coalesce(x ->> 'kind', 'other'), now_is
    from jsonb_array_elements(batch) with ordinality as b(person, place),
         jsonb_array_elements(coalesce(b.person -> 'phones', '[]')) as x;
    insert into harmony.customer_email (customer_id, address, created_at)
    select ids[b.place], x, now_is
    from jsonb_array_elements(batch) with ordinality as b(person, place),
         jsonb_array_elements_text(coalesce(b.person -> 'emails', '[]')) as x;
    insert into harmony.bank_account (customer_id, iban, holder_name, created_at)
    select ids[b.place], x ->> 'iban', x ->> 'holder_name', now_is
    from jsonb_array_elements(batch) with ordinality as b(person, place),
         jsonb_array_elements(coalesce(b.person -> 'accounts', '[]')) as x;
    insert into harmony.import_customer (customer_id, run_id) select i, import_customers.run_id from unnest(ids) as i;
    delete from harmony.keeper_work where xid = pg_current_xact_id();
    update harmony.import_run r set imported = r.imported + amount where r.id = import_customers.run_id;
    return query select 'ok'::text, amount;
end $$;

-- Ends a run of the caller's own; nothing can be added to it any more.
create or replace function harmony.finish_import(run_id bigint) returns table (status text, imported integer)
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    amount integer;
begin
    update harmony.import_run r set status = 'done', finished_at = harmony.clock()
    where r.id = finish_import.run_id and r.staff_login = session_user::text and r.status = 'open'
    returning r.imported into amount;
    return query select case when amount is null then 'refused: not_allowed' else 'ok' end, coalesce(amount, 0);
end $$;

-- Takes a run back: removes its customers that are as the list brought them and on whom nothing hangs. `kept` are
-- the numbers of those that stay; what hangs on them is not said. For its maker, or the privacy officer for any.
create or replace function harmony.undo_import(run_id bigint)
returns table (status text, removed integer, kept text[])
language plpgsql volatile security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    people bigint[];
    gone integer;
    run record;
    answer text;
begin
    select r.id, r.status, r.started_at into run from harmony.import_run r
    where r.id = undo_import.run_id
      and (harmony.have_role('harmony_privacy_officer')
           or r.staff_login = session_user::text and harmony.have_role('harmony_team_lead'))
    for update;
    answer := case
        when run.id is null then 'refused: not_allowed'
        when run.status = 'undone' then 'refused: already_done'
        when run.started_at < harmony.clock() - make_interval(days => harmony.setting_number('import.undo_days')::int)
            then 'refused: expired' end;
    if answer is not null then
        return query select answer, 0, '{}'::text[];
        return;
    end if;
    insert into harmony.keeper_work (xid) values (pg_current_xact_id());
    for people in
        select array_agg(c.customer_id)
        from (select i.customer_id, row_number() over (order by i.customer_id) as place
              from harmony.import_customer i where i.run_id = run.id) as c
        group by c.place / 500
    loop
        perform harmony.remove_untouched(people);
    end loop;
    delete from harmony.keeper_work where xid = pg_current_xact_id();
    update harmony.import_run r
    set status = 'undone', undone_at = harmony.clock(), undone_by = session_user,
        removed = r.imported - (select count(*) from harmony.import_customer i where i.run_id = run.id)
    where r.id = run.id
    returning r.removed into gone;
    return query select 'ok'::text, gone, array(
        select c.customer_number from harmony.import_customer i join harmony.customer c on c.id = i.customer_id
        where i.run_id = run.id order by c.customer_number);
end $$;

-- Removes the imported people that nobody changed and nothing refers to: all at once, or else one by one. The
-- foreign keys decide, those of tables that come later too; only incidents, which would lose the person, are asked.
create or replace function harmony.remove_untouched(people bigint[]) returns void
language plpgsql volatile set search_path = harmony, pg_catalog, pg_temp as $$
declare
    plain bigint[];
    one bigint;
begin
    select coalesce(array_agg(c.id), '{}') into plain
    from harmony.customer c
    where c.id = any (people) and c.version = 1
      and not exists (select from harmony.customer_phone p
                      where p.customer_id = c.id and (p.version > 1 or p.created_at <> c.created_at))
      and not exists (select from harmony.customer_email e
                      where e.customer_id = c.id and (e.version > 1 or e.created_at <> c.created_at))
      and not exists (select from harmony.bank_account b
                      where b.customer_id = c.id and (b.version > 1 or b.created_at <> c.created_at))
      and not exists (select from harmony.incident_subject s where s.customer_id = c.id);
    begin
        perform harmony.remove_people(plain);
        return;
    exception when foreign_key_violation then
        null;
    end;
    foreach one in array plain loop
        begin
            perform harmony.remove_people(array[one]);
        exception when foreign_key_violation then
            null;
        end;
    end loop;
end $$;

create or replace function harmony.remove_people(people bigint[]) returns void
language plpgsql volatile set search_path = harmony, pg_catalog, pg_temp as $$
begin
    delete from harmony.import_customer i where i.customer_id = any (people);
    delete from harmony.customer_phone p where p.customer_id = any (people);
    delete from harmony.customer_email e where e.customer_id = any (people);
    delete from harmony.bank_account b where b.customer_id = any (people);
    delete from harmony.customer c where c.id = any (people);
end $$;

grant execute on function harmony.begin_import(text, text, integer), harmony.import_customers(bigint, jsonb),
    harmony.finish_import(bigint) to harmony_team_lead;
grant execute on function harmony.undo_import(bigint) to harmony_team_lead, harmony_privacy_officer;
