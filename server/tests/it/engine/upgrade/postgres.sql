CREATE FUNCTION public.audit_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TABLE public._sqlx_migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);
CREATE TABLE public.audit_entries (
    workspace_id text NOT NULL,
    seq bigint NOT NULL,
    at bigint NOT NULL,
    channel text NOT NULL,
    actor text NOT NULL,
    body text NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL
);
CREATE TABLE public.authenticators (
    member_id text NOT NULL,
    secret text NOT NULL,
    last_step bigint NOT NULL,
    added_at bigint NOT NULL,
    last_used_at bigint
);
CREATE TABLE public.challenges (
    id text NOT NULL,
    purpose text NOT NULL,
    member_id text,
    state text NOT NULL,
    expires_at bigint NOT NULL
);
CREATE TABLE public.communities (
    id text NOT NULL,
    workspace_id text NOT NULL,
    name text NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.community_members (
    community_id text NOT NULL,
    member_id text NOT NULL
);
CREATE TABLE public.community_overrides (
    community_id text NOT NULL,
    setting text NOT NULL,
    value text NOT NULL
);
CREATE TABLE public.earlier_passwords (
    id text NOT NULL,
    member_id text NOT NULL,
    password_hash text NOT NULL,
    replaced_at bigint NOT NULL
);
CREATE TABLE public.emailed_codes (
    id text NOT NULL,
    member_id text NOT NULL,
    pending_id text NOT NULL,
    code_hash text NOT NULL,
    sent_at bigint NOT NULL,
    used_at bigint
);
CREATE TABLE public.ideas (
    id text NOT NULL,
    workspace_id text NOT NULL,
    community_id text NOT NULL,
    author_id text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    posted_at bigint NOT NULL
);
CREATE TABLE public.kept_forms (
    member_id text NOT NULL,
    fields text NOT NULL,
    kept_at bigint NOT NULL,
    page text DEFAULT '/admin/settings'::text NOT NULL
);
CREATE TABLE public.known_browsers (
    browser text NOT NULL,
    member_id text NOT NULL,
    first_seen_at bigint NOT NULL,
    last_seen_at bigint NOT NULL,
    user_agent text NOT NULL,
    trusted_at bigint
);
CREATE TABLE public.links (
    token_hash text NOT NULL,
    workspace_id text NOT NULL,
    purpose text NOT NULL,
    member_id text,
    created_at bigint NOT NULL,
    expires_at bigint,
    used_at bigint,
    subject text
);
CREATE TABLE public.lockouts (
    workspace_id text NOT NULL,
    guarded text NOT NULL,
    subject text NOT NULL,
    browser text NOT NULL,
    member_id text,
    in_window bigint NOT NULL,
    window_started bigint NOT NULL,
    locked_until bigint,
    delayed_until bigint,
    consecutive bigint NOT NULL
);
CREATE TABLE public.mails (
    id text NOT NULL,
    workspace_id text NOT NULL,
    kind text NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    letter text,
    queued_at bigint NOT NULL,
    tries bigint DEFAULT 0 NOT NULL,
    next_try_at bigint,
    settled_at bigint,
    problem text
);
CREATE TABLE public.members (
    id text NOT NULL,
    workspace_id text NOT NULL,
    email text NOT NULL,
    email_verified_at bigint,
    name text NOT NULL,
    role text NOT NULL,
    password_hash text,
    created_at bigint NOT NULL,
    last_sign_in_at bigint,
    password_set_at bigint,
    password_changed_at bigint,
    enrolment_asked_at bigint,
    password_falls_short bigint DEFAULT 0 NOT NULL,
    email_codes bigint DEFAULT 0 NOT NULL,
    standing text DEFAULT 'active'::text NOT NULL,
    password_judged text
);
CREATE TABLE public.passkeys (
    id text NOT NULL,
    member_id text NOT NULL,
    credential_id text NOT NULL,
    name text NOT NULL,
    credential text NOT NULL,
    counter bigint NOT NULL,
    added_at bigint NOT NULL,
    last_used_at bigint,
    rp_id text
);
CREATE TABLE public.pending_authenticators (
    member_id text NOT NULL,
    secret text NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.pending_sign_ins (
    id text NOT NULL,
    token_hash text NOT NULL,
    member_id text NOT NULL,
    next_path text,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    stay bigint DEFAULT 0 NOT NULL
);
CREATE TABLE public.policy_confirmations (
    workspace_id text NOT NULL,
    revision bigint NOT NULL,
    deadline bigint NOT NULL,
    saved_by text NOT NULL
);
CREATE TABLE public.policy_revisions (
    workspace_id text NOT NULL,
    revision bigint NOT NULL,
    document text NOT NULL,
    actor text NOT NULL,
    address text,
    created_at bigint NOT NULL,
    origin text DEFAULT 'form'::text NOT NULL
);
CREATE TABLE public.promotions (
    workspace_id text NOT NULL,
    email text NOT NULL,
    member_id text NOT NULL,
    promoted_at bigint NOT NULL
);
CREATE TABLE public.recovery_codes (
    id text NOT NULL,
    member_id text NOT NULL,
    code_hash text NOT NULL,
    created_at bigint NOT NULL,
    used_at bigint
);
CREATE TABLE public.sealing (
    one bigint NOT NULL,
    key_id text,
    CONSTRAINT sealing_one_check CHECK ((one = 1))
);
CREATE TABLE public.sessions (
    id text NOT NULL,
    token_hash text NOT NULL,
    member_id text NOT NULL,
    started_at bigint NOT NULL,
    last_seen_at bigint NOT NULL,
    address text,
    user_agent text NOT NULL,
    ended_at bigint,
    ended_why text,
    kept bigint DEFAULT 0 NOT NULL,
    proved_at bigint,
    token_since bigint,
    token_seen_at bigint
);
CREATE TABLE public.spent_captchas (
    challenge text NOT NULL,
    expires_at bigint NOT NULL
);
CREATE TABLE public.spent_tokens (
    token_hash text NOT NULL,
    session_id text NOT NULL
);
CREATE TABLE public.workspaces (
    id text NOT NULL,
    host text NOT NULL,
    name text NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    audit_seq bigint DEFAULT 0 NOT NULL,
    audit_hash text DEFAULT ''::text NOT NULL,
    created_at bigint NOT NULL,
    max_age_since bigint
);
INSERT INTO public._sqlx_migrations VALUES (1, 'workspace', '2026-11-30 01:47:03.004064+00', true, '\x101a9e2687e3a7b71b2750d382c8fd0a1c45995de2618dbd4ff57c986981fceb346d2cd1b59a90466cfb55d37a12584d', 31053912);
INSERT INTO public._sqlx_migrations VALUES (2, 'policy history', '2026-11-30 01:47:03.035651+00', true, '\xe6d47281f9acde6a17ecfec9500349a40c5d533a95788f01adc05b6aefdc2bf35075c7c2477c97f1071711eeb041a079', 7098109);
INSERT INTO public._sqlx_migrations VALUES (3, 'communities', '2026-11-30 01:47:03.042933+00', true, '\x2b4cdcaac0571279ebdd146066b831a5409204b846755eebff4d729245a0cdfce7859442e1f0865d447da30cdac7f564', 6335022);
INSERT INTO public._sqlx_migrations VALUES (4, 'kept forms', '2026-11-30 01:47:03.050415+00', true, '\x0d0b33df4bd809234b5bb7e21f84637393fe189fb433c534f3071e192430e592b9873b397105235a403d289b5430780b', 2655643);
INSERT INTO public._sqlx_migrations VALUES (5, 'sign in', '2026-11-30 01:47:03.053803+00', true, '\x25e01f3fcecb481ece516b9d96d5c8602bfbe23df4289b023cdf7e4863686e4b180c86c789a70a87463376ee0d2fd3fb', 29713624);
INSERT INTO public._sqlx_migrations VALUES (6, 'mail', '2026-11-30 01:47:03.083212+00', true, '\x36a6b5a2e4e5719e8cd421a06d8eabfcc3f682b1270a2928508a24117aaf9a3c486720e183afd3c71e4b03d6bcd7f91c', 3492103);
INSERT INTO public._sqlx_migrations VALUES (7, 'standing', '2026-11-30 01:47:03.088603+00', true, '\x4645afa9779bd48ddffa19742b044b48b0bda4376fa556921d715e94d83f80e328e15eeff5923a61a87e8414776fe5b3', 463759);
INSERT INTO public._sqlx_migrations VALUES (8, 'judged', '2026-11-30 01:47:03.089135+00', true, '\x4ee57e6ec9f26ac540748ca2fc688fa3a43540916b4b1e08d7930d06eede551196db85a314593a47d704237f80add4ab', 385575);
INSERT INTO public._sqlx_migrations VALUES (9, 'ideas', '2026-11-30 01:47:03.089985+00', true, '\xd4dfb9cac948f69a68bcf8f4e01462fd594de8fa6b619875a81e43a7aab6d6ce1333d11ff94eea74e8a2801f474c2291', 3803753);
INSERT INTO public._sqlx_migrations VALUES (10, 'sealing', '2026-11-30 01:47:03.094841+00', true, '\x2fec3b7198fcccb40f1fe27bdcb0bff0e2856d2789181f4a4accd6b3c42e00b3bf0f74a91d9dadbdcf396f7d6e75b7d0', 3761486);
INSERT INTO public._sqlx_migrations VALUES (11, 'relying party', '2026-11-30 01:47:03.09887+00', true, '\x179f35bf8290572dd11df854d8182321ce245920855569edcf11942bd4d1af48766540fde9507a0a1382d6c9a7d9e32e', 987560);
INSERT INTO public._sqlx_migrations VALUES (12, 'spent tokens', '2026-11-30 01:47:03.100014+00', true, '\x423df2deed284a3fb6b40f62ea6c5d6d4f8af7f40e44b0d93442d62f864f0239a1e3783e2d7f136fdb01e2c23b9cff7e', 1797002);
INSERT INTO public._sqlx_migrations VALUES (13, 'banner switch', '2026-11-30 01:47:03.101907+00', true, '\xbdb51a5bfec93cbfda5b18bbf470f6d141e7f49d2fb593304dc050266c0bc186d5a151138de9ed0378ee5b3162a246b8', 1323468);
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 1, 1796003223228, 'members', 'console', '{"seq":1,"at":1796003223228,"channel":"members","action":"Created a member","actor":"console","address":null,"subject":"ada@example.org","changes":[],"facts":[["role","super-admin"]]}', '', '39cb4b397cc9ed76e3cd8374aee2b20d9ff2b5b6b77ec9b220436cb0678ab41a');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 2, 1796003223858, 'members', 'console', '{"seq":2,"at":1796003223858,"channel":"members","action":"Created a member","actor":"console","address":null,"subject":"grace@example.org","changes":[],"facts":[["role","member"]]}', '39cb4b397cc9ed76e3cd8374aee2b20d9ff2b5b6b77ec9b220436cb0678ab41a', '6d52b5164890f0d6a065276ece69ba85330c517bae3f800418d98dcffa611630');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 3, 1796003223996, 'members', 'console', '{"seq":3,"at":1796003223996,"channel":"members","action":"Created a member","actor":"console","address":null,"subject":"joan@example.org","changes":[],"facts":[["role","member"]]}', '6d52b5164890f0d6a065276ece69ba85330c517bae3f800418d98dcffa611630', 'c594e52448951f7bb62e247ade97870ee440c61eff48cfd0508bae1b7c98f3c7');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 4, 1796003227215, 'sign-in', 'ada@example.org', '{"seq":4,"at":1796003227215,"channel":"sign-in","action":"Signed in","actor":"ada@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[["by","password"]]}', 'c594e52448951f7bb62e247ade97870ee440c61eff48cfd0508bae1b7c98f3c7', 'bd8825f7952852dac6b3307088761dee6d6b687d670e016ccb2d12a07709db77');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 5, 1796003227576, 'settings', 'ada@example.org', '{"seq":5,"at":1796003227576,"channel":"settings","action":"Updated application settings","actor":"ada@example.org","address":"127.0.0.1","subject":null,"changes":[{"key":"sessions.idle_timeout","label":"Idle timeout","from":"30 minutes","to":"never"},{"key":"sessions.lifetime","label":"Session lifetime","from":"480 minutes","to":"43 200 minutes"},{"key":"two_factor.trusted_device_days","label":"Trusted devices","from":"off","to":"7 days"},{"key":"headers.referrer_policy","label":"Referrer-Policy","from":"strict-origin-when-cross-origin: the same, but nothing to plain http","to":"same-origin: the whole address, to this site only"},{"key":"network.admin_allowlist","label":"Admin IP allowlist","from":"every address","to":"127.0.0.0/8 (here), 203.0.113.0/24"},{"key":"network.admin_allowlist_mode","label":"Admin IP allowlist: mode","from":"Enforce","to":"Report only"}],"facts":[["revision","1"],["origin","api"]]}', 'bd8825f7952852dac6b3307088761dee6d6b687d670e016ccb2d12a07709db77', 'a60d94aa336de6c648178b1acc5ac19f5d7d318bb39b11705ed372ed4c4d4e12');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 6, 1796003227620, 'settings', 'ada@example.org', '{"seq":6,"at":1796003227620,"channel":"settings","action":"Updated application settings","actor":"ada@example.org","address":"127.0.0.1","subject":null,"changes":[{"key":"links.idea_view","label":"Idea link","from":"10 080 minutes","to":"99 minutes"}],"facts":[["revision","2"],["origin","api"]]}', 'a60d94aa336de6c648178b1acc5ac19f5d7d318bb39b11705ed372ed4c4d4e12', '2b237e78422ba133a95c5d0e1000feea457f1b8333f2092c4a147282543e279f');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 7, 1796003227632, 'members', 'ada@example.org', '{"seq":7,"at":1796003227632,"channel":"members","action":"Created a community","actor":"ada@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[["community","Research"]]}', '2b237e78422ba133a95c5d0e1000feea457f1b8333f2092c4a147282543e279f', '1f630d8d17706ad56b6c1da02b2289325617682aff4e65403328711c74e838a5');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 8, 1796003227682, 'members', 'ada@example.org', '{"seq":8,"at":1796003227682,"channel":"members","action":"Added a member to a community","actor":"ada@example.org","address":"127.0.0.1","subject":"ada@example.org","changes":[],"facts":[["community","Research"]]}', '1f630d8d17706ad56b6c1da02b2289325617682aff4e65403328711c74e838a5', '49580de4261743bfd528e2220b8492fccbd1eb5e81907231dbe7b0faf33012f2');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 9, 1796003227692, 'members', 'ada@example.org', '{"seq":9,"at":1796003227692,"channel":"members","action":"Added a member to a community","actor":"ada@example.org","address":"127.0.0.1","subject":"grace@example.org","changes":[],"facts":[["community","Research"]]}', '49580de4261743bfd528e2220b8492fccbd1eb5e81907231dbe7b0faf33012f2', '20048efc4536a445229665d98723de3c97fcae170760649db71770cce33d79b3');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 10, 1796003227705, 'ideas', 'ada@example.org', '{"seq":10,"at":1796003227705,"channel":"ideas","action":"Posted an idea","actor":"ada@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[["idea","Plants in the stairwell"]]}', '20048efc4536a445229665d98723de3c97fcae170760649db71770cce33d79b3', 'f3e6405839dd6b66802a2052c93818e9a4a621fff9512f2ba982748664f7aafb');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 11, 1796003227814, 'sign-in', 'grace@example.org', '{"seq":11,"at":1796003227814,"channel":"sign-in","action":"Signed in","actor":"grace@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[["by","password"]]}', 'f3e6405839dd6b66802a2052c93818e9a4a621fff9512f2ba982748664f7aafb', 'b32716b51194245d8dfaa9f2dc95e89c62626a0bd2f6b84336646a6cebb60ff3');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 12, 1796003227927, 'two-factor', 'grace@example.org', '{"seq":12,"at":1796003227927,"channel":"two-factor","action":"Added an authenticator app","actor":"grace@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[]}', 'b32716b51194245d8dfaa9f2dc95e89c62626a0bd2f6b84336646a6cebb60ff3', 'a9f40e171e9b00a61f8f699df941502270ac55182e7d74bf7377d6337a52271f');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 13, 1796003227949, 'sign-in', 'grace@example.org', '{"seq":13,"at":1796003227949,"channel":"sign-in","action":"Signed out","actor":"grace@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[]}', 'a9f40e171e9b00a61f8f699df941502270ac55182e7d74bf7377d6337a52271f', 'c9574f8811b57e3ea30b630761f3779ecd519df0b409c8dd1505444c31cf3910');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 14, 1796003228008, 'two-factor', 'grace@example.org', '{"seq":14,"at":1796003228008,"channel":"two-factor","action":"Used a recovery code","actor":"grace@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[["codes left","9"]]}', 'c9574f8811b57e3ea30b630761f3779ecd519df0b409c8dd1505444c31cf3910', '5504b4b45cd572a1bfd78b57dda74e5852dc1b65507d8de1b2a4750c660502af');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 15, 1796003228066, 'sign-in', 'grace@example.org', '{"seq":15,"at":1796003228066,"channel":"sign-in","action":"Signed in","actor":"grace@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[["by","password and recovery code"]]}', '5504b4b45cd572a1bfd78b57dda74e5852dc1b65507d8de1b2a4750c660502af', '1dcc0ac41154dd647887b48fc92d0fa00b81e5270b58b53bbaed6df45e779e0b');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 16, 1796003228195, 'sign-in', 'nobody', '{"seq":16,"at":1796003228195,"channel":"sign-in","action":"Sign-in refused","actor":"nobody","address":"127.0.0.1","subject":"joan@example.org","changes":[],"facts":[["reason","wrong password"]]}', '1dcc0ac41154dd647887b48fc92d0fa00b81e5270b58b53bbaed6df45e779e0b', '4931e781f8d4e1443b6e053396c05513e3deeb3f3d164604ccccaf50fd2b5e6d');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 17, 1796003228246, 'sign-in', 'nobody', '{"seq":17,"at":1796003228246,"channel":"sign-in","action":"Sign-in refused","actor":"nobody","address":"127.0.0.1","subject":"joan@example.org","changes":[],"facts":[["reason","wrong password"]]}', '4931e781f8d4e1443b6e053396c05513e3deeb3f3d164604ccccaf50fd2b5e6d', '4db656449f32987f8a2e1597026e3ef6e663516be4491e70032d63824bfe09ac');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 18, 1796003228293, 'sign-in', 'nobody', '{"seq":18,"at":1796003228293,"channel":"sign-in","action":"Sign-in refused","actor":"nobody","address":"127.0.0.1","subject":"joan@example.org","changes":[],"facts":[["reason","wrong password"]]}', '4db656449f32987f8a2e1597026e3ef6e663516be4491e70032d63824bfe09ac', '60f7d0cfb797df83bd0fc3e53d22767f080af78e9ba646b5348768a33dbbc7e6');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 19, 1796003228412, 'sign-in', 'nobody', '{"seq":19,"at":1796003228412,"channel":"sign-in","action":"Sign-in refused","actor":"nobody","address":"127.0.0.1","subject":"joan@example.org","changes":[],"facts":[["reason","wrong password"]]}', '60f7d0cfb797df83bd0fc3e53d22767f080af78e9ba646b5348768a33dbbc7e6', '9246abe964e62274bbe9bf3dedd19c816cb9622af34ae4cbeb53275eb32b7686');
INSERT INTO public.audit_entries VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 20, 1796003228495, 'sign-in', 'nobody', '{"seq":20,"at":1796003228495,"channel":"sign-in","action":"Sign-in refused","actor":"nobody","address":"127.0.0.1","subject":"joan@example.org","changes":[],"facts":[["reason","wrong password"],["locked","lockout.sign_in.max_attempts"]]}', '9246abe964e62274bbe9bf3dedd19c816cb9622af34ae4cbeb53275eb32b7686', '00c1b3a635d13b5ab979037c0fc41df92f95e0455b50dd543c9e6f0e2bde9d0b');
INSERT INTO public.authenticators VALUES ('01a22a22-592a-7f52-b514-f12aa085026c', 'v1.6S6HTV0yuDCCRrQQ0QTUAmZhbGqZ1wI/757DTAIzFuRKVQJdJZxmy2SIfElcSR4GsrVgJ2caC1fB0VBz', 59866774, 1796003227908, NULL);
INSERT INTO public.communities VALUES ('01a22a22-67ef-711c-ac79-918f9421d8ce', '01a22a22-565a-7f98-9a9b-e88cf8217a55', 'Research', 1796003227631);
INSERT INTO public.community_members VALUES ('01a22a22-67ef-711c-ac79-918f9421d8ce', '01a22a22-56ba-7cf0-8348-39b0cfe6b8d1');
INSERT INTO public.community_members VALUES ('01a22a22-67ef-711c-ac79-918f9421d8ce', '01a22a22-592a-7f52-b514-f12aa085026c');
INSERT INTO public.ideas VALUES ('01a22a22-6837-7df2-844e-78ba365f1b02', '01a22a22-565a-7f98-9a9b-e88cf8217a55', '01a22a22-67ef-711c-ac79-918f9421d8ce', '01a22a22-56ba-7cf0-8348-39b0cfe6b8d1', 'Plants in the stairwell', 'Green. Cheap.', 1796003227703);
INSERT INTO public.known_browsers VALUES ('4cff060a959303c6f631254339f9e2c7d7c543a96e6defbc640610d56060ba23', '01a22a22-56ba-7cf0-8348-39b0cfe6b8d1', 1796003227205, 1796003227205, 'Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0', NULL);
INSERT INTO public.known_browsers VALUES ('8659fac45d3ed1bb9a64abce8b3ef8a2c2d5badf0f691d8b3549996b716e1e7e', '01a22a22-592a-7f52-b514-f12aa085026c', 1796003227812, 1796003228042, 'Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0', 1796003228042);
INSERT INTO public.links VALUES ('a5470787bc15cc6225ca6a52319f2ad47c79fc6cc5b4f20188d8e03a80732616', '01a22a22-565a-7f98-9a9b-e88cf8217a55', 'identity-verification', '01a22a22-59bb-7f5b-85fb-055336aed007', 1796003228498, 1796089628498, NULL, NULL);
INSERT INTO public.lockouts VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 'address', '1ad97ed948d04bcedff36cbd76811ff92f82163087d4ee28264d9ab35202d476', '', NULL, 5, 1796003228196, NULL, NULL, 5);
INSERT INTO public.lockouts VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 'sign-in', 'af7f59bb2304a3193d096aee1fbe3bf7e36c7424cfc7ce8bdaca1a6fd0d65e24', '', '01a22a22-59bb-7f5b-85fb-055336aed007', 5, 1796003228145, 1796004128437, 1796003258515, 5);
INSERT INTO public.mails VALUES ('01a22a22-6918-765b-a2b3-7e202cfbc101', '01a22a22-565a-7f98-9a9b-e88cf8217a55', 'factor-added', 'grace@example.org', 'A way to sign in was added · Bailey', 'v1.oY1m9jkD8leUTURrDOUGSTJLhmoG1M8WylVW732eyurlpVlDMTtPCwxZgVr4OqYnFmQnJsCiyfd69OhvqeDag/OOvmg6WAgMPDP+iXVa2MrCNcNBh5jabiZdZfca9/zWSj9EihLHcGlj12uvwHj20Fallz/x2UGFEl3Sc3HcQzpjU7Y73rerv1MbLzubpdIhqDYj4tSQ2zbLy8BlsgBrtxF6VUstwYT4dnZnKHjIUemFK5wb1FMZzNxB0QtkFyUfmMjGWYYC9aws0WZZ1QhHF0Dew2qhjI8hO1G/8/HdRucpza5TKzVPVumYlcsIqHwW4lCz9kbXnS02bvFFJvHNaNIzoz8LxiNNWPj8QQ0oc6jYzJvg2zVMfqcRKKWuHR1Z72xhSg3sisnsTYJLbrnwSvCu1zgM+uOcSoT0yeINqqauSzvhOObdoFNt46nM7sxOVjyAmQ/RsO2XAMt7vyIcyEqFJjLQhHqEruvF6CK1dSQB/fktmAaaz8K4gBMvrkpmIAZdYgwbmw/eS9VRSqHXqtyIf7Uio+BuM5ZIKKkmxKoodIVDYUDAqEqQSOg34bRLjlGKR5WlXohN3UV0ndiaZbSbLNX2xLtgQmQpB6roYZZsvo05t/eHQU7fyrZF3rHtIfme6ZUwcgPscCHTIskTRozo0XL3fr1g4CYGDl1i5VCA6J5ZAZJbnXT6xdXrUc+VEPMvzW/aVadNz+g0vwrgG094N7VFC+KEE7yQcNKean1POGUQfwnw+samI3B3eECFPkH6k2/6NzA4s69CjJRbL5zq6a47CyUbn9FCGjTpSnZ5kIK+de7Dqn2hfWb0D/Z6Lct6TYJzT5DBjI2YW4e1DFEMvUv5+3k6OQR77OHxfsn7jPUaEmdYZ9nz9E8sEMPOJ8UXyAV/9PVHLe3e2VNK/b0', 1796003227928, 1, 1796003288061, NULL, 'Connection error: Connection refused (os error 111)');
INSERT INTO public.mails VALUES ('01a22a22-696a-7a85-93c5-c3d6b6bacf91', '01a22a22-565a-7f98-9a9b-e88cf8217a55', 'recovery-code-used', 'grace@example.org', 'A recovery code was used · Bailey', 'v1.5q3DQSKlo18WcVTJ3FH3yKFf7+FoGKhvbPzMJPnWIKQPThZWiv0xf1shCay3OeIWRjzgOKSfHqLy09MShxIrkItgu2k/YipjQmaTYJMGsLyM9KA/c/GUV/uBlNtmMnXCiizUHehddngWHWhwKnWtdPt0syAHbvH96w7tcy/zssk3V7g+qeJ4tKuFWojxHBboS3I5PrEcolp4Ps24upIqeDnuIfGnEy4Lxi/W6qC5jh2Iw9lZh27q2f//SsIC4niWm18/XqGKdeQNGNOYMqcNMPGHlPWYcB/aB4/0EzQGodYNgewEJ3HSaQ4xFSVu0YCnWis4fPaOPZaxUjuziO8Ayl6+S4FoA5Z7NpNhwS9ReY+1Bc6TyibhQdjbKBnp/KGHgch0TzsH93x4vnKhy7wHCWprQzj3SoZ7eTsf38vzRFzzQo0+eF4wiRk5UrF3Db5ARQ3uCuaYiu5kHgxn+kHMFzFggA0VTEs9iCAV/GDfo2LP1I9iFJFGQ/WX/UE5DKdimdpGrPWPMC+bNEVoOuHVun9eTG5KT+KPxp8mab33equeZphfCluCZ26YpShaXgcQdrCOgvIrh8iktmz7XO8W0ekZlPkNI7kiCQlIQlLVRCCFphh5IWBnHQqHWVeWX31xDQu2A1Src3sO7C8nRaTfZ0eB3hf3UWxAUxv8uxoJ2SxB9x7bbRdzmNgPlfF/qwStHCkapqyla+ytkzT+mLV28a1Yn+DqQ2taY9/xSDeu6D5MQ4IHmdAJMFfXSi3u8z87zhEfQkMMcMmyYBpLV9foQoWQEewgg0YTEnNGoahtPnMHNoK8CpBZI1WkKoIYZxSnl41uCg/0+nh/HIB0MJnTVjJNKYVnqwObH3IcLuWP4ezLfDbpZZI3Kf2iQSp2yKbNZGPz0BsDK3IGqU8tG2VUijYU2DAcXOTOc7Q', 1796003228010, 1, 1796003289064, NULL, 'Connection error: Connection refused (os error 111)');
INSERT INTO public.mails VALUES ('01a22a22-69ec-7141-b123-0488a18b4e4a', '01a22a22-565a-7f98-9a9b-e88cf8217a55', 'test', 'ada@example.org', 'A test mail · Bailey', 'v1.HERxp6y891wGP5r38cPru3L7StT5C6UXxLaVRYX7oYECOTWagGjXEICWKf2yfOzp1K5q71qSCncm7OYRLKx4eYVQFNxRVRYRxRNe/uloPv9IyQtT+dh4Uhr9AH4hMCfxgAyadbpuyywXS7XImPxMJ+jPlaxNAZ0er/k31iGzA4o7ZchLqdp82u2mh3ES0043J84KfcZiVxo/6xKqL2cH2OvmVeGin4IOxJRSxeP+unH4D/U5M4S1b2HXMA8w6w7Tu5/QoeFLrKWUPGBTHIUD/qerTXGzRa9uAcYLQVxZkxFnhENaxqR+snFGINp8GDKGlYKimXx+JlSdtIsyvBuJ9/74znIz8OzIFriP4jrFW0UUMP9NxbzzurwK5izCi24S/fRmh2OXSezYEm2ow6Iy44e5VWjKnoTVwSvEzuygxmgkWtA', 1796003228140, 1, 1796003289066, NULL, 'Connection error: Connection refused (os error 111)');
INSERT INTO public.mails VALUES ('01a22a22-6b53-7afb-9ec8-d2b368b5a8b4', '01a22a22-565a-7f98-9a9b-e88cf8217a55', 'locked', 'joan@example.org', 'Signing in is locked for a while · Bailey', 'v1.Go0LxFbr6uCykUCbLuWgiIL68npuBtDhL3YZCn6JKTZ94upOqwIwWE0WNjv7xsIeoPy+oVt/EIrEjk6pMeZoAOeiFgvUZPKnUCfRqliQ/SuWkq+mIHuZ6R6m6n8Daxn8T5wWNRuBgCdM4kyD80Fl0FdVa94ISodjfCwA1wuuzz5wcemHMNWlScC5Rb7sPKi0hvkMklGySm1/ysGF4ftD7Tc/CvIwCpv3MLE/y8E8QETkIk9HV6/nW8B2ujkBG6fjfMfobwcb5q37Phg1JVvdDQUB96kfYDyKV5kn28rqjY3j7tDhlQfUFj5MLesy4KVVsszQ7js8w2Es1L//dQPqWQtWRRDrWGUAsCKsPsqkgePZ22rj4rCbvrw1/nRVfKhBs5WcljHzYm2EhWP0EvSSfQDELqCs0Esk9MLuWGahZuS7vwlh8Ut4Q6Vf9bkQhR2mtFWTyb7ArhUvwDtG2A6G8W41lbRPCTUDX14qmf2UxcqfyCsyH985Wl9mcrTDktDx9c8LMAZx5N/+qhRKhP1d4foZKsyYcFc5myV1s8yT2q7QhTj+EMYN03ZSNgZw5haXDeHMaMBJfI3kxYmueOcLexU94fLgkLqljwEQMkn4MQYhK5qup81vz5Fwlobi5KPvWmVzl6Ba+WTN+GiXB13zyoL/ulPvfLGjGy5PERSbrkySTg93jQWJRDw1Z/N7HH+cLIRhCDyPz1Dqzxk8kyJO4ERKmPC7KjREzQcOAiY860w0tmdv3cCUr30pAV6aOxuTdaJKqPQmviMHiW0z0de+PEwqEowVjiPfTBs7sa4HRwP6sEY0KX2UHeSGlOZdUqPseHTbpvHCP9CmWL5bdILJX0CA97vpi4XXOfGyk52usEdqQRUbKnBcCcdjk9TBNo4', 1796003228499, 1, 1796003289068, NULL, 'Connection error: Connection refused (os error 111)');
INSERT INTO public.members VALUES ('01a22a22-59bb-7f5b-85fb-055336aed007', '01a22a22-565a-7f98-9a9b-e88cf8217a55', 'joan@example.org', 1796003223995, 'joan', 'member', '$argon2id$v=19$m=19456,t=2,p=1$5KLQLOrSuUF1kpuLCKHyIw$auOflxWYnGNgC1JhhfHk0JeWyYhODXexRS90UsWIXRw', 1796003223995, NULL, 1796003223995, NULL, NULL, 0, 0, 'active', NULL);
INSERT INTO public.members VALUES ('01a22a22-56ba-7cf0-8348-39b0cfe6b8d1', '01a22a22-565a-7f98-9a9b-e88cf8217a55', 'ada@example.org', 1796003223226, 'ada', 'super-admin', '$argon2id$v=19$m=19456,t=2,p=1$Jmogzo0csSPFYfCsR39STQ$Y098HlxfIbmO8peLs5hLjut+Xf8rn7nSJJa0EoZu9UA', 1796003223226, 1796003227205, 1796003223226, NULL, NULL, 0, 0, 'active', '2dd8c26ed70805fd6247386165357ac226df21addc112780233d472314b39a23');
INSERT INTO public.members VALUES ('01a22a22-592a-7f52-b514-f12aa085026c', '01a22a22-565a-7f98-9a9b-e88cf8217a55', 'grace@example.org', 1796003223850, 'grace', 'member', '$argon2id$v=19$m=19456,t=2,p=1$DSEYw8ghZhWkpga3FERS8Q$7d8xJX6o83GpBhNI3KSe1kg2sAxeKKa6BBIyOY4XMDc', 1796003223850, 1796003228042, 1796003223850, NULL, NULL, 0, 0, 'active', '180d1756af9e9d36360b6697630f045997352f28e7d4f27dd68c414f512b5e42');
INSERT INTO public.pending_sign_ins VALUES ('01a22a22-69e2-769a-8292-362258c49ea9', '0920a74515c34a07b9dfaab827f426230896439bbd141f67f0c91f9b732f7a76', '01a22a22-592a-7f52-b514-f12aa085026c', NULL, 1796003228130, 1796003828130, 0);
INSERT INTO public.policy_revisions VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 1, '{"analytics.google":"","audit.retention":"365","files.allowed_extensions":"","headers.coep":"off","headers.content_type_options":"true","headers.coop":"same-origin","headers.corp":"same-origin","headers.csp":"","headers.csp_mode":"enforce","headers.expect_ct":"false","headers.expect_ct_enforce":"false","headers.expect_ct_max_age":"1","headers.expect_ct_report_uri":"","headers.hsts":"true","headers.hsts_max_age":"365","headers.hsts_preload":"false","headers.hsts_subdomains":"false","headers.permissions_policy":"camera=()\nmicrophone=()\ngeolocation=()\nusb=()\npayment=()\npublickey-credentials-get=(self)\npublickey-credentials-create=(self)","headers.public_key_pins":"","headers.public_key_pins_max_age":"1","headers.public_key_pins_report_only":"true","headers.public_key_pins_subdomains":"false","headers.referrer_policy":"same-origin","headers.xss_protection":"0","links.auto_login":"false","links.conversation_view":"10080","links.email_claim":"60","links.idea_approve":"4320","links.idea_pending_auth":"4320","links.idea_reject":"4320","links.idea_view":"10080","links.identity_verification":"1440","links.member_approve":"4320","links.member_profile":"4320","links.member_reject":"4320","links.password_reset":"60","links.passwordless":"15","links.rank_assessment":"10080","links.resource_download":"1440","links.reviewscale":"10080","links.verification":"1440","lockout.claim.duration":"60","lockout.claim.max_attempts":"5","lockout.claim.window":"15","lockout.prompt_delay":"30","lockout.sign_in.duration":"15","lockout.sign_in.max_attempts":"5","lockout.sign_in.window":"15","lockout.two_factor.duration":"15","lockout.two_factor.max_attempts":"5","lockout.two_factor.window":"15","members.gravatar":"false","members.max_inactive":"0","members.super_admin_emails":"","network.admin_allowlist":"127.0.0.0/8 # here\n203.0.113.0/24","network.admin_allowlist_mode":"report-only","passwords.change_interval":"1","passwords.max_age":"0","passwords.policy":"standard","passwords.reuse_limit":"5","sessions.allow_concurrent":"true","sessions.idle_timeout":"0","sessions.lifetime":"43200","sessions.remember_me":"true","sessions.step_up":"10","sign_in.banner":"","sign_in.captcha":"false","sign_in.show_banner":"false","two_factor.authenticator":"true","two_factor.email":"true","two_factor.email_code_lifetime":"600","two_factor.grace_days":"0","two_factor.passkeys":"true","two_factor.require_admins":"false","two_factor.require_everyone":"false","two_factor.trusted_device_days":"7"}', 'ada@example.org', '127.0.0.1', 1796003227575, 'api');
INSERT INTO public.policy_revisions VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 2, '{"analytics.google":"","audit.retention":"365","files.allowed_extensions":"","headers.coep":"off","headers.content_type_options":"true","headers.coop":"same-origin","headers.corp":"same-origin","headers.csp":"","headers.csp_mode":"enforce","headers.expect_ct":"false","headers.expect_ct_enforce":"false","headers.expect_ct_max_age":"1","headers.expect_ct_report_uri":"","headers.hsts":"true","headers.hsts_max_age":"365","headers.hsts_preload":"false","headers.hsts_subdomains":"false","headers.permissions_policy":"camera=()\nmicrophone=()\ngeolocation=()\nusb=()\npayment=()\npublickey-credentials-get=(self)\npublickey-credentials-create=(self)","headers.public_key_pins":"","headers.public_key_pins_max_age":"1","headers.public_key_pins_report_only":"true","headers.public_key_pins_subdomains":"false","headers.referrer_policy":"same-origin","headers.xss_protection":"0","links.auto_login":"false","links.conversation_view":"10080","links.email_claim":"60","links.idea_approve":"4320","links.idea_pending_auth":"4320","links.idea_reject":"4320","links.idea_view":"99","links.identity_verification":"1440","links.member_approve":"4320","links.member_profile":"4320","links.member_reject":"4320","links.password_reset":"60","links.passwordless":"15","links.rank_assessment":"10080","links.resource_download":"1440","links.reviewscale":"10080","links.verification":"1440","lockout.claim.duration":"60","lockout.claim.max_attempts":"5","lockout.claim.window":"15","lockout.prompt_delay":"30","lockout.sign_in.duration":"15","lockout.sign_in.max_attempts":"5","lockout.sign_in.window":"15","lockout.two_factor.duration":"15","lockout.two_factor.max_attempts":"5","lockout.two_factor.window":"15","members.gravatar":"false","members.max_inactive":"0","members.super_admin_emails":"","network.admin_allowlist":"127.0.0.0/8 # here\n203.0.113.0/24","network.admin_allowlist_mode":"report-only","passwords.change_interval":"1","passwords.max_age":"0","passwords.policy":"standard","passwords.reuse_limit":"5","sessions.allow_concurrent":"true","sessions.idle_timeout":"0","sessions.lifetime":"43200","sessions.remember_me":"true","sessions.step_up":"10","sign_in.banner":"","sign_in.captcha":"false","sign_in.show_banner":"false","two_factor.authenticator":"true","two_factor.email":"true","two_factor.email_code_lifetime":"600","two_factor.grace_days":"0","two_factor.passkeys":"true","two_factor.require_admins":"false","two_factor.require_everyone":"false","two_factor.trusted_device_days":"7"}', 'ada@example.org', '127.0.0.1', 1796003227619, 'api');
INSERT INTO public.recovery_codes VALUES ('01a22a22-6911-772f-a250-f355d10fe4b6', '01a22a22-592a-7f52-b514-f12aa085026c', 'fda31e7b96d007cafd375f59517771921e980be9c23c19139419db3d7818ca40', 1796003227921, NULL);
INSERT INTO public.recovery_codes VALUES ('01a22a22-6911-7fa6-aaec-225345007a1e', '01a22a22-592a-7f52-b514-f12aa085026c', '840c2a5813f408ebd24b48f8cfa99e6f35ad99a87d2ed57f042db6afc920d95b', 1796003227921, NULL);
INSERT INTO public.recovery_codes VALUES ('01a22a22-6911-7198-935d-b4be66214988', '01a22a22-592a-7f52-b514-f12aa085026c', 'e2798bd52b086c1b332ba12c16d3ed0505439d700ee35ccdd819a2bcb3c96341', 1796003227921, NULL);
INSERT INTO public.recovery_codes VALUES ('01a22a22-6911-72d8-b451-31914f9f950e', '01a22a22-592a-7f52-b514-f12aa085026c', '822edc08a75ce455178168a9a2f86722698809af46fe686490fb657040ee320a', 1796003227921, NULL);
INSERT INTO public.recovery_codes VALUES ('01a22a22-6911-7ba9-94b6-c3261ce82f1b', '01a22a22-592a-7f52-b514-f12aa085026c', '4129b017313f22491eb07b8faf144ccdc20ad2225cd82ab783c48616b55862a8', 1796003227921, NULL);
INSERT INTO public.recovery_codes VALUES ('01a22a22-6911-7aa7-a130-a74e7eecc5ed', '01a22a22-592a-7f52-b514-f12aa085026c', '8b510a6560e592bd0c6b07c2d79171f37f7819fc2ff98ef74eb6cc88521c7f24', 1796003227921, NULL);
INSERT INTO public.recovery_codes VALUES ('01a22a22-6911-7de8-99de-01ef141d304f', '01a22a22-592a-7f52-b514-f12aa085026c', 'e6acc60b91296b007c888b6afd441e20d041ed75b9a2e88878db4a8b2dd98658', 1796003227921, NULL);
INSERT INTO public.recovery_codes VALUES ('01a22a22-6911-71f3-b68c-cd4f0d00f9c2', '01a22a22-592a-7f52-b514-f12aa085026c', 'f9efaa9ed635a008e8678328095aa993598432cfc502f1cdbbcf745856340762', 1796003227921, NULL);
INSERT INTO public.recovery_codes VALUES ('01a22a22-6911-767a-b902-0a01a6e68d45', '01a22a22-592a-7f52-b514-f12aa085026c', 'e6c075f9c256f391ea8e0878ecde6ecc1ae382817f737278794295ae85651c95', 1796003227921, NULL);
INSERT INTO public.recovery_codes VALUES ('01a22a22-6911-759c-8125-bcf81cb86f7e', '01a22a22-592a-7f52-b514-f12aa085026c', '1d86d51403f96a4f23a8b3c0f874ff44fb1360de524e450eb533135ab6c32f97', 1796003227921, 1796003228001);
INSERT INTO public.sealing VALUES (1, NULL);
INSERT INTO public.sessions VALUES ('01a22a22-6645-782f-a108-c33a49ab70c0', '1d9eddf7722036ea7cfbf87191fe8d33ce7e30f5cd263c1fc93ba8fb90f4ae38', '01a22a22-56ba-7cf0-8348-39b0cfe6b8d1', 1796003227205, 1796003227205, '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0', NULL, NULL, 0, 1796003227205, NULL, NULL);
INSERT INTO public.sessions VALUES ('01a22a22-68a4-72ea-8ddf-4d68042c14ed', '99186b67c4cf2be2044b82054a6c96ada7089cbcdb88e567ae55fcc17b5346a8', '01a22a22-592a-7f52-b514-f12aa085026c', 1796003227812, 1796003227812, '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0', 1796003227948, 'signed-out', 0, 1796003227812, NULL, NULL);
INSERT INTO public.sessions VALUES ('01a22a22-698a-71a9-bccb-a1dc52e7bbd4', '96175cea88411d237615f091821b73018822882a7ea543eb8049e76bd2366727', '01a22a22-592a-7f52-b514-f12aa085026c', 1796003228042, 1796003228042, '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0', NULL, NULL, 1, 1796003228042, NULL, NULL);
INSERT INTO public.workspaces VALUES ('01a22a22-565a-7f98-9a9b-e88cf8217a55', 'localhost', 'Bailey', 2, 20, '00c1b3a635d13b5ab979037c0fc41df92f95e0455b50dd543c9e6f0e2bde9d0b', 1796003223130, NULL);
ALTER TABLE ONLY public._sqlx_migrations
    ADD CONSTRAINT _sqlx_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (workspace_id, seq);
