-- Members who are deactivated since nobody used their account: until when they were told, and since when they count anew.
ALTER TABLE members ADD COLUMN activated_at BIGINT;
ALTER TABLE members ADD COLUMN warned_of_deactivation_at BIGINT;
ALTER TABLE members ADD COLUMN unused BIGINT NOT NULL DEFAULT 0;
