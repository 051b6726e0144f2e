-- Conversations between members of a community, and their messages.
CREATE TABLE conversations (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    community_id TEXT NOT NULL REFERENCES communities (id),
    author_id TEXT NOT NULL REFERENCES members (id),
    subject TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    last_message_at BIGINT NOT NULL,
    -- How many messages there are, which numbers them.
    messages BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX conversations_by_author ON conversations (author_id, started_at);

CREATE TABLE conversation_participants (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    member_id TEXT NOT NULL REFERENCES members (id),
    -- The number of the last message that they have read.
    read_through BIGINT NOT NULL DEFAULT 0,
    muted BIGINT NOT NULL DEFAULT 0,
    left_at BIGINT,
    mailed_at BIGINT,
    -- The number of the last message that a mail has told them.
    mailed_through BIGINT NOT NULL DEFAULT 0,
    mail_waits BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (conversation_id, member_id)
);
CREATE INDEX conversations_of_member ON conversation_participants (member_id);
CREATE INDEX conversation_mails_waiting ON conversation_participants (mailed_at) WHERE mail_waits = 1;

CREATE TABLE messages (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    number BIGINT NOT NULL,
    author_id TEXT NOT NULL REFERENCES members (id),
    body TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, number)
);
CREATE INDEX messages_by_author ON messages (author_id, sent_at);
