-- Until when codes and trusted browsers were said to serve when they began: loosening a setting revives none.
ALTER TABLE emailed_codes ADD COLUMN works_until BIGINT;
ALTER TABLE known_browsers ADD COLUMN trusted_until BIGINT;
