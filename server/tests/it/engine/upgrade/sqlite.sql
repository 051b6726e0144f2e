PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO "_sqlx_migrations" VALUES(1,'workspace','2026-11-30 01:46:49',1,X'F5687DD738DC18D3C5F6C78C4C256D2693E34F14D656F0601DAC03B840842598424DF5093A3D55C20C3989FDC5D61BC4',3573922);
INSERT INTO "_sqlx_migrations" VALUES(2,'policy history','2026-11-30 01:46:49',1,X'E6D47281F9ACDE6A17ECFEC9500349A40C5D533A95788F01ADC05B6AEFDC2BF35075C7C2477C97F1071711EEB041A079',2420037);
INSERT INTO "_sqlx_migrations" VALUES(3,'communities','2026-11-30 01:46:49',1,X'2B4CDCAAC0571279EBDD146066B831A5409204B846755EEBFF4D729245A0CDFCE7859442E1F0865D447DA30CDAC7F564',13171228);
INSERT INTO "_sqlx_migrations" VALUES(4,'kept forms','2026-11-30 01:46:49',1,X'0D0B33DF4BD809234B5BB7E21F84637393FE189FB433C534F3071E192430E592B9873B397105235A403D289B5430780B',3964975);
INSERT INTO "_sqlx_migrations" VALUES(5,'sign in','2026-11-30 01:46:49',1,X'25E01F3FCECB481ECE516B9D96D5C8602BFBE23DF4289B023CDF7E4863686E4B180C86C789A70A87463376EE0D2FD3FB',7975490);
INSERT INTO "_sqlx_migrations" VALUES(6,'mail','2026-11-30 01:46:49',1,X'36A6B5A2E4E5719E8CD421A06D8EABFCC3F682B1270A2928508A24117AAF9A3C486720E183AFD3C71E4B03D6BCD7F91C',3390575);
INSERT INTO "_sqlx_migrations" VALUES(7,'standing','2026-11-30 01:46:49',1,X'4645AFA9779BD48DDFFA19742B044B48B0BDA4376FA556921D715E94D83F80E328E15EEFF5923A61A87E8414776FE5B3',2444919);
INSERT INTO "_sqlx_migrations" VALUES(8,'judged','2026-11-30 01:46:49',1,X'4EE57E6EC9F26AC540748CA2FC688FA3A43540916B4B1E08D7930D06EEDE551196DB85A314593A47D704237F80ADD4AB',2485841);
INSERT INTO "_sqlx_migrations" VALUES(9,'ideas','2026-11-30 01:46:49',1,X'D4DFB9CAC948F69A68BCF8F4E01462FD594DE8FA6B619875A81E43A7AAB6D6CE1333D11FF94EEA74E8A2801F474C2291',1932863);
INSERT INTO "_sqlx_migrations" VALUES(10,'sealing','2026-11-30 01:46:49',1,X'2FEC3B7198FCCCB40F1FE27BDCB0BFF0E2856D2789181F4A4ACCD6B3C42E00B3BF0F74A91D9DADBDCF396F7D6E75B7D0',4236030);
INSERT INTO "_sqlx_migrations" VALUES(11,'relying party','2026-11-30 01:46:49',1,X'179F35BF8290572DD11DF854D8182321CE245920855569EDCF11942BD4D1AF48766540FDE9507A0A1382D6C9A7D9E32E',3338836);
INSERT INTO "_sqlx_migrations" VALUES(12,'spent tokens','2026-11-30 01:46:49',1,X'4EE03946ABF1CE95519EF95F36129B4CBBB1140AF8B491C71B6D35F108313710F3C3F14FDAD25FFF6372FB8319B9E85D',6873870);
INSERT INTO "_sqlx_migrations" VALUES(13,'banner switch','2026-11-30 01:46:49',1,X'C29B2380D4323EDE55D1BBF2E7A3A00A6ADE4D36671ED3C00F3A47EF5F4344CCB222AB5E1A8DEC73F18300F35EBD031B',2458589);
CREATE TABLE audit_entries (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    channel TEXT NOT NULL,
    actor TEXT NOT NULL,
    body TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (workspace_id, seq)
);
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',1,1796003209563,'members','console','{"seq":1,"at":1796003209563,"channel":"members","action":"Created a member","actor":"console","address":null,"subject":"ada@example.org","changes":[],"facts":[["role","super-admin"]]}','','489d2b65ec95b7c6a7aa1f0e2b8f9bc167554cc64e00eb70b095ee3bc607d007');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',2,1796003209718,'members','console','{"seq":2,"at":1796003209718,"channel":"members","action":"Created a member","actor":"console","address":null,"subject":"grace@example.org","changes":[],"facts":[["role","member"]]}','489d2b65ec95b7c6a7aa1f0e2b8f9bc167554cc64e00eb70b095ee3bc607d007','0ca4010ecf05bb5eb8ac3b4e39bc05cb8bc715834f1b2cbcd927e4ed91c29deb');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',3,1796003209875,'members','console','{"seq":3,"at":1796003209875,"channel":"members","action":"Created a member","actor":"console","address":null,"subject":"joan@example.org","changes":[],"facts":[["role","member"]]}','0ca4010ecf05bb5eb8ac3b4e39bc05cb8bc715834f1b2cbcd927e4ed91c29deb','8aa0b7535fa0959cbeb7c177cfb8e90680040c56eb3da3270635182b66c1f994');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',4,1796003213168,'sign-in','ada@example.org','{"seq":4,"at":1796003213168,"channel":"sign-in","action":"Signed in","actor":"ada@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[["by","password"]]}','8aa0b7535fa0959cbeb7c177cfb8e90680040c56eb3da3270635182b66c1f994','0ee70ed6ff10a97d79f0d6f0d79dec56ba2b61db9827d6f73f432d72084d43d5');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',5,1796003213300,'settings','ada@example.org','{"seq":5,"at":1796003213300,"channel":"settings","action":"Updated application settings","actor":"ada@example.org","address":"127.0.0.1","subject":null,"changes":[{"key":"sessions.idle_timeout","label":"Idle timeout","from":"30 minutes","to":"never"},{"key":"sessions.lifetime","label":"Session lifetime","from":"480 minutes","to":"43 200 minutes"},{"key":"two_factor.trusted_device_days","label":"Trusted devices","from":"off","to":"7 days"},{"key":"headers.referrer_policy","label":"Referrer-Policy","from":"strict-origin-when-cross-origin: the same, but nothing to plain http","to":"same-origin: the whole address, to this site only"},{"key":"network.admin_allowlist","label":"Admin IP allowlist","from":"every address","to":"127.0.0.0/8 (here), 203.0.113.0/24"},{"key":"network.admin_allowlist_mode","label":"Admin IP allowlist: mode","from":"Enforce","to":"Report only"}],"facts":[["revision","1"],["origin","api"]]}','0ee70ed6ff10a97d79f0d6f0d79dec56ba2b61db9827d6f73f432d72084d43d5','8596d45311ba809ca3ec9a47a28ccfe48b9a73e3beb4b59c3932036b3dc79e33');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',6,1796003213306,'settings','ada@example.org','{"seq":6,"at":1796003213306,"channel":"settings","action":"Updated application settings","actor":"ada@example.org","address":"127.0.0.1","subject":null,"changes":[{"key":"links.idea_view","label":"Idea link","from":"10 080 minutes","to":"99 minutes"}],"facts":[["revision","2"],["origin","api"]]}','8596d45311ba809ca3ec9a47a28ccfe48b9a73e3beb4b59c3932036b3dc79e33','b03e2752bdcd56e9e4538b62bee2e922404eacc326e30d3ab8c838d5ec926c7b');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',7,1796003213309,'members','ada@example.org','{"seq":7,"at":1796003213309,"channel":"members","action":"Created a community","actor":"ada@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[["community","Research"]]}','b03e2752bdcd56e9e4538b62bee2e922404eacc326e30d3ab8c838d5ec926c7b','2179d6899bb8361bbad2ac9627dfaf377e81535ead971c56d91feadc03f3743c');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',8,1796003213321,'members','ada@example.org','{"seq":8,"at":1796003213321,"channel":"members","action":"Added a member to a community","actor":"ada@example.org","address":"127.0.0.1","subject":"ada@example.org","changes":[],"facts":[["community","Research"]]}','2179d6899bb8361bbad2ac9627dfaf377e81535ead971c56d91feadc03f3743c','7e7f33a8508d0c2d8dc08c85e9054e411e398b70f93c6a4f052050a017ad9599');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',9,1796003213327,'members','ada@example.org','{"seq":9,"at":1796003213327,"channel":"members","action":"Added a member to a community","actor":"ada@example.org","address":"127.0.0.1","subject":"grace@example.org","changes":[],"facts":[["community","Research"]]}','7e7f33a8508d0c2d8dc08c85e9054e411e398b70f93c6a4f052050a017ad9599','9be226b636ed85c6bb92047c2e51613f16f12cc0917b40e6daf4a4d9f6e3e361');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',10,1796003213334,'ideas','ada@example.org','{"seq":10,"at":1796003213334,"channel":"ideas","action":"Posted an idea","actor":"ada@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[["idea","Plants in the stairwell"]]}','9be226b636ed85c6bb92047c2e51613f16f12cc0917b40e6daf4a4d9f6e3e361','eb4857b741f9d9c290f059ff636c6340e8d22f9ca605eb6842757ec72867228d');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',11,1796003213387,'sign-in','grace@example.org','{"seq":11,"at":1796003213387,"channel":"sign-in","action":"Signed in","actor":"grace@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[["by","password"]]}','eb4857b741f9d9c290f059ff636c6340e8d22f9ca605eb6842757ec72867228d','1a94e9b88347f4d3fed61e9232f95f776678cb3129760650b1ce2845d5548918');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',12,1796003213419,'two-factor','grace@example.org','{"seq":12,"at":1796003213419,"channel":"two-factor","action":"Added an authenticator app","actor":"grace@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[]}','1a94e9b88347f4d3fed61e9232f95f776678cb3129760650b1ce2845d5548918','4e72eb0e7cc458b64d59e60f4c5cb00eda84af3e347805d5e0372fba831f743d');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',13,1796003213430,'sign-in','grace@example.org','{"seq":13,"at":1796003213430,"channel":"sign-in","action":"Signed out","actor":"grace@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[]}','4e72eb0e7cc458b64d59e60f4c5cb00eda84af3e347805d5e0372fba831f743d','794c79d4a5f429e915acd5398b88f2bd5c89c1cec0b5bcf7e92b403e52c05871');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',14,1796003213534,'two-factor','grace@example.org','{"seq":14,"at":1796003213534,"channel":"two-factor","action":"Used a recovery code","actor":"grace@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[["codes left","9"]]}','794c79d4a5f429e915acd5398b88f2bd5c89c1cec0b5bcf7e92b403e52c05871','aff18395f77998b3dd105f87f1b35ed5ecc1d02234ff79f55e46ffcfe70e13d7');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',15,1796003213536,'sign-in','grace@example.org','{"seq":15,"at":1796003213536,"channel":"sign-in","action":"Signed in","actor":"grace@example.org","address":"127.0.0.1","subject":null,"changes":[],"facts":[["by","password and recovery code"]]}','aff18395f77998b3dd105f87f1b35ed5ecc1d02234ff79f55e46ffcfe70e13d7','0b3d023171fc5ccd9e160f995c0c275ce84296913ec251c333f283729e80d7e2');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',16,1796003213780,'sign-in','nobody','{"seq":16,"at":1796003213780,"channel":"sign-in","action":"Sign-in refused","actor":"nobody","address":"127.0.0.1","subject":"joan@example.org","changes":[],"facts":[["reason","wrong password"]]}','0b3d023171fc5ccd9e160f995c0c275ce84296913ec251c333f283729e80d7e2','9ac969cd51015848ae0aa79913a6d9e7c3796a7121576d4785c46a516f607059');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',17,1796003213838,'sign-in','nobody','{"seq":17,"at":1796003213838,"channel":"sign-in","action":"Sign-in refused","actor":"nobody","address":"127.0.0.1","subject":"joan@example.org","changes":[],"facts":[["reason","wrong password"]]}','9ac969cd51015848ae0aa79913a6d9e7c3796a7121576d4785c46a516f607059','dea4e24bee2f55deda43944933eb2b536b91cc5a1aec125a110affaed91f0f67');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',18,1796003213901,'sign-in','nobody','{"seq":18,"at":1796003213901,"channel":"sign-in","action":"Sign-in refused","actor":"nobody","address":"127.0.0.1","subject":"joan@example.org","changes":[],"facts":[["reason","wrong password"]]}','dea4e24bee2f55deda43944933eb2b536b91cc5a1aec125a110affaed91f0f67','4b959a6c32e4c110d35ddebbb7e1adc0b007c0a8e67c7a81b24b1c5b4e96d3fc');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',19,1796003213946,'sign-in','nobody','{"seq":19,"at":1796003213946,"channel":"sign-in","action":"Sign-in refused","actor":"nobody","address":"127.0.0.1","subject":"joan@example.org","changes":[],"facts":[["reason","wrong password"]]}','4b959a6c32e4c110d35ddebbb7e1adc0b007c0a8e67c7a81b24b1c5b4e96d3fc','040def1951705c14d4d8ea99f1618455f50f7a6c39aed5783a935aa22076ec38');
INSERT INTO "audit_entries" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',20,1796003213999,'sign-in','nobody','{"seq":20,"at":1796003213999,"channel":"sign-in","action":"Sign-in refused","actor":"nobody","address":"127.0.0.1","subject":"joan@example.org","changes":[],"facts":[["reason","wrong password"],["locked","lockout.sign_in.max_attempts"]]}','040def1951705c14d4d8ea99f1618455f50f7a6c39aed5783a935aa22076ec38','e65c72bc1c5a65d9b10046cd45387c8cd8f4c6536ce759d247494dac3aaad53f');
CREATE TABLE authenticators (
    member_id TEXT PRIMARY KEY NOT NULL REFERENCES members (id),
    secret TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    last_used_at BIGINT
);
INSERT INTO "authenticators" VALUES('01a22a22-21f2-71d7-b60c-a5fc0a4f831d','v1.0OwPRoui0ZD3lGxt/sPr9yaMJf/LXzA1zfBsyCGc81Rk9t3xjRfF7Q52JAhIMZlwGUjcN0emgiKgwpnm',59866773,1796003213416,NULL);
CREATE TABLE challenges (
    id TEXT PRIMARY KEY NOT NULL,
    purpose TEXT NOT NULL,
    member_id TEXT REFERENCES members (id),
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE communities (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (workspace_id, name)
);
INSERT INTO "communities" VALUES('01a22a22-2ffd-7388-91d3-92f993f6614d','01a22a22-20c7-7779-bf37-1569bac2f53d','Research',1796003213309);
CREATE TABLE community_members (
    community_id TEXT NOT NULL REFERENCES communities (id),
    member_id TEXT NOT NULL REFERENCES members (id),
    PRIMARY KEY (community_id, member_id)
);
INSERT INTO "community_members" VALUES('01a22a22-2ffd-7388-91d3-92f993f6614d','01a22a22-215a-7cb3-b1c9-a0598cdea00d');
INSERT INTO "community_members" VALUES('01a22a22-2ffd-7388-91d3-92f993f6614d','01a22a22-21f2-71d7-b60c-a5fc0a4f831d');
CREATE TABLE community_overrides (
    community_id TEXT NOT NULL REFERENCES communities (id),
    setting TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (community_id, setting)
);
CREATE TABLE earlier_passwords (
    id TEXT PRIMARY KEY NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    password_hash TEXT NOT NULL,
    replaced_at BIGINT NOT NULL
);
CREATE TABLE emailed_codes (
    id TEXT PRIMARY KEY NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    pending_id TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE TABLE ideas (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    community_id TEXT NOT NULL REFERENCES communities (id),
    author_id TEXT NOT NULL REFERENCES members (id),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    posted_at BIGINT NOT NULL
);
INSERT INTO "ideas" VALUES('01a22a22-3015-7c78-92b8-c9ce4f198f87','01a22a22-20c7-7779-bf37-1569bac2f53d','01a22a22-2ffd-7388-91d3-92f993f6614d','01a22a22-215a-7cb3-b1c9-a0598cdea00d','Plants in the stairwell','Green. Cheap.',1796003213333);
CREATE TABLE kept_forms (
    member_id TEXT PRIMARY KEY NOT NULL REFERENCES members (id),
    fields TEXT NOT NULL,
    kept_at BIGINT NOT NULL
, page TEXT NOT NULL DEFAULT '/admin/settings');
CREATE TABLE known_browsers (
    browser TEXT NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    user_agent TEXT NOT NULL,
    trusted_at BIGINT,
    PRIMARY KEY (browser, member_id)
);
INSERT INTO "known_browsers" VALUES('0cff25774005b530fd6022c272de4a75b760b3bc073fddf0868d9e8d9664e743','01a22a22-215a-7cb3-b1c9-a0598cdea00d',1796003213167,1796003213167,'Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0',NULL);
INSERT INTO "known_browsers" VALUES('e171f91d07ee682d51b4d94a239ec9221f5dfcdd36948f113369e997746c5335','01a22a22-21f2-71d7-b60c-a5fc0a4f831d',1796003213386,1796003213536,'Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0',1796003213536);
CREATE TABLE links (
    token_hash TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    purpose TEXT NOT NULL,
    member_id TEXT REFERENCES members (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    used_at BIGINT
, subject TEXT);
INSERT INTO "links" VALUES('b3c3011c0de5117fd3c19467a8507c3aff7f97cb13f6949465b2f47fe1f1efd4','01a22a22-20c7-7779-bf37-1569bac2f53d','identity-verification','01a22a22-2292-7b2f-8fcb-1a1ae4bee0d2',1796003214000,1796089614000,NULL,NULL);
CREATE TABLE lockouts (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    guarded TEXT NOT NULL,
    subject TEXT NOT NULL,
    browser TEXT NOT NULL,
    member_id TEXT REFERENCES members (id),
    in_window BIGINT NOT NULL,
    window_started BIGINT NOT NULL,
    locked_until BIGINT,
    delayed_until BIGINT,
    consecutive BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, guarded, subject, browser)
);
INSERT INTO "lockouts" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d','sign-in','af7f59bb2304a3193d096aee1fbe3bf7e36c7424cfc7ce8bdaca1a6fd0d65e24','','01a22a22-2292-7b2f-8fcb-1a1ae4bee0d2',5,1796003213721,1796004113959,1796003244019,5);
INSERT INTO "lockouts" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d','address','1ad97ed948d04bcedff36cbd76811ff92f82163087d4ee28264d9ab35202d476','',NULL,5,1796003213780,NULL,NULL,5);
CREATE TABLE mails (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    letter TEXT,
    queued_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    next_try_at BIGINT,
    settled_at BIGINT,
    problem TEXT
);
INSERT INTO "mails" VALUES('01a22a22-306b-70e4-a4b6-26c3e5d6808b','01a22a22-20c7-7779-bf37-1569bac2f53d','factor-added','grace@example.org','A way to sign in was added · Bailey','v1.VR9mLEnPjWdoIWnTDfBzQHsl0X5MoTJ31Dne/cmDAUkTqqTaT+9Pal2gVeN+7W9L20AqqtGbv7aNCzygkVe7PQcyko+zrX8YYX9YAAwfWrrv/xHk8EscWp8kFjUrAr5OutKa0X4IEKrjaU4Eapgbtd0wlfTQigADOIOqXIy08f93jZDQm693vudacRTA85DIIundCOjNYoPGysTRwDDPJRaX0/00kp+Zx2M1Vd/nh9QIJVGkaJtzCaZGqNJ0T9md7QOYgAK65cAadCSbXmB+NAfB3QxWGUXUFWfGCcChPkuzNUYP9VJOfhPWxI4q3ejbqQlIdUpTlvUB1LVm/AjFQVvLbc6BwzIGM47myrlblhhScmJNARJBxMODDzFF1WImq9XtUPPq+FmZ/m817wiN9Gcdc5UhQpP03+/EM5A+x/XFvt5m2oxSbKYkO3+pSRZ6yd2NbNBTJKJRKbCQysfoeXrXYwbnGzjX1XPg0vsOnPfv6iqR+Q4/rxWmq79aOd52+Vh9C+nK93M/fnGmDp/UW/AWz6YgRbK9oDaI+EtQfROJwU4FiuHqIluX8wVy9bvfETlSWSszktSUTs4qW3noJHM77JNczNQJTk4kwjGKfcv59/wH/CcXE4vIUGU/aKViNmsyHE8DCvunm05pq3NjbNJaf8/UjqP8YU1sE6HooDw46NoDsv5FwOIn4l4PDJtf76uB8F8zQgCQzvfS8040cUWW0yITtqxCYtufK/iEcssoejIrdTSOqUsMXxi1GCX9qsNtUAuuzFd9TivqpdbEpgLdjHw5fi/wRiHhSYCEuwUe6L/8N8/x+myHeZY+ujgLbcNENKpVjUHcYUzljGiGIg/QwR0lsqVT6RuR75qlBwmilvPg3jXAorz89L9uS+6TGIbY1V0Mjixl1WDvKTNtNVk',1796003213419,1,1796003273956,NULL,'Connection error: Connection refused (os error 111)');
INSERT INTO "mails" VALUES('01a22a22-30de-74fe-9a24-40caf31835ae','01a22a22-20c7-7779-bf37-1569bac2f53d','recovery-code-used','grace@example.org','A recovery code was used · Bailey','v1.QRZp+zXFyKjjuYGVbO09abX0800ACG+G1U4PT/BCJLsAleHres1W58Ynf4uQPKQNM0I78UVb6Rd0hpria3jFapjY/W2vKRlZWxTtT3Pp9W9CasR8viA8us+TOrQvFP1zl5yYr6G22F3/G/x6B+QlKVVdL7CRK6kjBgUMqSDvtic5WljmhNYu7Ajv3cpox6vUgMPtIlcpDj7hN20ge0wlYD/x2x4dic6I/qUWnoRrsfBKIhyNOKFu2+en9RpKLYobnzwa441q0V282XPOcWJcaKMqxRROHuI/xJ/ZW2hRHVknj9OMoV0nGR1iT5lRjFI8wu+INvVp7v03J8R5ch0UnVlGNVuqIvHZt19ETgSJ5RNqZbyBHT4PUjs8foQ1VDL269DpbIQ4s8pPHcCzwqKASr9yYwiyTdslzkeyByZ0fYtR5r5l3HtmRbIhCUvylG81pCI5sx+W5fDVUtCi9SHHzdaeWeP9ql93Z86J+b79tKFH76VmpX+vfWwtB/q7V0pnXmqbMnwdeOHHwKN8pCMWac+O3i5Pg7eusS40vv3kLyl9Reqh58P7hNi1cVzajgcRWDEnmIgX3PUmyVNZdizBsa53C8bn4IZTjplMWlBRQB/GWcs50Z54VIQIJSJNy7G7uTo9/32y10grxR19Bfal8j57Pfrf5pCK24HS+RKPE2PD8skdra0JZdFllBMocK8ra6Lx79uxC275W9Nz8vfU1h3oFyLd1rvV8ejDiajEUJGvLjOAvv8M1rH0HeczNECiyK0UtYMYm8nk7u3LCiBP2CBxRXul59zvi59Fc9I4M8HQpavhBhcKt3/e7i2RtE9URikHIyMvPYRP2S/huUSZSZufSMJDoVmrmvGQsUFMUmepVJ43RenJCFBR7qASTqou6ckCKk1Q9hg5/qH3vX0EAUAxrflFi0TMH6s',1796003213534,1,1796003273958,NULL,'Connection error: Connection refused (os error 111)');
INSERT INTO "mails" VALUES('01a22a22-3196-7c38-87c2-eff57d96c89b','01a22a22-20c7-7779-bf37-1569bac2f53d','test','ada@example.org','A test mail · Bailey','v1.4Q1nDJf3+l/PNJINAe5BDufJ5ajD+lGrJ06UirIl+R+lkKCuAI9vIzzTiWuv7jXbJL6vZ5QaoblgFCyPZMA9bsASw8DnLGa3x62qaMOZc94pWFP7tJadutiV3Uq819DESygh8Sr7e6tCQA9iFZ4u/FtGXeq5yZGl2DsGzevY/sUmtkq4S0QWibZW6jZj5oqx9trFUbRixf7aVybHq0dOJFSZLDURahNaqmNpVJ8jHQ/XcIfp7VUGnOpS8prIYqxYdvCEaOQHoovOjv0yNDAUTckSHKgiHI4ye3G7yD5Fqj4WkARWI4zEFlRpccgXQhTJeia4Pvk7saGOG6iMg5bRNA/MdecnxbSKg29+y7fA/2dcJUAWTFAOFkl6ZJwTYoy972eRVUcS+mMX/6dDPwe2l++9ocTCC3GgJAbPORAmRNQ9YG8',1796003213718,1,1796003273974,NULL,'Connection error: Connection refused (os error 111)');
INSERT INTO "mails" VALUES('01a22a22-32b0-7636-8080-e27a6bdaaf63','01a22a22-20c7-7779-bf37-1569bac2f53d','locked','joan@example.org','Signing in is locked for a while · Bailey','v1.M+0Ms+B73vvqiQYitqJ2gH6lF2z5YCyL3gSzoXzTfG9LTIY069t0R7siQqhYs8qndgssodWQ6ltMI/23cf/aWfcHVY8lLlReP45oLDrHZjteISPYgCK6PUcSsdjQQTNGxBPYnfdy0kiIIsZ+Ws5m2zJfFlln97ev9eX+gGdYUMKYzcM9kbAwtN8Z0rtehjUVSivfFKoTnYYKQroajGvrW//Uv72zkntAxdqn1uDmD6oDB4MKuTr2bDcAaAZdtQfu+iyS3Y8YOUn24Dh8Kn0hB/xsJxQhTSjLRJhzRnazkdJJ2JdmDmO/FWqS7gzdv9A6C5JSZfhnbE3W/O31FptcaOKpOaA0kmDSnRoW4y8czpacv5mmawevpVLg5VOOGh+0nPEbEI9VimvZAssohgT1BNWSG3MMi/IHuLLlVIhLBVih56PISAuz+NKqRbtOz0g7BnRwCTc6noyq8CophP/suH9cqfX/d6y9/d+gr1CCexgw+nDEsTlBe4eVXEIzZ5zeFr5TegwW0sC1bKRsXPwZVkumSNybF6z269+AwXreVkmJsDdu1xr/L+ZV/MdGArMkd1kVJDYv6igQ5kaVEhXUgbxkasuTAx5FrKqdc0jA/I3iMN41FAJoFHrhtx/GVZ4Hm/Bnd3us2FGlPGowzPF1Gbi1tB88J2im5kLd130+WMRI3hA9fRUYwBDt3DaHxao1scnlLnA6C81z3vtopoGpIRd7srtmsP/n/IRxEdI0EzrsiEbp6qbxAu+IIKCA/0LBOkEoc9f2kn3JQ7BX+5oa7TfJ9OGzGDWkwBtyQbgHpNJH+onQ8921jXW7+agsI8EbLu0th2wFnGZSoi+2c/vNMBONDxCYu3gqoW5XaWtITAS+aMOfSGUXFUI67qIcgYI',1796003214000,1,1796003274954,NULL,'Connection error: Connection refused (os error 111)');
CREATE TABLE members (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    email TEXT NOT NULL,
    email_verified_at BIGINT,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    created_at BIGINT NOT NULL,
    last_sign_in_at BIGINT, password_set_at BIGINT, password_changed_at BIGINT, enrolment_asked_at BIGINT, password_falls_short BIGINT NOT NULL DEFAULT 0, email_codes BIGINT NOT NULL DEFAULT 0, standing TEXT NOT NULL DEFAULT 'active', password_judged TEXT,
    UNIQUE (workspace_id, email)
);
INSERT INTO "members" VALUES('01a22a22-215a-7cb3-b1c9-a0598cdea00d','01a22a22-20c7-7779-bf37-1569bac2f53d','ada@example.org',1796003209562,'ada','super-admin','$argon2id$v=19$m=19456,t=2,p=1$OKdj0o7O7Eio/p2uQJQUFg$9RJ9Bq8Dhjkigvn8eKBqMfh7gGmzHvHDcZCT90e1G7o',1796003209562,1796003213167,1796003209562,NULL,NULL,0,0,'active','fb49248b1e90eb2cf86c90d9bc931d584be511c0da35dcec9c705754d1881cd3');
INSERT INTO "members" VALUES('01a22a22-21f2-71d7-b60c-a5fc0a4f831d','01a22a22-20c7-7779-bf37-1569bac2f53d','grace@example.org',1796003209714,'grace','member','$argon2id$v=19$m=19456,t=2,p=1$zM3jOAMHkzVXsRk/kMP/ig$cNkQZ4bKuJp+Wd4LH1Mo5rLaW8vIJ0LU4pLYGqyPOXY',1796003209714,1796003213536,1796003209714,NULL,NULL,0,0,'active','17aa2bf0510fab5721cc9297b00c29524a873b439d110592ecc51c80acb3e446');
INSERT INTO "members" VALUES('01a22a22-2292-7b2f-8fcb-1a1ae4bee0d2','01a22a22-20c7-7779-bf37-1569bac2f53d','joan@example.org',1796003209874,'joan','member','$argon2id$v=19$m=19456,t=2,p=1$OZbHeHt3SnFl4G/lRiE71A$/x9GHM6zNG9H2UJpE69Z0i0Q+XqU7wXTKdoPQPya21A',1796003209874,NULL,1796003209874,NULL,NULL,0,0,'active',NULL);
CREATE TABLE passkeys (
    id TEXT PRIMARY KEY NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    credential_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    counter BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    last_used_at BIGINT
, rp_id TEXT);
CREATE TABLE pending_authenticators (
    member_id TEXT PRIMARY KEY NOT NULL REFERENCES members (id),
    secret TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE pending_sign_ins (
    id TEXT PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    member_id TEXT NOT NULL REFERENCES members (id),
    next_path TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
, stay BIGINT NOT NULL DEFAULT 0);
INSERT INTO "pending_sign_ins" VALUES('01a22a22-3193-77de-9c86-ce11ce6a7e30','b44b1b1e74c5bd2b0bcc86a44733ddd64c526bc49dce55d228293c5ec388eca1','01a22a22-21f2-71d7-b60c-a5fc0a4f831d',NULL,1796003213715,1796003813715,0);
CREATE TABLE policy_confirmations (
    workspace_id TEXT PRIMARY KEY NOT NULL REFERENCES workspaces (id),
    revision BIGINT NOT NULL,
    deadline BIGINT NOT NULL,
    saved_by TEXT NOT NULL
);
CREATE TABLE policy_revisions (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    revision BIGINT NOT NULL,
    document TEXT NOT NULL,
    actor TEXT NOT NULL,
    address TEXT,
    created_at BIGINT NOT NULL, origin TEXT NOT NULL DEFAULT 'form',
    PRIMARY KEY (workspace_id, revision)
);
INSERT INTO "policy_revisions" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',1,'{"analytics.google":"","audit.retention":"365","files.allowed_extensions":"","headers.coep":"off","headers.content_type_options":"true","headers.coop":"same-origin","headers.corp":"same-origin","headers.csp":"","headers.csp_mode":"enforce","headers.expect_ct":"false","headers.expect_ct_enforce":"false","headers.expect_ct_max_age":"1","headers.expect_ct_report_uri":"","headers.hsts":"true","headers.hsts_max_age":"365","headers.hsts_preload":"false","headers.hsts_subdomains":"false","headers.permissions_policy":"camera=()\nmicrophone=()\ngeolocation=()\nusb=()\npayment=()\npublickey-credentials-get=(self)\npublickey-credentials-create=(self)","headers.public_key_pins":"","headers.public_key_pins_max_age":"1","headers.public_key_pins_report_only":"true","headers.public_key_pins_subdomains":"false","headers.referrer_policy":"same-origin","headers.xss_protection":"0","links.auto_login":"false","links.conversation_view":"10080","links.email_claim":"60","links.idea_approve":"4320","links.idea_pending_auth":"4320","links.idea_reject":"4320","links.idea_view":"10080","links.identity_verification":"1440","links.member_approve":"4320","links.member_profile":"4320","links.member_reject":"4320","links.password_reset":"60","links.passwordless":"15","links.rank_assessment":"10080","links.resource_download":"1440","links.reviewscale":"10080","links.verification":"1440","lockout.claim.duration":"60","lockout.claim.max_attempts":"5","lockout.claim.window":"15","lockout.prompt_delay":"30","lockout.sign_in.duration":"15","lockout.sign_in.max_attempts":"5","lockout.sign_in.window":"15","lockout.two_factor.duration":"15","lockout.two_factor.max_attempts":"5","lockout.two_factor.window":"15","members.gravatar":"false","members.max_inactive":"0","members.super_admin_emails":"","network.admin_allowlist":"127.0.0.0/8 # here\n203.0.113.0/24","network.admin_allowlist_mode":"report-only","passwords.change_interval":"1","passwords.max_age":"0","passwords.policy":"standard","passwords.reuse_limit":"5","sessions.allow_concurrent":"true","sessions.idle_timeout":"0","sessions.lifetime":"43200","sessions.remember_me":"true","sessions.step_up":"10","sign_in.banner":"","sign_in.captcha":"false","sign_in.show_banner":"false","two_factor.authenticator":"true","two_factor.email":"true","two_factor.email_code_lifetime":"600","two_factor.grace_days":"0","two_factor.passkeys":"true","two_factor.require_admins":"false","two_factor.require_everyone":"false","two_factor.trusted_device_days":"7"}','ada@example.org','127.0.0.1',1796003213300,'api');
INSERT INTO "policy_revisions" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d',2,'{"analytics.google":"","audit.retention":"365","files.allowed_extensions":"","headers.coep":"off","headers.content_type_options":"true","headers.coop":"same-origin","headers.corp":"same-origin","headers.csp":"","headers.csp_mode":"enforce","headers.expect_ct":"false","headers.expect_ct_enforce":"false","headers.expect_ct_max_age":"1","headers.expect_ct_report_uri":"","headers.hsts":"true","headers.hsts_max_age":"365","headers.hsts_preload":"false","headers.hsts_subdomains":"false","headers.permissions_policy":"camera=()\nmicrophone=()\ngeolocation=()\nusb=()\npayment=()\npublickey-credentials-get=(self)\npublickey-credentials-create=(self)","headers.public_key_pins":"","headers.public_key_pins_max_age":"1","headers.public_key_pins_report_only":"true","headers.public_key_pins_subdomains":"false","headers.referrer_policy":"same-origin","headers.xss_protection":"0","links.auto_login":"false","links.conversation_view":"10080","links.email_claim":"60","links.idea_approve":"4320","links.idea_pending_auth":"4320","links.idea_reject":"4320","links.idea_view":"99","links.identity_verification":"1440","links.member_approve":"4320","links.member_profile":"4320","links.member_reject":"4320","links.password_reset":"60","links.passwordless":"15","links.rank_assessment":"10080","links.resource_download":"1440","links.reviewscale":"10080","links.verification":"1440","lockout.claim.duration":"60","lockout.claim.max_attempts":"5","lockout.claim.window":"15","lockout.prompt_delay":"30","lockout.sign_in.duration":"15","lockout.sign_in.max_attempts":"5","lockout.sign_in.window":"15","lockout.two_factor.duration":"15","lockout.two_factor.max_attempts":"5","lockout.two_factor.window":"15","members.gravatar":"false","members.max_inactive":"0","members.super_admin_emails":"","network.admin_allowlist":"127.0.0.0/8 # here\n203.0.113.0/24","network.admin_allowlist_mode":"report-only","passwords.change_interval":"1","passwords.max_age":"0","passwords.policy":"standard","passwords.reuse_limit":"5","sessions.allow_concurrent":"true","sessions.idle_timeout":"0","sessions.lifetime":"43200","sessions.remember_me":"true","sessions.step_up":"10","sign_in.banner":"","sign_in.captcha":"false","sign_in.show_banner":"false","two_factor.authenticator":"true","two_factor.email":"true","two_factor.email_code_lifetime":"600","two_factor.grace_days":"0","two_factor.passkeys":"true","two_factor.require_admins":"false","two_factor.require_everyone":"false","two_factor.trusted_device_days":"7"}','ada@example.org','127.0.0.1',1796003213306,'api');
CREATE TABLE promotions (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    email TEXT NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    promoted_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, email)
);
CREATE TABLE recovery_codes (
    id TEXT PRIMARY KEY NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    code_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
INSERT INTO "recovery_codes" VALUES('01a22a22-306a-7685-a670-a50398bf59b9','01a22a22-21f2-71d7-b60c-a5fc0a4f831d','e0d7a34cef8d113facadb67fbf248999f131ea643986a3f81f6e096e1ad14c31',1796003213418,1796003213526);
INSERT INTO "recovery_codes" VALUES('01a22a22-306a-7422-9e1f-24e6b18ebeb8','01a22a22-21f2-71d7-b60c-a5fc0a4f831d','8f68730b734e249cb52d4e37ddb7a43e1f4ee2c3971753ba40d35e17b2f081e7',1796003213418,NULL);
INSERT INTO "recovery_codes" VALUES('01a22a22-306a-7c4a-983d-6d7866d0db42','01a22a22-21f2-71d7-b60c-a5fc0a4f831d','9f95d6dcf55c97ca1ea5c67991ac1215e1cba1c4913562ab3dde39800e4fbc8c',1796003213418,NULL);
INSERT INTO "recovery_codes" VALUES('01a22a22-306a-7863-817e-cd9c4a3549a9','01a22a22-21f2-71d7-b60c-a5fc0a4f831d','14f9056c846645f11c8a16246d2e7e19c9a88ad083084ad318273f2d0dc35018',1796003213418,NULL);
INSERT INTO "recovery_codes" VALUES('01a22a22-306a-7366-8027-b8ac5ca25e5c','01a22a22-21f2-71d7-b60c-a5fc0a4f831d','fd395279a5f3301a8662eb24bf68cb770f6a4d2013dddcb60f714ffab1f3d91e',1796003213418,NULL);
INSERT INTO "recovery_codes" VALUES('01a22a22-306a-77cd-8599-48057371bafe','01a22a22-21f2-71d7-b60c-a5fc0a4f831d','8b61c07ee2088cb6b6d653be914b7c711267cfa186bc6f6a9c615519797758ac',1796003213418,NULL);
INSERT INTO "recovery_codes" VALUES('01a22a22-306a-7a4e-8b29-c69d00c84516','01a22a22-21f2-71d7-b60c-a5fc0a4f831d','cddcd0529b5c70d911765643c46bd657540abc1ff44ecc38d995b991f80fd4b7',1796003213418,NULL);
INSERT INTO "recovery_codes" VALUES('01a22a22-306a-79a8-b3d1-05be088f5295','01a22a22-21f2-71d7-b60c-a5fc0a4f831d','553878b6200c3dca97e01bd9336705cb64b901572e5e5d27ea02c4724de60e20',1796003213418,NULL);
INSERT INTO "recovery_codes" VALUES('01a22a22-306a-7d62-83fe-2a27d081e085','01a22a22-21f2-71d7-b60c-a5fc0a4f831d','ef8f1019e3d62f4a2ebb01c28e7e2b77cdbb8d22e685832bc60423d32e0b47d1',1796003213418,NULL);
INSERT INTO "recovery_codes" VALUES('01a22a22-306a-7ccb-be2a-21dc001fe0a1','01a22a22-21f2-71d7-b60c-a5fc0a4f831d','eda2801535bc8e22b3d5120c4f9c46954bd71a86a7b422b92fa13e0d1dbb2463',1796003213418,NULL);
CREATE TABLE sealing (
    one BIGINT PRIMARY KEY NOT NULL CHECK (one = 1),
    key_id TEXT
);
INSERT INTO "sealing" VALUES(1,NULL);
CREATE TABLE sessions (
    id TEXT PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    member_id TEXT NOT NULL REFERENCES members (id),
    started_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    address TEXT,
    user_agent TEXT NOT NULL,
    ended_at BIGINT,
    ended_why TEXT
, kept BIGINT NOT NULL DEFAULT 0, proved_at BIGINT, token_since BIGINT, token_seen_at BIGINT);
INSERT INTO "sessions" VALUES('01a22a22-2f6f-7b0f-9f1c-1b497dbc44be','573c834c34351f9ee6e80a00b37b3f862df221140050ee832646bc56051a60f1','01a22a22-215a-7cb3-b1c9-a0598cdea00d',1796003213167,1796003213167,'127.0.0.1','Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0',NULL,NULL,0,1796003213167,NULL,NULL);
INSERT INTO "sessions" VALUES('01a22a22-304a-7a82-9b1e-ca456e17001c','317975a88834b94b2f7a08ec76efae47e0aa54bdcd654018d7de3cf0a8c4bc54','01a22a22-21f2-71d7-b60c-a5fc0a4f831d',1796003213386,1796003213386,'127.0.0.1','Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0',1796003213430,'signed-out',0,1796003213386,NULL,NULL);
INSERT INTO "sessions" VALUES('01a22a22-30e0-7fd2-880b-4ab8815befe1','acfb9a7cd2f213ac3e65537512fb156bc972646b854f9c847e608bc639405714','01a22a22-21f2-71d7-b60c-a5fc0a4f831d',1796003213536,1796003213536,'127.0.0.1','Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0',NULL,NULL,1,1796003213536,NULL,NULL);
CREATE TABLE spent_captchas (
    challenge TEXT PRIMARY KEY NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE spent_tokens (
    token_hash TEXT PRIMARY KEY NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE TABLE workspaces (
    id TEXT PRIMARY KEY NOT NULL,
    host TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    revision BIGINT NOT NULL DEFAULT 0,
    audit_seq BIGINT NOT NULL DEFAULT 0,
    audit_hash TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
, max_age_since BIGINT);
INSERT INTO "workspaces" VALUES('01a22a22-20c7-7779-bf37-1569bac2f53d','localhost','Bailey',2,20,'e65c72bc1c5a65d9b10046cd45387c8cd8f4c6536ce759d247494dac3aaad53f',1796003209415,NULL);
CREATE INDEX sessions_of_member ON sessions (member_id);
CREATE INDEX passkeys_of_member ON passkeys (member_id);
CREATE INDEX recovery_codes_of_member ON recovery_codes (member_id);
CREATE INDEX audit_entries_of_channel ON audit_entries (workspace_id, channel, seq);
CREATE TRIGGER audit_entries_are_never_changed BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_entries_are_never_deleted BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE INDEX community_members_by_member ON community_members (member_id);
CREATE INDEX earlier_passwords_of_member ON earlier_passwords (member_id, replaced_at);
CREATE INDEX lockouts_of_member ON lockouts (member_id);
CREATE INDEX mails_due ON mails (next_try_at);
CREATE INDEX mails_of_workspace ON mails (workspace_id, queued_at);
CREATE INDEX emailed_codes_of_member ON emailed_codes (member_id, sent_at);
CREATE INDEX ideas_of_community ON ideas (community_id, posted_at);
CREATE INDEX spent_tokens_of_session ON spent_tokens (session_id);
COMMIT;
