-- Every table of a provider's data has `tenant` first in its primary key.
-- Instants are whole microseconds since 1970 in UTC.

CREATE TABLE server (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    -- Changes when the database is restored from a copy: devices then offer their last 30 days again.
    epoch TEXT NOT NULL
) STRICT;

CREATE TABLE provider (
    tenant TEXT NOT NULL PRIMARY KEY,
    created_at INTEGER NOT NULL,
    -- Hash of the set-up token while nobody has used it.
    set_up_hash BLOB,
    set_up_at INTEGER,
    directory_version INTEGER NOT NULL DEFAULT 0,
    -- End of the log: number of the last event and the hash over all rows up to it.
    seq INTEGER NOT NULL DEFAULT 0,
    chain BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX provider_set_up ON provider (set_up_hash) WHERE set_up_hash IS NOT NULL;

CREATE TABLE account (
    tenant TEXT NOT NULL,
    staff TEXT NOT NULL,
    -- Phones like to begin with a capital letter.
    sign_in TEXT NOT NULL COLLATE NOCASE,
    password_hash TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, staff),
    UNIQUE (tenant, sign_in)
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    label TEXT NOT NULL,
    -- 1: nobody's own; the stricter rules apply.
    shared INTEGER NOT NULL,
    -- Where a shared device stays.
    site TEXT,
    -- P-256 point, uncompressed.
    public_key BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    enrolled_at INTEGER NOT NULL,
    last_contact_at INTEGER,
    -- Device clock minus server clock at the last contact, in milliseconds.
    offset_ms INTEGER,
    revoked_at INTEGER,
    revoked_by TEXT,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, public_key)
) STRICT;

CREATE UNIQUE INDEX device_id ON device (id);

-- Who has signed in on, or was enrolled with, which device at some time.
CREATE TABLE device_person (
    tenant TEXT NOT NULL,
    device TEXT NOT NULL,
    staff TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, device, staff)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    tenant TEXT NOT NULL,
    hash BLOB NOT NULL,
    device TEXT NOT NULL,
    staff TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, hash)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX session_hash ON session (hash);

CREATE TABLE invite (
    tenant TEXT NOT NULL,
    hash BLOB NOT NULL,
    -- Either a person or a shared device.
    staff TEXT,
    device_label TEXT,
    site TEXT,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    used_device TEXT,
    PRIMARY KEY (tenant, hash)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX invite_hash ON invite (hash);

-- The provider's lists as they are now; `value` is the JSON of one entry.
CREATE TABLE directory_entry (
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (tenant, kind, id)
) STRICT, WITHOUT ROWID;

-- Every change of the lists: who, when, before and after. Never changed, never removed.
CREATE TABLE directory_change (
    tenant TEXT NOT NULL,
    version INTEGER NOT NULL,
    line INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    before TEXT,
    after TEXT NOT NULL,
    PRIMARY KEY (tenant, version, line)
) STRICT, WITHOUT ROWID;

-- The log: append-only, numbered without gaps, in the only order that decides state.
CREATE TABLE event (
    tenant TEXT NOT NULL,
    seq INTEGER NOT NULL,
    device TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    dseq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    -- The frozen bytes and the device's signature; a letter without a name has neither device nor signature.
    bytes TEXT NOT NULL,
    sig TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- The judgement at receipt, as JSON.
    note TEXT,
    -- Hash over this row and all before it.
    chain BLOB NOT NULL,
    -- The one column that changes: how often the same bytes arrived.
    deliveries INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant, seq),
    UNIQUE (tenant, device, epoch, dseq, hash)
) STRICT;

-- How far the chain of each device has been taken, quarantined events included.
CREATE TABLE device_chain (
    tenant TEXT NOT NULL,
    device TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    dseq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (tenant, device, epoch)
) STRICT, WITHOUT ROWID;

-- Proven events that wait for an earlier one of their device.
CREATE TABLE held (
    tenant TEXT NOT NULL,
    device TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    dseq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    bytes TEXT NOT NULL,
    sig TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    offset_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant, device, epoch, dseq, hash)
) STRICT;

-- What arrived and cannot be folded: every byte is kept, with the reason.
CREATE TABLE quarantine (
    tenant TEXT NOT NULL,
    hash BLOB NOT NULL,
    reason TEXT NOT NULL,
    -- As claimed by the request, not proven.
    device TEXT NOT NULL,
    bytes TEXT NOT NULL,
    sig TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    offset_ms INTEGER NOT NULL,
    deliveries INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant, hash, reason)
) STRICT;

-- One-time tokens of reports without a name; only their hashes.
CREATE TABLE anonymous_token (
    tenant TEXT NOT NULL,
    record TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (tenant, record)
) STRICT, WITHOUT ROWID;
