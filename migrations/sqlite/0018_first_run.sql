-- When somebody left the steps of the first run; whoever has members by now has had theirs.
ALTER TABLE workspaces ADD COLUMN first_run_left_at BIGINT;
UPDATE workspaces SET first_run_left_at = created_at WHERE id IN (SELECT workspace_id FROM members);
