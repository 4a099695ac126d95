-- Passkeys: a second factor for who wants one. A credential is what the passkey proved itself with, as JSON.
CREATE TABLE passkey (
    tenant TEXT COLLATE "C" NOT NULL,
    -- Hash of the id that the passkey has at its keeper.
    id BYTEA NOT NULL,
    staff TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    last_used_at BIGINT,
    PRIMARY KEY (tenant, id)
);

CREATE INDEX passkey_of_person ON passkey (tenant, staff);

-- What a passkey has to sign, for minutes and once: one to a device for each purpose.
CREATE TABLE passkey_challenge (
    tenant TEXT COLLATE "C" NOT NULL,
    device TEXT COLLATE "C" NOT NULL,
    purpose TEXT COLLATE "C" NOT NULL,
    staff TEXT COLLATE "C" NOT NULL,
    -- Hash of what only the asker was told.
    ticket BYTEA NOT NULL,
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, device, purpose)
);
