-- Roles and who is in them. What is filed stands in bootstrap/roles.sql, and once more here in the temporary tables
-- that these parts share: a test compares the two on a fresh server. Run in this order, in one transaction.

-- setup
create temporary table filed_role on commit drop as
select role_name, role_name = 'harmony_provisioner' as createrole, role_name = 'harmony_migrator' as bypassrls,
    kind in ('desk', 'service', 'top') as inherits, kind
from (
    select unnest('{harmony_agent,harmony_claims_handler,harmony_team_lead,harmony_fraud_investigator,harmony_finance,
        harmony_privacy_officer,harmony_outreach,harmony_admin}'::text[]) as role_name, 'desk' as kind
    union all select unnest('{harmony_recorder,harmony_custodian,harmony_telephony,harmony_portal,
        harmony_partner}'::text[]), 'service'
    union all select unnest('{harmony_desk,harmony_service,harmony_migrator,harmony_provisioner}'::text[]), 'top'
    union all select unnest('{harmony_owner,harmony_searcher,harmony_gate,harmony_auditor,harmony_discloser,
        harmony_keeper,harmony_fraudgate,harmony_counter}'::text[]), 'door') as named;

create temporary table filed_member on commit drop as
select role_name as group_role, 'harmony_provisioner' as member, true as admin, false as inherits
from filed_role where kind in ('desk', 'service')
union all select 'harmony_' || kind, role_name, false, true from filed_role where kind in ('desk', 'service')
union all values ('harmony_owner', 'harmony_migrator', false, true),
    ('pg_signal_backend', 'harmony_provisioner', false, true),
    ('pg_read_all_stats', 'harmony_provisioner', false, true);

-- 16 and later keep a row for each grantor, and whether it is inherited; 15 knows neither.
create temporary table live_member on commit drop as
select g.rolname as group_role, u.rolname as member, bool_or(m.admin_option) as admin,
    bool_or((to_jsonb(m) ->> 'inherit_option')::boolean) as inherits,
    bool_or((to_jsonb(m) ->> 'set_option')::boolean) as sets
from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles u on u.oid = m.member
group by 1, 2;

create temporary table due_member on commit drop as
select r.role as group_role, s.login as member
from harmony.staff s join harmony.staff_role r on r.staff_id = s.id
where s.active and r.status = 'approved'
  and (s.is_service or harmony.confidentiality_valid(s.confidentiality_signed_on));

create temporary table odd_member on commit drop as
select l.*, exists (select from due_member d where (d.group_role, d.member) = (l.group_role, l.member)) as due
from live_member l
where (l.group_role ~ '^harmony_' or l.member ~ '^harmony_'
        or exists (select from harmony.staff s where s.login in (l.group_role, l.member)))
  and not exists (select from filed_member f
        where (f.group_role, f.member, f.admin) = (l.group_role, l.member, l.admin)
          and coalesce(l.inherits = f.inherits, true))
  and not (not l.admin
        and exists (select from due_member d where (d.group_role, d.member) = (l.group_role, l.member)))
  -- 16 and later: who makes a login may administer it, and no more than that.
  and not (l.member = 'harmony_provisioner' and l.group_role !~ '^(harmony|pg)_' and l.admin
        and not l.inherits and not l.sets);

-- code: role_missing
select f.role_name, null from filed_role f where not exists (select from pg_roles r where r.rolname = f.role_name);

-- code: role_attributes
select r.rolname, concat_ws(', ', case when r.rolcanlogin then 'login' end, case when r.rolsuper then 'superuser' end,
    case when r.rolcreatedb then 'createdb' end, case when r.rolreplication then 'replication' end,
    case when r.rolcreaterole <> f.createrole then 'createrole ' || r.rolcreaterole end,
    case when r.rolbypassrls <> f.bypassrls then 'bypassrls ' || r.rolbypassrls end,
    case when r.rolinherit <> f.inherits then 'inherit ' || r.rolinherit end,
    case when r.rolpassword is not null then 'password' end)
from pg_authid r join filed_role f on f.role_name = r.rolname
where r.rolcanlogin or r.rolsuper or r.rolcreatedb or r.rolreplication or r.rolcreaterole <> f.createrole
   or r.rolbypassrls <> f.bypassrls or r.rolinherit <> f.inherits or r.rolpassword is not null;

-- code: login_attributes
-- P6, P13. The installation's own superusers are the one it began with and whoever runs this check.
select r.rolname, concat_ws(', ', case when r.rolsuper then 'superuser' end, case when r.rolcreaterole then 'createrole' end,
    case when r.rolbypassrls then 'bypassrls' end, case when r.rolcreatedb then 'createdb' end,
    case when r.rolreplication then 'replication' end)
from pg_roles r left join harmony.staff s on s.login = r.rolname
where r.rolname !~ '^(harmony|pg)_' and r.oid <> 10
  and (r.rolname <> session_user and (r.rolsuper or r.rolcreaterole or r.rolbypassrls)
       or s.id is not null and (r.rolsuper or r.rolcreaterole or r.rolbypassrls or r.rolcreatedb or r.rolreplication));

-- code: login_missing
select s.login, null from harmony.staff s
where s.active and not exists (select from pg_roles r where r.rolname = s.login and r.rolcanlogin);

-- code: login_left_open
select s.login, null from harmony.staff s join pg_roles r on r.rolname = s.login
where not s.active and r.rolcanlogin;

-- code: membership_missing
select format('%s in %s', f.member, f.group_role), null from filed_member f
where not exists (select from live_member l where (l.group_role, l.member, l.admin) = (f.group_role, f.member, f.admin)
    and coalesce(l.inherits = f.inherits, true));

-- code: staff_membership_missing
select format('%s in %s', d.member, d.group_role), null from due_member d
where not exists (select from live_member l where (l.group_role, l.member) = (d.group_role, d.member));

-- code: admin_option
-- P9. Whoever has it hands out the role by himself, without a second administrator.
select format('%s in %s', o.member, o.group_role), null from odd_member o where o.admin;

-- code: staff_membership_unknown
select format('%s in %s', o.member, o.group_role), null from odd_member o
where not o.due and o.member !~ '^harmony_'
  and exists (select from filed_role f where f.role_name = o.group_role and f.kind in ('desk', 'service'));

-- code: membership_unknown
select format('%s in %s', o.member, o.group_role), null from odd_member o
where o.member ~ '^harmony_'
   or not exists (select from filed_role f where f.role_name = o.group_role and f.kind in ('desk', 'service'));
