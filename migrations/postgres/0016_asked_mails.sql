-- Mails that somebody has asked for, for an address that may be nobody's: only what hands them over looks.
CREATE TABLE asked_mails (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    asked TEXT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    next_try_at BIGINT NOT NULL,
    problem TEXT
);
CREATE INDEX asked_mails_due ON asked_mails (next_try_at);
