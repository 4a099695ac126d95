-- Runs at the end of every preparation, so that no table of a provider can be forgotten: each row is seen and
-- written only by who says its provider, the owner of the tables included. {application} is the server's role.

DO $$
DECLARE
    name TEXT;
BEGIN
    FOR name IN
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
            AND a.attname = 'tenant' AND NOT a.attisdropped
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('DROP POLICY IF EXISTS of_provider ON %I', name);
        EXECUTE format(
            'CREATE POLICY of_provider ON %I USING (tenant = current_setting(''app.tenant'', true)) '
            'WITH CHECK (tenant = current_setting(''app.tenant'', true))', name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {application};

-- The log and the history of the lists are only ever added to, and nobody pretends that a step was done. Of an event
-- two things change: how often it arrived, and its bytes when it is disposed of.
REVOKE UPDATE, DELETE ON event, directory_change FROM {application};
GRANT UPDATE (deliveries, bytes) ON event TO {application};
-- Who looked, and why a sealed name was opened, is only ever added to; a reason goes with the words of its record.
REVOKE UPDATE, DELETE ON record_view FROM {application};
GRANT UPDATE (reason) ON record_view TO {application};
REVOKE INSERT, UPDATE, DELETE ON step FROM {application};
REVOKE INSERT, DELETE ON server FROM {application};
