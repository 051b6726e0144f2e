-- Whether a member takes part: active, inactive or banned.
ALTER TABLE members ADD COLUMN standing TEXT NOT NULL DEFAULT 'active';
