-- Where ideas that wait are told of in a chat: an incoming webhook of a workspace or of a community, whose address is
-- sealed; and what waits to be posted there, or was.
CREATE TABLE chat_hooks (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    community_id TEXT REFERENCES communities (id),
    form TEXT NOT NULL,
    host TEXT NOT NULL,
    address TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX chat_hooks_of_workspace ON chat_hooks (workspace_id, COALESCE(community_id, ''));

CREATE TABLE chat_notices (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    hook_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    notice TEXT,
    queued_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    next_try_at BIGINT,
    settled_at BIGINT,
    problem TEXT
);
CREATE INDEX chat_notices_due ON chat_notices (next_try_at);
CREATE INDEX chat_notices_of_workspace ON chat_notices (workspace_id, queued_at);
