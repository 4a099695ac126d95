-- What was disposed of: when, by whom, under which rule. Never changed, never removed.
CREATE TABLE disposal (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    record TEXT NOT NULL,
    done_at INTEGER NOT NULL,
    done_by TEXT NOT NULL,
    -- A stable code and words.
    rule TEXT NOT NULL,
    -- How many entries of the log, and of those set apart.
    entries INTEGER NOT NULL,
    PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

-- Rows of the log whose bytes were replaced by what tells nobody's name; their hash stays.
CREATE TABLE disposed_event (
    tenant TEXT NOT NULL,
    seq INTEGER NOT NULL,
    disposal TEXT NOT NULL,
    -- What the bytes named as the hash of the entry before; none for a letter without a name.
    prev BLOB,
    PRIMARY KEY (tenant, seq)
) STRICT, WITHOUT ROWID;

-- A record that is kept whatever its period says, because somebody said so.
CREATE TABLE legal_hold (
    tenant TEXT NOT NULL,
    record TEXT NOT NULL,
    set_at INTEGER NOT NULL,
    set_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    lifted_at INTEGER,
    lifted_by TEXT,
    lift_reason TEXT,
    PRIMARY KEY (tenant, record, set_at)
) STRICT, WITHOUT ROWID;
