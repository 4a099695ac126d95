-- Photos: how far each has arrived, the parts of those on their way, the key that says where they lie.
CREATE TABLE blob (
    tenant TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    size INTEGER NOT NULL,
    received INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    device TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, sha256)
) STRICT;

CREATE INDEX blob_of_device ON blob (tenant, device, begun_at);

CREATE TABLE blob_part (
    tenant TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    place INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (tenant, sha256, place)
) STRICT;

CREATE TABLE blob_key (
    tenant TEXT NOT NULL PRIMARY KEY,
    secret BLOB NOT NULL
) STRICT;
