-- The host for which a passkey was made, at which alone it serves; unknown where a version before has added it.
ALTER TABLE passkeys ADD COLUMN rp_id TEXT;
UPDATE passkeys SET rp_id =
    (SELECT w.host FROM workspaces w JOIN members m ON m.workspace_id = w.id WHERE m.id = passkeys.member_id);
