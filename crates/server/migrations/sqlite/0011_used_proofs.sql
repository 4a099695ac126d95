-- What a device signed to sign in, until it is too old to be used again: a copy of it opens nothing.
CREATE TABLE used_proof (
    tenant TEXT NOT NULL,
    -- Of the text that was signed.
    hash BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, hash)
) STRICT, WITHOUT ROWID;
