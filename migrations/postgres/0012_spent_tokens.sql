-- The token of a session that outlives the browser is replaced now and then; one that comes back later is a copy.
ALTER TABLE sessions ADD COLUMN token_since BIGINT;
ALTER TABLE sessions ADD COLUMN token_seen_at BIGINT;

CREATE TABLE spent_tokens (
    token_hash TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE INDEX spent_tokens_of_session ON spent_tokens (session_id);
