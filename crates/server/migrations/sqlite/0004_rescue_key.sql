-- The key that a provider's rescue files are encrypted to. Devices get its public half.
CREATE TABLE rescue_key (
    tenant TEXT NOT NULL,
    -- Hash of the public point; stands in every file.
    id BLOB NOT NULL,
    -- P-256 scalar.
    private BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (tenant)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX rescue_key_id ON rescue_key (id);
