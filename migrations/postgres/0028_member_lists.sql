-- The members in each order of their list, page by page; what was sent to one of them, and what the audit log tells of one.
CREATE INDEX members_by_name ON members (workspace_id, LOWER(name), id);
CREATE INDEX members_by_sign_in ON members (workspace_id, COALESCE(last_sign_in_at, 0), id);
CREATE INDEX members_by_joining ON members (workspace_id, created_at, id);
CREATE INDEX mails_of_recipient ON mails (workspace_id, recipient, queued_at);

-- Whom an entry is about, beside the body that says so and that the chain covers.
ALTER TABLE audit_entries ADD COLUMN subject TEXT;
ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_are_never_changed;
UPDATE audit_entries SET subject = substring(body FROM '"subject":"([^"\\]*)"');
ALTER TABLE audit_entries ENABLE TRIGGER audit_entries_are_never_changed;
CREATE INDEX audit_entries_about ON audit_entries (workspace_id, subject, seq);
