-- The pictures that were found for members at the avatar server, and that there was none: kept for a while.
CREATE TABLE avatars (
    member_id TEXT PRIMARY KEY NOT NULL,
    address_hash TEXT NOT NULL,
    media_type TEXT,
    picture BYTEA,
    good_until BIGINT NOT NULL
);
