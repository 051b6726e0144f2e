-- How often a new password was refused that somebody with the right to choose one has typed.
ALTER TABLE links ADD COLUMN refused BIGINT NOT NULL DEFAULT 0;
