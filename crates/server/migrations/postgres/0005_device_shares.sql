-- What opens the things of a person on a device after a sign-in, whatever became of their PIN.
CREATE TABLE device_share (
    tenant TEXT COLLATE "C" NOT NULL,
    staff TEXT COLLATE "C" NOT NULL,
    share BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, staff)
);
