-- Ideas of communities, what a link is about besides whom it is for, and which page a kept form belongs to.
CREATE TABLE ideas (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    community_id TEXT NOT NULL REFERENCES communities (id),
    author_id TEXT NOT NULL REFERENCES members (id),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    posted_at BIGINT NOT NULL
);
CREATE INDEX ideas_of_community ON ideas (community_id, posted_at);

ALTER TABLE links ADD COLUMN subject TEXT;
ALTER TABLE kept_forms ADD COLUMN page TEXT NOT NULL DEFAULT '/admin/settings';
