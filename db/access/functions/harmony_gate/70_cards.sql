-- Cards about an open file and about the company itself: few columns, no free text of others.

-- Who opened this file and who listened; looking for `fraud` and `privacy_request` is left out here.
create or replace function harmony.who_looked(customer_id bigint)
returns table (staff_name text, reason text, reference text, seen_at timestamptz)
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    if not coalesce(who_looked.customer_id = any (harmony.my_open_files()), false) then
        return;
    end if;
    return query
        select s.name, l.reason, l.reference, l.seen_at
        from (
            select o.staff_login, o.reason, o.reference, o.opened_at as seen_at
            from harmony.file_opening o
            where o.customer_id = who_looked.customer_id and o.status = 'open'
              and o.reason not in ('fraud', 'privacy_request')
            union all
            -- Whoever was given a ticket: the use of it can be rolled back after the key was read.
            select x.staff_login, 'listen_' || x.purpose, x.reference, coalesce(x.redeemed_at, x.requested_at)
            from harmony.recording_listen x
            where x.customer_id = who_looked.customer_id and x.granted
              and x.purpose not in ('fraud', 'privacy_request')) as l
        join harmony.staff s on s.login = l.staff_login
        order by l.seen_at desc
        limit 200;
end $$;

create or replace function harmony.open_requests(customer_id bigint)
returns table (kind text, code text, since date)
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    if not coalesce(open_requests.customer_id = any (harmony.my_open_files()), false) then
        return;
    end if;
    return query
        select 'request'::text, r.kind, r.received_on from harmony.privacy_request r
        where r.customer_id = open_requests.customer_id and r.status <> 'closed'
        union all
        select 'objection'::text, o.scope, (o.registered_at at time zone 'Europe/Amsterdam')::date
        from harmony.objection o where o.customer_id = open_requests.customer_id and o.withdrawn_at is null
        order by 3 desc;
end $$;
grant execute on function harmony.who_looked(bigint), harmony.open_requests(bigint) to harmony_agent,
    harmony_claims_handler, harmony_team_lead, harmony_fraud_investigator, harmony_finance, harmony_privacy_officer;

-- Colleagues by name and team, to choose an owner from.
create or replace function harmony.colleagues() returns table (staff_id bigint, name text, team text)
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    return query
        select s.id, s.name, t.name from harmony.staff s left join harmony.team t on t.id = s.team_id
        where s.active and not s.is_service and harmony.my_staff_id() is not null
        order by s.name;
end $$;

-- Recipients that may be sent this kind now.
create or replace function harmony.recipients(kind text) returns table (recipient_id bigint, name text)
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    return query
        select distinct r.id, r.name from harmony.recipient r
        join harmony.agreement a on a.recipient_id = r.id
        where r.active and a.kind = recipients.kind and a.ended_at is null
          and (harmony.clock() at time zone 'Europe/Amsterdam')::date
              between a.valid_from and coalesce(a.valid_until, 'infinity')
        order by 2;
end $$;
grant execute on function harmony.colleagues(), harmony.recipients(text) to harmony_desk;

-- Listens to my own calls: a member of staff sees who listened (WOR art. 27(1)(l) asks for openness).
create or replace function harmony.listened_to_my_calls()
returns table (staff_name text, purpose text, recorded_at timestamptz, listened_at timestamptz, seconds_heard int)
language plpgsql stable security definer set search_path = harmony, pg_catalog, pg_temp as $$
begin
    return query
        select s.name, l.purpose, r.recorded_at, coalesce(l.redeemed_at, l.requested_at), l.seconds_heard
        from harmony.recording r
        join harmony.recording_listen l on l.recording_id = r.id
        join harmony.staff s on s.login = l.staff_login
        where r.staff_id = harmony.my_staff_id() and l.granted
          and l.purpose not in ('fraud', 'privacy_request')
        order by 4 desc
        limit 200;
end $$;
grant execute on function harmony.listened_to_my_calls() to harmony_agent, harmony_claims_handler, harmony_team_lead;

-- What is told of the file in one round trip, with the caller's own rights: rows he may not see are not there.
create or replace function harmony.file_overview(customer_id bigint) returns jsonb
language sql stable security invoker set search_path = harmony, pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'customer', (select to_jsonb(c) from harmony.customer c where c.id = $1),
        'phones', (select coalesce(jsonb_agg(to_jsonb(p) order by p.id), '[]')
            from harmony.customer_phone p where p.customer_id = $1),
        'emails', (select coalesce(jsonb_agg(to_jsonb(e) order by e.id), '[]')
            from harmony.customer_email e where e.customer_id = $1),
        'bank_accounts', (select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'iban_masked', b.iban_masked,
                'holder_name', b.holder_name, 'valid_from', b.valid_from, 'valid_until', b.valid_until)
                order by b.valid_from desc), '[]')
            from harmony.bank_account b where b.customer_id = $1),
        'policies', (select coalesce(jsonb_agg(to_jsonb(p) || jsonb_build_object('product', v.version,
                'product_name', d.name) order by p.started_on desc, p.id), '[]')
            from harmony.policy p
            join harmony.product_version v on v.id = p.product_version_id
            join harmony.product d on d.id = v.product_id
            where p.customer_id = $1),
        'insured_items', (select coalesce(jsonb_agg(to_jsonb(i) order by i.id), '[]')
            from harmony.insured_item i where i.customer_id = $1),
        'claims', (select coalesce(jsonb_agg(to_jsonb(c) order by c.reported_at desc, c.id), '[]')
            from harmony.claim c where c.customer_id = $1),
        'repair_orders', (select coalesce(jsonb_agg(to_jsonb(r) order by r.id desc), '[]')
            from harmony.repair_order r where r.customer_id = $1),
        'contacts', (select coalesce(jsonb_agg(to_jsonb(c) order by c.started_at desc, c.id), '[]')
            from (select * from harmony.contact x where x.customer_id = $1
                  order by x.started_at desc limit 500) as c),
        'calls', (select coalesce(jsonb_agg(to_jsonb(c) order by c.started_at desc, c.id), '[]')
            from (select * from harmony.call x where x.customer_id = $1
                  order by x.started_at desc limit 500) as c),
        'commitments', (select coalesce(jsonb_agg(to_jsonb(c) order by c.due_on, c.id), '[]')
            from harmony.commitment c where c.customer_id = $1),
        'tasks', (select coalesce(jsonb_agg(to_jsonb(t) order by t.due_at, t.id), '[]')
            from harmony.task t where t.customer_id = $1),
        'recordings', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'call_id', r.call_id,
                'recorded_at', r.recorded_at, 'expires_at', r.expires_at, 'destroy_on', r.destroy_on,
                'status', r.status, 'duration_ms', r.duration_ms) order by r.recorded_at desc, r.id), '[]')
            from harmony.recording r where r.customer_id = $1),
        'preferences', (select coalesce(jsonb_agg(to_jsonb(p) order by p.kind), '[]')
            from harmony.preference p where p.customer_id = $1),
        'disclosures', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'recipient_id', d.recipient_id,
                'kind', d.kind, 'disclosed_at', d.disclosed_at) order by d.disclosed_at desc, d.id), '[]')
            from harmony.disclosure d where d.customer_id = $1),
        'requests', (select coalesce(jsonb_agg(to_jsonb(r)), '[]') from harmony.open_requests($1) r),
        'who_looked', (select coalesce(jsonb_agg(to_jsonb(w)), '[]') from harmony.who_looked($1) w))
$$;
grant execute on function harmony.file_overview(bigint)
    to harmony_agent, harmony_claims_handler, harmony_team_lead, harmony_privacy_officer;
