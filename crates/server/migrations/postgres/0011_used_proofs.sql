-- What a device signed to sign in, until it is too old to be used again: a copy of it opens nothing.
CREATE TABLE used_proof (
    tenant TEXT COLLATE "C" NOT NULL,
    -- Of the text that was signed.
    hash BYTEA NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, hash)
);
