-- Under what a member's password was last judged: a keyed hash of everything that decides the verdict.
ALTER TABLE members ADD COLUMN password_judged TEXT;
