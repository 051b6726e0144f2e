-- Whom an admin has invited or added, until they have joined: who did it, when, and the mail that tells them. Such a
-- member's standing may also be 'pending'.
CREATE TABLE invitations (
    member_id TEXT PRIMARY KEY NOT NULL REFERENCES members (id),
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    invited_by TEXT NOT NULL REFERENCES members (id),
    invited_at BIGINT NOT NULL,
    mail_id TEXT NOT NULL
);
CREATE INDEX invitations_of_workspace ON invitations (workspace_id, invited_at);
CREATE INDEX links_of_member ON links (member_id);
