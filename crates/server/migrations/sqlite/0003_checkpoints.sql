-- Signed checkpoints: how long the log was and which chain it had. Never changed, never removed.
CREATE TABLE checkpoint (
    tenant TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    chain BLOB NOT NULL,
    server_epoch TEXT NOT NULL,
    -- Public key of the server, and its signature.
    server_key TEXT NOT NULL,
    sig TEXT NOT NULL,
    PRIMARY KEY (tenant, made_at)
) STRICT, WITHOUT ROWID;

-- Devices that say that the log is not the one they have seen before.
CREATE TABLE doubt (
    tenant TEXT NOT NULL,
    told_at INTEGER NOT NULL,
    device TEXT NOT NULL,
    staff TEXT NOT NULL,
    -- A stable code.
    doubt TEXT NOT NULL,
    server_epoch TEXT,
    -- The end of the log that the device has seen, and the chain that this row has here now.
    seq INTEGER NOT NULL,
    chain BLOB NOT NULL,
    chain_here BLOB,
    PRIMARY KEY (tenant, told_at, device)
) STRICT, WITHOUT ROWID;
