-- What a manager did about an entry that is kept apart. The entry itself stays where it is.
CREATE TABLE dealt_with (
    tenant TEXT COLLATE "C" NOT NULL,
    -- held, quarantined or set_aside: one that waited and was then kept apart is looked at again.
    kind TEXT COLLATE "C" NOT NULL,
    -- Of its frozen bytes.
    hash BYTEA NOT NULL,
    -- None where the entry names no known site.
    site TEXT COLLATE "C",
    said TEXT NOT NULL,
    staff TEXT COLLATE "C" NOT NULL,
    dealt_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, kind, hash)
);
