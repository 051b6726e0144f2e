-- Files that are kept on disk under random names: what each is, whose, and until when; attachments of ideas, and the mark
-- of a workspace.
CREATE TABLE files (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    owner_id TEXT NOT NULL REFERENCES members (id),
    stored_as TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    digest TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX files_of_owner ON files (owner_id);
CREATE INDEX files_of_workspace ON files (workspace_id);
CREATE TABLE attachments (
    file_id TEXT PRIMARY KEY NOT NULL REFERENCES files (id),
    idea_id TEXT NOT NULL REFERENCES ideas (id),
    preview_id TEXT REFERENCES files (id)
);
CREATE INDEX attachments_of_idea ON attachments (idea_id);
ALTER TABLE workspaces ADD COLUMN mark_id TEXT REFERENCES files (id);
ALTER TABLE workspaces ADD COLUMN mark_text TEXT NOT NULL DEFAULT '';
