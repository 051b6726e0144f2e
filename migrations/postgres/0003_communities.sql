-- Communities of a workspace, who belongs to them, and which settings they hold otherwise.
CREATE TABLE communities (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (workspace_id, name)
);

CREATE TABLE community_members (
    community_id TEXT NOT NULL REFERENCES communities (id),
    member_id TEXT NOT NULL REFERENCES members (id),
    PRIMARY KEY (community_id, member_id)
);
CREATE INDEX community_members_by_member ON community_members (member_id);

CREATE TABLE community_overrides (
    community_id TEXT NOT NULL REFERENCES communities (id),
    setting TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (community_id, setting)
);
