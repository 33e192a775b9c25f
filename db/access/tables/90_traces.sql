-- The traces: one's own, and all of them for the privacy officer. Nobody writes here but the functions.

select pg_temp.guard('file_opening', 'search_log', 'bank_reveal', 'audit_event', 'audit_detail', 'audit_seal', 'keeper_work');

select pg_temp.allow('{harmony_agent,harmony_claims_handler,harmony_team_lead,harmony_fraud_investigator,harmony_finance,'
    'harmony_outreach}', 'select', t, 'staff_login = session_user::text')
from unnest('{file_opening,search_log}'::text[]) t;
select pg_temp.allow('{harmony_privacy_officer}', 'select', t, 'true')
from unnest('{file_opening,search_log,bank_reveal}'::text[]) t;
select pg_temp.allow('{harmony_agent,harmony_claims_handler,harmony_team_lead,harmony_finance}', 'select', 'bank_reveal',
    'staff_login = session_user::text', 'id, customer_id, staff_login, reason, requested_at, revealed_at, status');

-- The officer reads the trail; of the incident register it holds column names only. Administrators see what was
-- done to staff and settings.
select pg_temp.allow('{harmony_privacy_officer}', 'select', t, 'true')
from unnest('{audit_event,audit_detail,audit_seal}'::text[]) t;
select pg_temp.allow('{harmony_admin}', 'select', 'audit_event',
    'table_name in (''staff'', ''staff_role'', ''team'', ''setting'', ''setting_change'', ''product'', ''product_version'', '
    '''recipient'', ''agreement'', ''repairer'')');
