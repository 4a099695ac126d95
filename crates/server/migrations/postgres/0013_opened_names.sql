-- Why the registered manager opened the sealed name of a reporter: such a look stands among the others, and has a reason.
-- Empty once the words of the record are gone.
ALTER TABLE record_view ADD COLUMN reason TEXT;

CREATE INDEX record_view_opening ON record_view (tenant, viewed_at) WHERE reason IS NOT NULL;
