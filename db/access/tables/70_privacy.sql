-- The privacy desk: requests and disclosures.

select pg_temp.guard('privacy_request', 'disclosure');

select pg_temp.allow('{harmony_privacy_officer}', 'select', 'privacy_request', 'true');
select pg_temp.allow('{harmony_privacy_officer}', 'insert', 'privacy_request', 'true',
    'customer_id, kind, channel, received_on, due_on');
select pg_temp.allow('{harmony_privacy_officer}', 'update', 'privacy_request', 'true', 'status');

select pg_temp.allow('{harmony_agent,harmony_claims_handler,harmony_team_lead,harmony_fraud_investigator,harmony_finance}',
    'select', 'disclosure', pg_temp.opened());
select pg_temp.allow('{harmony_privacy_officer}', 'select', 'disclosure', 'true');
