-- Identifiers are UUIDs as text; instants are integer milliseconds since 1970 in UTC.
CREATE TABLE workspaces (
    id TEXT PRIMARY KEY NOT NULL,
    host TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    revision BIGINT NOT NULL DEFAULT 0,
    audit_seq BIGINT NOT NULL DEFAULT 0,
    audit_hash TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);

CREATE TABLE policy_revisions (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    revision BIGINT NOT NULL,
    document TEXT NOT NULL,
    actor TEXT NOT NULL,
    address TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, revision)
);

CREATE TABLE members (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    email TEXT NOT NULL,
    email_verified_at BIGINT,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    created_at BIGINT NOT NULL,
    last_sign_in_at BIGINT,
    UNIQUE (workspace_id, email)
);

CREATE TABLE promotions (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    email TEXT NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    promoted_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, email)
);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    member_id TEXT NOT NULL REFERENCES members (id),
    started_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    address TEXT,
    user_agent TEXT NOT NULL,
    ended_at BIGINT,
    ended_why TEXT
);
CREATE INDEX sessions_of_member ON sessions (member_id);

CREATE TABLE pending_sign_ins (
    id TEXT PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    member_id TEXT NOT NULL REFERENCES members (id),
    next_path TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE links (
    token_hash TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    purpose TEXT NOT NULL,
    member_id TEXT REFERENCES members (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    used_at BIGINT
);

CREATE TABLE authenticators (
    member_id TEXT PRIMARY KEY NOT NULL REFERENCES members (id),
    secret TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    last_used_at BIGINT
);

CREATE TABLE pending_authenticators (
    member_id TEXT PRIMARY KEY NOT NULL REFERENCES members (id),
    secret TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE passkeys (
    id TEXT PRIMARY KEY NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    credential_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    counter BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX passkeys_of_member ON passkeys (member_id);

CREATE TABLE challenges (
    id TEXT PRIMARY KEY NOT NULL,
    purpose TEXT NOT NULL,
    member_id TEXT REFERENCES members (id),
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
    id TEXT PRIMARY KEY NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    code_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX recovery_codes_of_member ON recovery_codes (member_id);

CREATE TABLE code_attempts (
    member_id TEXT PRIMARY KEY NOT NULL REFERENCES members (id),
    in_window BIGINT NOT NULL,
    window_started BIGINT NOT NULL,
    paused_until BIGINT,
    consecutive BIGINT NOT NULL
);

CREATE TABLE audit_entries (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    channel TEXT NOT NULL,
    actor TEXT NOT NULL,
    body TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (workspace_id, seq)
);
CREATE INDEX audit_entries_of_channel ON audit_entries (workspace_id, channel, seq);

CREATE TRIGGER audit_entries_are_never_changed BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_entries_are_never_deleted BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
