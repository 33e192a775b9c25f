-- Claims and repairs. Handlers see all claims as codes, dates and cents; what was told needs the open file.

select pg_temp.guard('claim', 'claim_detail', 'repair_order');

select pg_temp.allow('{harmony_agent,harmony_team_lead,harmony_fraud_investigator,harmony_finance,harmony_privacy_officer}',
    'select', t, pg_temp.opened())
from unnest('{claim,repair_order}'::text[]) t;
select pg_temp.allow('{harmony_claims_handler}', 'select', t, pg_temp.not_restricted())
from unnest('{claim,repair_order}'::text[]) t;
select pg_temp.allow(pg_temp.readers(), 'select', 'claim_detail', pg_temp.opened());
select pg_temp.allow('{harmony_agent,harmony_claims_handler}', 'insert', 'claim_detail', pg_temp.opened(),
    'claim_id, customer_id, circumstances, damage_text');
select pg_temp.allow('{harmony_agent,harmony_claims_handler}', 'update', 'claim_detail', pg_temp.opened(),
    'circumstances, damage_text');
select pg_temp.allow('{harmony_claims_handler}', 'update', 'claim', pg_temp.not_restricted(),
    'queue, happened_on, reserve_cents');
select pg_temp.allow('{harmony_claims_handler}', 'insert', 'repair_order', pg_temp.opened(),
    'claim_id, customer_id, repairer_id');
select pg_temp.allow('{harmony_claims_handler}', 'update', 'repair_order', pg_temp.opened(), 'repairer_id');
