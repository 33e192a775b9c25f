-- Which tables leave a trail. Logs of looking (file_opening, search_log ...) are trails themselves.

create or replace function pg_temp.watch(kind text, row_column text, customer_column text, variadic tables text[])
returns void language plpgsql as $$
declare
    one text;
begin
    foreach one in array tables loop
        execute format('create trigger audit after insert or update or delete on harmony.%I for each row '
            'execute function harmony.record_change(%L, %L, %L)', one, row_column, customer_column, kind);
        execute format('create trigger audit_truncate after truncate on harmony.%I for each statement '
            'execute function harmony.record_truncate()', one);
    end loop;
end $$;

select pg_temp.watch('values', 'id', 'id', 'customer');
select pg_temp.watch('values', 'id', 'customer_id',
    'customer_phone', 'customer_email', 'bank_account', 'preference', 'objection', 'policy', 'insured_item',
    'contact', 'call', 'call_segment', 'commitment', 'task', 'recording', 'claim', 'claim_detail', 'repair_order',
    'privacy_request', 'disclosure');
select pg_temp.watch('values', 'id', 'none',
    'team', 'staff', 'staff_role', 'setting_change', 'product', 'product_version', 'recipient', 'agreement',
    'repairer', 'retention_rule', 'import_run');
select pg_temp.watch('values', 'key', 'none', 'setting');
select pg_temp.watch('values', 'day', 'none', 'epoch_key_destroyed');
-- Column names only: what is in these never enters the trail.
select pg_temp.watch('names', 'id', 'none', 'incident', 'incident_subject', 'incident_note', 'signal');

-- The trail itself is appended to and never changed.
do $$
declare
    one text;
begin
    foreach one in array '{audit_event,audit_seal}'::text[] loop
        execute format('create trigger append_only before update or delete on harmony.%I for each row '
            'execute function harmony.refuse_change()', one);
        execute format('create trigger append_only_truncate before truncate on harmony.%I for each statement '
            'execute function harmony.refuse_change()', one);
    end loop;
end $$;
