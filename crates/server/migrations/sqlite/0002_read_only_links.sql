-- A link for somebody outside: an inspector or a commissioner reads one pack until it ends or is withdrawn.
CREATE TABLE reading_link (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    -- Hash of the secret in the address; the secret itself is shown once.
    hash BLOB NOT NULL,
    -- For whom it was made; stands across every page.
    reader TEXT NOT NULL,
    -- What it shows, as JSON.
    pack TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    revoked_by TEXT,
    PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX reading_link_hash ON reading_link (hash);

-- Every opening of a link, for ever.
CREATE TABLE reading_link_view (
    tenant TEXT NOT NULL,
    link TEXT NOT NULL,
    at INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (tenant, link, number)
) STRICT, WITHOUT ROWID;

-- A calendar that a person's own calendar program fetches.
CREATE TABLE calendar_feed (
    tenant TEXT NOT NULL,
    staff TEXT NOT NULL,
    hash BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, staff)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX calendar_feed_hash ON calendar_feed (hash);
