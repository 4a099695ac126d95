-- Every look at a sensitive record, for ever; written on the device, also without signal.
CREATE TABLE record_view (
    tenant TEXT COLLATE "C" NOT NULL,
    -- Made on the device: sent twice, kept once.
    id TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C" NOT NULL,
    staff TEXT COLLATE "C" NOT NULL,
    device TEXT COLLATE "C" NOT NULL,
    -- By the clock of the device, corrected; and of the server.
    viewed_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE INDEX record_view_record ON record_view (tenant, record, viewed_at);
