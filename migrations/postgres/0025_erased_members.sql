-- Members whose personal data is gone; what stays of them stands under a pseudonym.
ALTER TABLE members ADD COLUMN erased_at BIGINT;
