-- What each function owner may touch. A function that needs more asks for it here.

select pg_temp.door('harmony_gate', '{select}',
    'setting', 'installation', 'team', 'staff', 'staff_role', 'insured_item', 'policy', 'bank_account', 'claim',
    'repair_order', 'task', 'objection', 'privacy_request', 'recipient', 'agreement', 'epoch_key_destroyed');
select pg_temp.door('harmony_gate', '{select,insert,update}',
    'customer', 'customer_phone', 'customer_email', 'file_opening', 'bank_reveal', 'recording', 'recording_listen');
select pg_temp.door('harmony_gate', '{select,insert,update}', 'call', 'contact', 'call_segment');
select pg_temp.door('harmony_gate', '{select,update}', 'commitment');
select pg_temp.door('harmony_gate', '{insert,update}', 'task', 'objection');
select pg_temp.door('harmony_gate', '{select,insert}', 'call_verification');
select pg_temp.door('harmony_gate', '{delete}', 'customer_phone', 'customer_email');
select pg_temp.door('harmony_gate', '{select,insert}', 'search_log');
-- FOR SHARE asks for UPDATE: without a policy for it the row would silently not be there.
select pg_temp.door('harmony_gate', '{select,insert,update,delete}', 'recording_secret');
select pg_temp.door('harmony_gate', '{select,update}', 'epoch_key');

select pg_temp.door('harmony_keeper', '{select,insert,delete}', 'epoch_key');
select pg_temp.door('harmony_keeper', '{select,insert}', 'epoch_key_destroyed', 'keeper_work');
select pg_temp.door('harmony_keeper', '{select,delete}', 'recording_secret');
select pg_temp.door('harmony_keeper', '{select,update}', 'recording');

select pg_temp.door('harmony_auditor', '{select,insert}', 'audit_event', 'audit_detail', 'audit_seal');
select pg_temp.door('harmony_auditor', '{select}', 'keeper_work', 'installation');

select pg_temp.door('harmony_fraudgate', '{select,insert}', 'incident', 'incident_subject', 'incident_note');
select pg_temp.door('harmony_fraudgate', '{select}', 'customer', 'signal');

select pg_temp.door('harmony_discloser', '{select}', 'customer', 'customer_phone', 'insured_item', 'claim',
    'claim_detail', 'repairer', 'repair_order', 'recipient', 'agreement');
select pg_temp.door('harmony_discloser', '{select,insert}', 'disclosure');

select pg_temp.door('harmony_provisioner', '{select,insert,update}', 'team', 'staff', 'staff_role', 'setting_change');
select pg_temp.door('harmony_provisioner', '{select,update}', 'setting');

-- Counters and numbers: the gate's alone.
grant usage, select on all sequences in schema harmony to harmony_gate;
-- An audit trigger's LOCK on the chain asks for more than INSERT on 15.
grant delete, update on harmony.audit_seal to harmony_auditor;
