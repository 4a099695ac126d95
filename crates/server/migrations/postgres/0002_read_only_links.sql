-- A link for somebody outside: an inspector or a commissioner reads one pack until it ends or is withdrawn.
CREATE TABLE reading_link (
    tenant TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    -- Hash of the secret in the address; the secret itself is shown once.
    hash BYTEA NOT NULL,
    -- For whom it was made; stands across every page.
    reader TEXT NOT NULL,
    -- What it shows, as JSON.
    pack TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    revoked_by TEXT,
    PRIMARY KEY (tenant, id)
);

CREATE UNIQUE INDEX reading_link_hash ON reading_link (hash);

-- Every opening of a link, for ever.
CREATE TABLE reading_link_view (
    tenant TEXT COLLATE "C" NOT NULL,
    link TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (tenant, link, number)
);

-- A calendar that a person's own calendar program fetches.
CREATE TABLE calendar_feed (
    tenant TEXT COLLATE "C" NOT NULL,
    staff TEXT COLLATE "C" NOT NULL,
    hash BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, staff)
);

CREATE UNIQUE INDEX calendar_feed_hash ON calendar_feed (hash);

CREATE POLICY by_key ON reading_link FOR SELECT
    USING (encode(hash, 'hex') = current_setting('app.key', true));
CREATE POLICY by_key ON calendar_feed FOR SELECT
    USING (encode(hash, 'hex') = current_setting('app.key', true));
