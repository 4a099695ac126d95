-- What was disposed of: when, by whom, under which rule. Never changed, never removed.
CREATE TABLE disposal (
    tenant TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C" NOT NULL,
    done_at BIGINT NOT NULL,
    done_by TEXT NOT NULL,
    -- A stable code and words.
    rule TEXT NOT NULL,
    -- How many entries of the log, and of those set apart.
    entries BIGINT NOT NULL,
    PRIMARY KEY (tenant, id)
);

-- Rows of the log whose bytes were replaced by what tells nobody's name; their hash stays.
CREATE TABLE disposed_event (
    tenant TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    disposal TEXT NOT NULL,
    -- What the bytes named as the hash of the entry before; none for a letter without a name.
    prev BYTEA,
    PRIMARY KEY (tenant, seq)
);

-- A record that is kept whatever its period says, because somebody said so.
CREATE TABLE legal_hold (
    tenant TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C" NOT NULL,
    set_at BIGINT NOT NULL,
    set_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    lifted_at BIGINT,
    lifted_by TEXT,
    lift_reason TEXT,
    PRIMARY KEY (tenant, record, set_at)
);
