-- What an admin had typed on the Security tab when it was posted after the session was over.
CREATE TABLE kept_forms (
    member_id TEXT PRIMARY KEY NOT NULL REFERENCES members (id),
    fields TEXT NOT NULL,
    kept_at BIGINT NOT NULL
);
