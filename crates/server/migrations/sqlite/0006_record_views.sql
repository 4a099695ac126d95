-- Every look at a sensitive record, for ever; written on the device, also without signal.
CREATE TABLE record_view (
    tenant TEXT NOT NULL,
    -- Made on the device: sent twice, kept once.
    id TEXT NOT NULL,
    record TEXT NOT NULL,
    staff TEXT NOT NULL,
    device TEXT NOT NULL,
    -- By the clock of the device, corrected; and of the server.
    viewed_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_view_record ON record_view (tenant, record, viewed_at);