ALTER TABLE ONLY public.authenticators
    ADD CONSTRAINT authenticators_pkey PRIMARY KEY (member_id);
ALTER TABLE ONLY public.challenges
    ADD CONSTRAINT challenges_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.communities
    ADD CONSTRAINT communities_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.communities
    ADD CONSTRAINT communities_workspace_id_name_key UNIQUE (workspace_id, name);
ALTER TABLE ONLY public.community_members
    ADD CONSTRAINT community_members_pkey PRIMARY KEY (community_id, member_id);
ALTER TABLE ONLY public.community_overrides
    ADD CONSTRAINT community_overrides_pkey PRIMARY KEY (community_id, setting);
ALTER TABLE ONLY public.earlier_passwords
    ADD CONSTRAINT earlier_passwords_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.emailed_codes
    ADD CONSTRAINT emailed_codes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ideas
    ADD CONSTRAINT ideas_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kept_forms
    ADD CONSTRAINT kept_forms_pkey PRIMARY KEY (member_id);
ALTER TABLE ONLY public.known_browsers
    ADD CONSTRAINT known_browsers_pkey PRIMARY KEY (browser, member_id);
ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.lockouts
    ADD CONSTRAINT lockouts_pkey PRIMARY KEY (workspace_id, guarded, subject, browser);
ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_workspace_id_email_key UNIQUE (workspace_id, email);
ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_credential_id_key UNIQUE (credential_id);
ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pending_authenticators
    ADD CONSTRAINT pending_authenticators_pkey PRIMARY KEY (member_id);
