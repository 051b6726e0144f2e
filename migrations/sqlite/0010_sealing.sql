-- Which key of the key file seals secrets from now on; none while the file holds the one key of versions before.
CREATE TABLE sealing (
    one BIGINT PRIMARY KEY NOT NULL CHECK (one = 1),
    key_id TEXT
);
INSERT INTO sealing (one, key_id) VALUES (1, NULL);
