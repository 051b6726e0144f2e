-- Where a revision came from besides the form: a restore, a revert, the console, the API.
ALTER TABLE policy_revisions ADD COLUMN origin TEXT NOT NULL DEFAULT 'form';

-- A change that is live and reverts by itself unless it is confirmed before its deadline.
CREATE TABLE policy_confirmations (
    workspace_id TEXT PRIMARY KEY NOT NULL REFERENCES workspaces (id),
    revision BIGINT NOT NULL,
    deadline BIGINT NOT NULL,
    saved_by TEXT NOT NULL
);
