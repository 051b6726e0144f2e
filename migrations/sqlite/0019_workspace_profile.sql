-- How a workspace presents itself: in whose zone its mails tell the time, and under which name they are sent; an empty
-- name is the operator's.
ALTER TABLE workspaces ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'UTC';
ALTER TABLE workspaces ADD COLUMN from_name TEXT NOT NULL DEFAULT '';