ALTER TABLE ONLY public.pending_sign_ins
    ADD CONSTRAINT pending_sign_ins_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pending_sign_ins
    ADD CONSTRAINT pending_sign_ins_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.policy_confirmations
    ADD CONSTRAINT policy_confirmations_pkey PRIMARY KEY (workspace_id);
ALTER TABLE ONLY public.policy_revisions
    ADD CONSTRAINT policy_revisions_pkey PRIMARY KEY (workspace_id, revision);
ALTER TABLE ONLY public.promotions
    ADD CONSTRAINT promotions_pkey PRIMARY KEY (workspace_id, email);
ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sealing
    ADD CONSTRAINT sealing_pkey PRIMARY KEY (one);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.spent_captchas
    ADD CONSTRAINT spent_captchas_pkey PRIMARY KEY (challenge);
ALTER TABLE ONLY public.spent_tokens
    ADD CONSTRAINT spent_tokens_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT workspaces_host_key UNIQUE (host);
ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT workspaces_pkey PRIMARY KEY (id);
CREATE INDEX audit_entries_of_channel ON public.audit_entries USING btree (workspace_id, channel, seq);
CREATE INDEX community_members_by_member ON public.community_members USING btree (member_id);
CREATE INDEX earlier_passwords_of_member ON public.earlier_passwords USING btree (member_id, replaced_at);
CREATE INDEX emailed_codes_of_member ON public.emailed_codes USING btree (member_id, sent_at);
CREATE INDEX ideas_of_community ON public.ideas USING btree (community_id, posted_at);
CREATE INDEX lockouts_of_member ON public.lockouts USING btree (member_id);
CREATE INDEX mails_due ON public.mails USING btree (next_try_at);
CREATE INDEX mails_of_workspace ON public.mails USING btree (workspace_id, queued_at);
CREATE INDEX passkeys_of_member ON public.passkeys USING btree (member_id);
CREATE INDEX recovery_codes_of_member ON public.recovery_codes USING btree (member_id);
CREATE INDEX sessions_of_member ON public.sessions USING btree (member_id);
CREATE INDEX spent_tokens_of_session ON public.spent_tokens USING btree (session_id);
CREATE TRIGGER audit_entries_are_never_changed BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION public.audit_is_append_only();
ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);
ALTER TABLE ONLY public.authenticators
    ADD CONSTRAINT authenticators_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.challenges
    ADD CONSTRAINT challenges_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.communities
    ADD CONSTRAINT communities_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);
