-- The company's own: staff, settings, products, third parties.

select pg_temp.guard('team', 'staff', 'staff_role', 'setting', 'setting_change', 'installation', 'command',
    'retention_rule', 'product', 'product_version', 'recipient', 'agreement', 'repairer');

-- Who works here: administrators (through functions) and the privacy officer; others by `colleagues()`.
select pg_temp.allow('{harmony_admin,harmony_privacy_officer}', 'select', t, 'true')
from unnest('{team,staff,staff_role}'::text[]) t;
select pg_temp.allow('{harmony_desk}', 'select', 'setting', 'true');
select pg_temp.allow('{harmony_admin}', 'select', 'setting_change', 'true');
select pg_temp.allow('{harmony_desk}', 'select', 'installation', 'true');

-- A write that was done: seen and made by its own maker only.
select pg_temp.allow('{harmony_desk}', 'select', 'command', 'staff_login = session_user::text');
select pg_temp.allow('{harmony_desk}', 'insert', 'command', 'staff_login = session_user::text', 'id');

select pg_temp.allow('{harmony_privacy_officer,harmony_admin}', 'select', 'retention_rule', 'true');
select pg_temp.allow('{harmony_privacy_officer}', 'update', 'retention_rule', 'true', 'keep, ground');

-- Products are data that everybody reads; the administrator keeps them.
select pg_temp.allow('{harmony_desk}', 'select', t, 'true') from unnest('{product,product_version,repairer}'::text[]) t;
select pg_temp.allow('{harmony_admin}', 'insert', 'product', 'true', 'code, name');
select pg_temp.allow('{harmony_admin}', 'update', 'product', 'true', 'name');
select pg_temp.allow('{harmony_admin}', 'insert', 'product_version', 'true',
    'product_id, version, valid_from, covers_damage, covers_theft, covers_loss, excess_cents, waiting_days, report_within_hours');
select pg_temp.allow('{harmony_admin}', 'insert', 'repairer', 'true', 'recipient_id, name, region, active');
select pg_temp.allow('{harmony_admin}', 'update', 'repairer', 'true', 'name, region, active');

-- Recipients and the agreements with them; others learn by `recipients(kind)` whom they may send to.
select pg_temp.allow('{harmony_privacy_officer,harmony_admin}', 'select', t, 'true')
from unnest('{recipient,agreement}'::text[]) t;
select pg_temp.allow('{harmony_privacy_officer,harmony_admin}', 'insert', 'recipient', 'true', 'name, category, role, active');
select pg_temp.allow('{harmony_privacy_officer,harmony_admin}', 'update', 'recipient', 'true', 'name, category, role, active');
select pg_temp.allow('{harmony_privacy_officer,harmony_admin}', 'insert', 'agreement', 'true',
    'recipient_id, kind, reference, signed_on, valid_from, valid_until');
select pg_temp.allow('{harmony_privacy_officer,harmony_admin}', 'update', 'agreement', 'true', 'reference, valid_until, ended_at');

-- Every desk compares the version of the tables with its own at login.
alter table harmony.alembic_version owner to harmony_owner;
select pg_temp.guard('alembic_version');
select pg_temp.allow('{harmony_desk}', 'select', 'alembic_version', 'true');
