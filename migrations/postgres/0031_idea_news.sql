-- How a member wants to be told what happens on ideas, and what waits for their next digest.
ALTER TABLE members ADD COLUMN idea_mails TEXT NOT NULL DEFAULT 'at-once';

CREATE TABLE idea_news (
    event_id TEXT NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    idea_id TEXT NOT NULL REFERENCES ideas (id),
    words TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    PRIMARY KEY (member_id, event_id)
);
CREATE INDEX idea_news_by_time ON idea_news (happened_at);
