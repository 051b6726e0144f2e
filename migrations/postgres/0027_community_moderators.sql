-- Who moderates a community beside those whose role does everywhere, and what a community is for.
ALTER TABLE community_members ADD COLUMN moderator BIGINT NOT NULL DEFAULT 0;
ALTER TABLE communities ADD COLUMN description TEXT NOT NULL DEFAULT '';
