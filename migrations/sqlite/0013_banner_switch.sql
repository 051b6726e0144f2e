-- The banner has a switch of its own: one that was shown before is shown still.
UPDATE policy_revisions SET document = json_set(document, '$."sign_in.show_banner"', 'true')
WHERE json_valid(document) AND coalesce(json_extract(document, '$."sign_in.banner"'), '') <> '';
