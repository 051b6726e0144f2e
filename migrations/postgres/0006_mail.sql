-- Mail that waits to be handed over, codes sent by mail, solved captchas, and when the person behind a
-- session last proved who they are.
CREATE TABLE mails (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    letter TEXT,
    queued_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    next_try_at BIGINT,
    settled_at BIGINT,
    problem TEXT
);
CREATE INDEX mails_due ON mails (next_try_at);
CREATE INDEX mails_of_workspace ON mails (workspace_id, queued_at);

CREATE TABLE emailed_codes (
    id TEXT PRIMARY KEY NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    pending_id TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX emailed_codes_of_member ON emailed_codes (member_id, sent_at);

CREATE TABLE spent_captchas (
    challenge TEXT PRIMARY KEY NOT NULL,
    expires_at BIGINT NOT NULL
);

ALTER TABLE members ADD COLUMN email_codes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN proved_at BIGINT;
UPDATE sessions SET proved_at = started_at;
