-- Lists of customers. The team lead brings them in, by functions only; the privacy officer sees every run and may
-- undo it. Which customer came with which list is read by nobody here: the overview of his data tells it.

select pg_temp.guard('import_run', 'import_customer');

select pg_temp.allow('{harmony_team_lead}', 'select', 'import_run', 'staff_login = session_user::text');
select pg_temp.allow('{harmony_privacy_officer}', 'select', 'import_run', 'true');

-- The keeper writes what the list holds and takes back what nobody touched.
select pg_temp.door('harmony_keeper', '{select,insert,update}', 'import_run');
select pg_temp.door('harmony_keeper', '{select,insert,delete}',
    'import_customer', 'customer', 'customer_phone', 'customer_email', 'bank_account');
select pg_temp.door('harmony_keeper', '{delete}', 'keeper_work');
select pg_temp.allow('{harmony_keeper}', 'select', 'incident_subject', 'true', 'customer_id');
select pg_temp.allow('{harmony_keeper}', 'select', 'staff', 'true', 'login, active, confidentiality_signed_on');
grant usage on sequence harmony.customer_id_seq to harmony_keeper;
grant execute on function harmony.confidentiality_valid(date) to harmony_keeper;

-- The searcher compares a list with who is there, and counts how much of the run was compared.
select pg_temp.allow('{harmony_searcher}', 'select', 'import_run', 'true', 'id, staff_login, rows, checked, status, xid');
select pg_temp.allow('{harmony_searcher}', 'update', 'import_run', 'true', 'checked');
