-- What opens the things of a person on a device after a sign-in, whatever became of their PIN.
CREATE TABLE device_share (
    tenant TEXT NOT NULL,
    staff TEXT NOT NULL,
    share BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, staff)
) STRICT, WITHOUT ROWID;
