-- The tables of SQLite with the types of PostgreSQL. Row security follows in `always.sql`; here stand only the
-- policies by which a row is found before its provider is known.
-- Instants are whole microseconds since 1970 in UTC.

CREATE TABLE server (
    only_row BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
    -- Changes when the database is restored from a copy: devices then offer their last 30 days again.
    epoch TEXT NOT NULL
);

CREATE TABLE provider (
    tenant TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL,
    -- Hash of the set-up token while nobody has used it.
    set_up_hash BYTEA,
    set_up_at BIGINT,
    directory_version BIGINT NOT NULL DEFAULT 0,
    -- End of the log: number of the last event and the hash over all rows up to it.
    seq BIGINT NOT NULL DEFAULT 0,
    chain BYTEA NOT NULL
);

CREATE UNIQUE INDEX provider_set_up ON provider (set_up_hash) WHERE set_up_hash IS NOT NULL;

CREATE TABLE account (
    tenant TEXT COLLATE "C" NOT NULL,
    staff TEXT COLLATE "C" NOT NULL,
    sign_in TEXT COLLATE "C" NOT NULL,
    password_hash TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, staff)
);

-- Phones like to begin with a capital letter.
CREATE UNIQUE INDEX account_sign_in ON account (tenant, lower(sign_in));

CREATE TABLE device (
    tenant TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    label TEXT NOT NULL,
    -- 1: nobody's own; the stricter rules apply.
    shared BIGINT NOT NULL,
    -- Where a shared device stays.
    site TEXT,
    -- P-256 point, uncompressed.
    public_key BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    enrolled_at BIGINT NOT NULL,
    last_contact_at BIGINT,
    -- Device clock minus server clock at the last contact, in milliseconds.
    offset_ms BIGINT,
    revoked_at BIGINT,
    revoked_by TEXT,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, public_key)
);

CREATE UNIQUE INDEX device_id ON device (id);

-- Who has signed in on, or was enrolled with, which device at some time.
CREATE TABLE device_person (
    tenant TEXT COLLATE "C" NOT NULL,
    device TEXT COLLATE "C" NOT NULL,
    staff TEXT COLLATE "C" NOT NULL,
    first_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, device, staff)
);

CREATE TABLE session (
    tenant TEXT COLLATE "C" NOT NULL,
    hash BYTEA NOT NULL,
    device TEXT COLLATE "C" NOT NULL,
    staff TEXT COLLATE "C" NOT NULL,
    started_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, hash)
);

CREATE UNIQUE INDEX session_hash ON session (hash);

CREATE TABLE invite (
    tenant TEXT COLLATE "C" NOT NULL,
    hash BYTEA NOT NULL,
    -- Either a person or a shared device.
    staff TEXT,
    device_label TEXT,
    site TEXT,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    used_device TEXT,
    PRIMARY KEY (tenant, hash)
);

CREATE UNIQUE INDEX invite_hash ON invite (hash);

-- The provider's lists as they are now; `value` is the JSON of one entry.
CREATE TABLE directory_entry (
    tenant TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (tenant, kind, id)
);

-- Every change of the lists: who, when, before and after. Never changed, never removed.
CREATE TABLE directory_change (
    tenant TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    line BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    before TEXT,
    after TEXT NOT NULL,
    PRIMARY KEY (tenant, version, line)
);

-- The log: append-only, numbered without gaps, in the only order that decides state.
CREATE TABLE event (
    tenant TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    device TEXT COLLATE "C" NOT NULL,
    epoch BIGINT NOT NULL,
    dseq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    -- The frozen bytes and the device's signature; a letter without a name has neither device nor signature.
    bytes TEXT NOT NULL,
    sig TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    -- The judgement at receipt, as JSON.
    note TEXT,
    -- Hash over this row and all before it.
    chain BYTEA NOT NULL,
    -- The one column that changes: how often the same bytes arrived.
    deliveries BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant, seq),
    UNIQUE (tenant, device, epoch, dseq, hash)
);

-- How far the chain of each device has been taken, quarantined events included.
CREATE TABLE device_chain (
    tenant TEXT COLLATE "C" NOT NULL,
    device TEXT COLLATE "C" NOT NULL,
    epoch BIGINT NOT NULL,
    dseq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (tenant, device, epoch)
);

-- Proven events that wait for an earlier one of their device.
CREATE TABLE held (
    tenant TEXT COLLATE "C" NOT NULL,
    device TEXT COLLATE "C" NOT NULL,
    epoch BIGINT NOT NULL,
    dseq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    bytes TEXT NOT NULL,
    sig TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    offset_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, device, epoch, dseq, hash)
);

-- What arrived and cannot be folded: every byte is kept, with the reason.
CREATE TABLE quarantine (
    tenant TEXT COLLATE "C" NOT NULL,
    hash BYTEA NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    -- As claimed by the request, not proven.
    device TEXT COLLATE "C" NOT NULL,
    bytes TEXT NOT NULL,
    sig TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    offset_ms BIGINT NOT NULL,
    deliveries BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant, hash, reason)
);

-- One-time tokens of reports without a name; only their hashes.
CREATE TABLE anonymous_token (
    tenant TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C" NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (tenant, record)
);

-- The steps that were done; `number` is the place in the list.
CREATE TABLE step (
    number BIGINT NOT NULL PRIMARY KEY,
    done_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- Which providers there are.
CREATE POLICY by_server ON provider FOR SELECT USING (current_setting('app.server', true) = 'on');
-- Whoever shows a secret, or names a device, finds the one row it belongs to.
CREATE POLICY by_key ON provider FOR SELECT
    USING (encode(set_up_hash, 'hex') = current_setting('app.key', true));
CREATE POLICY by_key ON device FOR SELECT
    USING (encode(convert_to(id, 'UTF8'), 'hex') = current_setting('app.key', true));
CREATE POLICY by_key ON session FOR SELECT
    USING (encode(hash, 'hex') = current_setting('app.key', true));
CREATE POLICY by_key ON invite FOR SELECT
    USING (encode(hash, 'hex') = current_setting('app.key', true));
