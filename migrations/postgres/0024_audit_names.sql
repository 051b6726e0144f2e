-- The e-mail addresses for which entries of the audit log from now on have a name: the log is chained over the name, which
-- says nothing once its row is gone.
CREATE TABLE audit_names (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    name TEXT NOT NULL,
    salt TEXT NOT NULL,
    email TEXT NOT NULL,
    PRIMARY KEY (workspace_id, name),
    UNIQUE (workspace_id, email)
);
CREATE INDEX audit_entries_of_actor ON audit_entries (workspace_id, actor, seq);
