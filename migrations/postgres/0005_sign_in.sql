-- Passwords with an age and a history, tries at whatever can be guessed, browsers that a member has used.
ALTER TABLE members ADD COLUMN password_set_at BIGINT;
ALTER TABLE members ADD COLUMN password_changed_at BIGINT;
ALTER TABLE members ADD COLUMN enrolment_asked_at BIGINT;
ALTER TABLE members ADD COLUMN password_falls_short BIGINT NOT NULL DEFAULT 0;
UPDATE members SET password_set_at = created_at WHERE password_hash IS NOT NULL;
ALTER TABLE workspaces ADD COLUMN max_age_since BIGINT;
ALTER TABLE sessions ADD COLUMN kept BIGINT NOT NULL DEFAULT 0;
ALTER TABLE pending_sign_ins ADD COLUMN stay BIGINT NOT NULL DEFAULT 0;

CREATE TABLE earlier_passwords (
    id TEXT PRIMARY KEY NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    password_hash TEXT NOT NULL,
    replaced_at BIGINT NOT NULL
);
CREATE INDEX earlier_passwords_of_member ON earlier_passwords (member_id, replaced_at);

CREATE TABLE known_browsers (
    browser TEXT NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    user_agent TEXT NOT NULL,
    trusted_at BIGINT,
    PRIMARY KEY (browser, member_id)
);

CREATE TABLE lockouts (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    guarded TEXT NOT NULL,
    subject TEXT NOT NULL,
    browser TEXT NOT NULL,
    member_id TEXT REFERENCES members (id),
    in_window BIGINT NOT NULL,
    window_started BIGINT NOT NULL,
    locked_until BIGINT,
    delayed_until BIGINT,
    consecutive BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, guarded, subject, browser)
);
CREATE INDEX lockouts_of_member ON lockouts (member_id);
INSERT INTO lockouts
    SELECT m.workspace_id, 'two-factor', c.member_id, '', c.member_id, c.in_window, c.window_started, c.paused_until, NULL, c.consecutive
    FROM code_attempts c JOIN members m ON m.id = c.member_id;
DROP TABLE code_attempts;
