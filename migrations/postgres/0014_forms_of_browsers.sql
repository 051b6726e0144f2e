-- What was typed into a form whose session was over belongs to the browser: it is found by the hash of a cookie. Forms
-- that waited until now are forgotten: they lasted an hour.
DROP TABLE kept_forms;
CREATE TABLE kept_forms (
    token_hash TEXT PRIMARY KEY NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    page TEXT NOT NULL,
    fields TEXT NOT NULL,
    kept_at BIGINT NOT NULL
);
CREATE INDEX kept_forms_of_member ON kept_forms (member_id, kept_at);
