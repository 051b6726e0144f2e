-- The banner has a switch of its own: one that was shown before is shown still.
UPDATE policy_revisions SET document = (document::jsonb || '{"sign_in.show_banner": "true"}')::text
WHERE coalesce(document::jsonb ->> 'sign_in.banner', '') <> '';
