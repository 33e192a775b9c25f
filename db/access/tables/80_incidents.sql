-- The incident register. One role; nobody else has so much as a grant, for row security alone leaks through
-- EXPLAIN ANALYZE, unique and foreign keys (security.md P1-P3).

select pg_temp.guard('incident', 'incident_subject', 'incident_note', 'signal');

select pg_temp.allow('{harmony_fraud_investigator}', 'select', t, 'true') from unnest('{incident,incident_note}'::text[]) t;
select pg_temp.allow('{harmony_fraud_investigator}', 'select', t,
    'customer_id is null or customer_id <> all ((select harmony.restricted_subjects())::bigint[])')
from unnest('{incident_subject,signal}'::text[]) t;
select pg_temp.allow('{harmony_fraud_investigator}', 'insert', 'incident_note', 'staff_login = session_user::text',
    'incident_id, staff_login, text');
select pg_temp.allow('{harmony_fraud_investigator}', 'update', 'incident', 'true', 'ends_on');
