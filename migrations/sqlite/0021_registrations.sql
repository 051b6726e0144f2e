-- Whoever has asked to join. A member who is refused is gone; what was decided stays for a while.
CREATE TABLE registrations (
    member_id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    decided_at BIGINT,
    decided_by TEXT,
    approved BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX registrations_of_workspace ON registrations (workspace_id, asked_at);
