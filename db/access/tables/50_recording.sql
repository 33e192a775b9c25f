-- Recordings: rows that say there is one. No table here gives a key, and two of them nobody may touch at all.

select pg_temp.guard('recording', 'recording_secret', 'recording_listen', 'epoch_key', 'epoch_key_destroyed');

select pg_temp.allow('{harmony_agent}', 'select', 'recording', pg_temp.opened()
    || ' or (' || pg_temp.mine() || ' and (customer_id is null or ' || pg_temp.not_restricted() || '))');
select pg_temp.allow('{harmony_claims_handler,harmony_team_lead,harmony_fraud_investigator,harmony_privacy_officer}',
    'select', 'recording', pg_temp.opened());
-- Unmatched recordings wait for a lead or the officer (decisions.md, Ingest).
select pg_temp.allow('{harmony_team_lead,harmony_privacy_officer}', 'select', 'recording', 'call_id is null and customer_id is null');

select pg_temp.allow('{harmony_agent,harmony_claims_handler,harmony_team_lead,harmony_fraud_investigator}', 'select',
    'recording_listen', 'staff_login = session_user::text');
select pg_temp.allow('{harmony_privacy_officer}', 'select', 'recording_listen', 'true');
