-- Photos: how far each has arrived, the parts of those on their way, the key that says where they lie.
CREATE TABLE blob (
    tenant TEXT COLLATE "C" NOT NULL,
    sha256 BYTEA NOT NULL,
    size BIGINT NOT NULL,
    received BIGINT NOT NULL,
    complete BIGINT NOT NULL,
    device TEXT COLLATE "C" NOT NULL,
    begun_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, sha256)
);

CREATE INDEX blob_of_device ON blob (tenant, device, begun_at);

CREATE TABLE blob_part (
    tenant TEXT COLLATE "C" NOT NULL,
    sha256 BYTEA NOT NULL,
    place BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (tenant, sha256, place)
);

CREATE TABLE blob_key (
    tenant TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    secret BYTEA NOT NULL
);
