-- Signed checkpoints: how long the log was and which chain it had. Never changed, never removed.
CREATE TABLE checkpoint (
    tenant TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    chain BYTEA NOT NULL,
    server_epoch TEXT NOT NULL,
    -- Public key of the server, and its signature.
    server_key TEXT NOT NULL,
    sig TEXT NOT NULL,
    PRIMARY KEY (tenant, made_at)
);

-- Devices that say that the log is not the one they have seen before.
CREATE TABLE doubt (
    tenant TEXT COLLATE "C" NOT NULL,
    told_at BIGINT NOT NULL,
    device TEXT COLLATE "C" NOT NULL,
    staff TEXT COLLATE "C" NOT NULL,
    -- A stable code.
    doubt TEXT NOT NULL,
    server_epoch TEXT,
    -- The end of the log that the device has seen, and the chain that this row has here now.
    seq BIGINT NOT NULL,
    chain BYTEA NOT NULL,
    chain_here BYTEA,
    PRIMARY KEY (tenant, told_at, device)
);
