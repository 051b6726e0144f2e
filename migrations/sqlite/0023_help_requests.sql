-- Members who can't use their second step and have asked an admin to remove it; one of each waits at most.
CREATE TABLE help_requests (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    member_id TEXT NOT NULL REFERENCES members (id),
    asked_at BIGINT NOT NULL,
    address TEXT,
    settled_at BIGINT,
    outcome TEXT
);
CREATE UNIQUE INDEX open_help_request_of_member ON help_requests (member_id) WHERE settled_at IS NULL;
CREATE INDEX help_requests_of_workspace ON help_requests (workspace_id, asked_at);