ALTER TABLE ONLY public.community_members
    ADD CONSTRAINT community_members_community_id_fkey FOREIGN KEY (community_id) REFERENCES public.communities(id);
ALTER TABLE ONLY public.community_members
    ADD CONSTRAINT community_members_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.community_overrides
    ADD CONSTRAINT community_overrides_community_id_fkey FOREIGN KEY (community_id) REFERENCES public.communities(id);
ALTER TABLE ONLY public.earlier_passwords
    ADD CONSTRAINT earlier_passwords_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.emailed_codes
    ADD CONSTRAINT emailed_codes_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.ideas
    ADD CONSTRAINT ideas_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.ideas
    ADD CONSTRAINT ideas_community_id_fkey FOREIGN KEY (community_id) REFERENCES public.communities(id);
ALTER TABLE ONLY public.ideas
    ADD CONSTRAINT ideas_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);
ALTER TABLE ONLY public.kept_forms
    ADD CONSTRAINT kept_forms_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.known_browsers
    ADD CONSTRAINT known_browsers_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);
ALTER TABLE ONLY public.lockouts
    ADD CONSTRAINT lockouts_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.lockouts
    ADD CONSTRAINT lockouts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);
ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);
ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);
ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.pending_authenticators
    ADD CONSTRAINT pending_authenticators_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.pending_sign_ins
    ADD CONSTRAINT pending_sign_ins_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.policy_confirmations
    ADD CONSTRAINT policy_confirmations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);
ALTER TABLE ONLY public.policy_revisions
    ADD CONSTRAINT policy_revisions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);
ALTER TABLE ONLY public.promotions
    ADD CONSTRAINT promotions_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.promotions
    ADD CONSTRAINT promotions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);
ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.members(id);
ALTER TABLE ONLY public.spent_tokens
    ADD CONSTRAINT spent_tokens_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;
