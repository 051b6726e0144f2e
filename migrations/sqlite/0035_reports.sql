-- Reports that admins have asked for, while they wait, are made, and are kept.
CREATE TABLE reports (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    owner_id TEXT NOT NULL REFERENCES members (id),
    kind TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    begun BIGINT NOT NULL DEFAULT 0,
    leased_until BIGINT,
    rows_done BIGINT NOT NULL DEFAULT 0,
    rows_total BIGINT NOT NULL DEFAULT 0,
    settled_at BIGINT,
    problem TEXT,
    file_id TEXT REFERENCES files (id)
);
CREATE INDEX reports_of_owner ON reports (owner_id, asked_at);
CREATE INDEX reports_by_state ON reports (state);
