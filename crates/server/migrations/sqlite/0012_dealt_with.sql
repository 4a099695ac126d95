-- What a manager did about an entry that is kept apart. The entry itself stays where it is.
CREATE TABLE dealt_with (
    tenant TEXT NOT NULL,
    -- held, quarantined or set_aside: one that waited and was then kept apart is looked at again.
    kind TEXT NOT NULL,
    -- Of its frozen bytes.
    hash BLOB NOT NULL,
    -- None where the entry names no known site.
    site TEXT,
    said TEXT NOT NULL,
    staff TEXT NOT NULL,
    dealt_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, kind, hash)
) STRICT, WITHOUT ROWID;
