-- Passkeys: a second factor for who wants one. A credential is what the passkey proved itself with, as JSON.
CREATE TABLE passkey (
    tenant TEXT NOT NULL,
    -- Hash of the id that the passkey has at its keeper.
    id BLOB NOT NULL,
    staff TEXT NOT NULL,
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    last_used_at INTEGER,
    PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX passkey_of_person ON passkey (tenant, staff);

-- What a passkey has to sign, for minutes and once: one to a device for each purpose.
CREATE TABLE passkey_challenge (
    tenant TEXT NOT NULL,
    device TEXT NOT NULL,
    purpose TEXT NOT NULL,
    staff TEXT NOT NULL,
    -- Hash of what only the asker was told.
    ticket BLOB NOT NULL,
    state TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, device, purpose)
) STRICT, WITHOUT ROWID;
