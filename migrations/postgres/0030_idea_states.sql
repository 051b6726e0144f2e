-- In which state an idea is, and who decided what about it; what people say about it, who votes for it, and who follows
-- it. Ideas from before were seen by everybody in their community.
ALTER TABLE ideas ADD COLUMN state TEXT NOT NULL DEFAULT 'approved';
ALTER TABLE ideas ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE ideas ADD COLUMN decided_at BIGINT;
ALTER TABLE ideas ADD COLUMN decided_by TEXT;
CREATE INDEX ideas_by_state ON ideas (workspace_id, state, posted_at);
CREATE INDEX ideas_of_author ON ideas (author_id, posted_at);

CREATE TABLE idea_comments (
    id TEXT PRIMARY KEY NOT NULL,
    idea_id TEXT NOT NULL REFERENCES ideas (id),
    author_id TEXT NOT NULL REFERENCES members (id),
    body TEXT NOT NULL,
    posted_at BIGINT NOT NULL
);
CREATE INDEX idea_comments_of_idea ON idea_comments (idea_id, posted_at);
CREATE INDEX idea_comments_of_author ON idea_comments (author_id, posted_at);

CREATE TABLE idea_votes (
    idea_id TEXT NOT NULL REFERENCES ideas (id),
    member_id TEXT NOT NULL REFERENCES members (id),
    voted_at BIGINT NOT NULL,
    PRIMARY KEY (idea_id, member_id)
);
CREATE INDEX idea_votes_of_member ON idea_votes (member_id);

CREATE TABLE idea_followers (
    idea_id TEXT NOT NULL REFERENCES ideas (id),
    member_id TEXT NOT NULL REFERENCES members (id),
    PRIMARY KEY (idea_id, member_id)
);
CREATE INDEX idea_followers_by_member ON idea_followers (member_id);
INSERT INTO idea_followers (idea_id, member_id) SELECT id, author_id FROM ideas;
