-- The key that a provider's rescue files are encrypted to. Devices get its public half.
CREATE TABLE rescue_key (
    tenant TEXT COLLATE "C" NOT NULL,
    -- Hash of the public point; stands in every file.
    id BYTEA NOT NULL,
    -- P-256 scalar.
    private BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (tenant)
);

CREATE UNIQUE INDEX rescue_key_id ON rescue_key (id);

CREATE POLICY by_key ON rescue_key FOR SELECT
    USING (encode(id, 'hex') = current_setting('app.key', true));
