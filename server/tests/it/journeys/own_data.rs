//! What is held about a member is handed out to them, and erased.
use crate::support::{Answer, Browser, LONG_SESSIONS, PASSWORD, TestServer};
use domain::audit::Verdict;
use policy::{Role, time::Span};
use std::collections::{BTreeMap, BTreeSet};
use store::{
    on_both,
    personal::{EXCEPTIONS, HOLDINGS},
    testing::TestDatabase,
};

const ADA: &str = "ada@example.org";
const OWN: &str = "/profile/data";

/// Names of columns that name a member although nothing refers to the table of the members.
const NAMING: [&str; 9] =
    ["member_id", "author_id", "email", "recipient", "actor", "invited_by", "decided_by", "saved_by", "user_agent"];

/// A server on which Ada has something of everything, her admin and her browser.
async fn with_ada(db: TestDatabase) -> (TestServer, Browser, Browser) {
    let (server, mut boss) = TestServer::with_settings(db, &LONG_SESSIONS).await;
    let mut ada = server.signed_in(ADA, Role::Member).await;
    server.enrol_app(&mut ada).await;
    let lab = boss.add_community("Lab", &[ADA, "boss@example.org"]).await;
    let idea = [("community", lab.as_str()), ("title", "Plants"), ("body", "More of them")];
    let posted = ada.post("/ideas", &idea).await;
    let page = posted.location().split('?').next().expect("a path").to_owned();
    assert_eq!(boss.post(&format!("{page}/approve"), &[]).await.status, 303);
    server.needs_help_of(ADA).await;
    ada.post("/profile/email", &[("email", "ada@example.com")]).await;
    server.mail().await;
    (server, boss, ada)
}

fn json(answer: &Answer) -> serde_json::Value {
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.headers["content-disposition"], "attachment; filename=\"bailey-data.json\"");
    assert_eq!(
        (&answer.headers["content-type"], &answer.headers["cache-control"]),
        (&"application/json".parse().expect("a value"), &"no-store".parse().expect("a value"))
    );
    answer.json()
}

/// The columns of each table.
async fn columns(server: &TestServer) -> BTreeMap<String, BTreeSet<String>> {
    let sql = if server.db.dir().is_some() {
        "SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '_sqlx%'"
    } else {
        "SELECT (table_name || '.' || column_name)::text FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_sqlx%'"
    };
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in server.sql_column(sql).await {
        let (table, column) = name.split_once('.').expect("a table and a column");
        found.entry(table.to_owned()).or_default().insert(column.to_owned());
    }
    found
}

/// The columns that refer to members.
async fn references(server: &TestServer) -> Vec<String> {
    let sql = if server.db.dir().is_some() {
        "SELECT t.name || '.' || f.\"from\" FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table' AND f.\"table\" = 'members'"
    } else {
        "SELECT (r.relname || '.' || a.attname)::text FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid \
         JOIN pg_class m ON m.oid = c.confrelid JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = ANY (c.conkey) \
         WHERE c.contype = 'f' AND m.relname = 'members' AND r.relnamespace = current_schema()::regnamespace"
    };
    server.sql_column(sql).await
}

on_both! {
    /// Fails when a table names a member and `personal::HOLDINGS` says neither what is handed out of it and what becomes of
    /// it, nor `personal::EXCEPTIONS` why not: declare it there.
    async fn every_column_that_names_a_member_is_handed_out_and_erased_or_has_a_reason(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let columns = columns(&server).await;
        let by = |table: &str, column: &str| HOLDINGS.iter().any(|held| held.table == table && held.column == column);
        let excepted = |table: &str, column: &str| EXCEPTIONS.iter().any(|(t, c, why)| *t == table && *c == column && !why.is_empty());
        let handed_out = |table: &str, column: &str| HOLDINGS.iter().any(|held| held.table == table && held.columns.iter().any(|(name, _)| *name == column));
        let naming = columns.iter().flat_map(|(table, columns)| {
            columns.iter().filter(|column| NAMING.contains(&column.as_str())).map(move |column| format!("{table}.{column}"))
        });
        let mut undeclared = Vec::new();
        for name in naming.chain(references(&server).await) {
            let (table, column) = name.split_once('.').expect("a table and a column");
            if !(by(table, column) || handed_out(table, column) || excepted(table, column)) {
                undeclared.push(name);
            }
        }
        assert!(undeclared.is_empty(), "{undeclared:?}");
        for holding in HOLDINGS {
            let there = &columns[holding.table];
            for column in there.iter().filter(|column| *column != "workspace_id") {
                let table = holding.table;
                assert!(by(table, column) || handed_out(table, column) || excepted(table, column), "{table}.{column} is told of nowhere");
            }
            assert!(!holding.columns.is_empty() || !holding.why.is_empty(), "{holding:?}");
        }
        for (table, column, _) in EXCEPTIONS {
            assert!(columns.get(*table).is_some_and(|there| there.contains(*column)), "{table}.{column} is no more");
        }
    }

    /// Fails when something that is held is not handed out, a secret is, or the log does not say that it was.
    async fn a_member_downloads_everything_that_is_held_about_them(db: TestDatabase) {
        let (server, mut boss, mut ada) = with_ada(db).await;
        let data = json(&ada.post(OWN, &[]).await);
        assert_eq!((data["about"].as_str(), data["addresses"][0].as_str()), (Some(ADA), Some(ADA)));
        let held = &data["held"];
        assert_eq!(held["members"][0]["name"], "Somebody");
        assert_eq!(held["communities"], serde_json::json!(["Lab"]));
        assert_eq!(held["ideas"][0]["title"], "Plants");
        for section in ["sessions", "authenticators", "recovery_codes", "mails", "links", "help_requests", "pending_sign_ins"] {
            assert!(held[section].as_array().is_some_and(|rows| !rows.is_empty()), "{section}: {held}");
        }
        let log = held["audit_log"].to_string();
        assert!(log.contains("Signed in") && log.contains("Downloaded what is held about a member"), "{log}");
        assert!(log.contains("Created a member"), "what others did to her, too: {log}");
        assert!(data["left_out"].to_string().contains("authenticators.secret"), "{data}");
        let row = server.member_row(ADA).await;
        let text = data.to_string();
        let secrets = [
            vec![row.password_hash.expect("she has one")],
            server.sql_column("SELECT secret FROM authenticators").await,
            server.sql_column("SELECT code_hash FROM recovery_codes").await,
            server.sql_column("SELECT token_hash FROM sessions").await,
            server.sql_column("SELECT token_hash FROM links").await,
            server.sql_column("SELECT token_hash FROM pending_sign_ins").await,
        ];
        for secret in secrets.concat() {
            assert!(!text.contains(&secret), "{secret}");
        }
        let log = boss.get("/admin/audit?channel=members").await.text();
        assert!(log.contains("Downloaded what is held about a member"), "{log}");
    }

    /// Fails when it needs no fresh proof, writes on GET, has no quota, or hands out what is held about others.
    async fn it_asks_for_a_fresh_proof_and_is_handed_out_so_often_a_day(db: TestDatabase) {
        let (server, mut boss, mut ada) = with_ada(db).await;
        assert_eq!(ada.get(OWN).await.status, 405);
        let about_ada = format!("{}/data", server.forms_about(ADA).await);
        assert_eq!(ada.post(&format!("{about_ada}/download"), &[]).await.status, 403);
        server.clock.advance(Span::minutes(11));
        assert!(ada.post(OWN, &[]).await.location().starts_with("/profile/step-up"));
        let back = boss.post(&format!("{about_ada}/download"), &[]).await;
        assert!(back.location().starts_with("/profile/step-up?next=%2Fadmin%2Fmembers%2F"), "{}", back.location());
        boss.proves_it_again().await;
        for _ in 0..20 {
            assert_eq!(json(&boss.post(&format!("{about_ada}/download"), &[]).await)["about"], ADA);
        }
        boss.post(&format!("{about_ada}/download"), &[]).await.assert_refused("quota-reached");
        boss.post(OWN, &[]).await.assert_refused("quota-reached");
    }

    /// Fails when an admin gets at the data of a super-admin, or erases one.
    async fn nobody_downloads_or_erases_above_their_rank_or_erases_themselves(db: TestDatabase) {
        let (server, ..) = with_ada(db).await;
        let mut admin = server.signed_in("admin@example.org", Role::Admin).await;
        let (of_boss, own) = (server.forms_about("boss@example.org").await, server.forms_about("admin@example.org").await);
        admin.post(&format!("{of_boss}/data/download"), &[]).await.assert_refused("role-required");
        admin.post(&format!("{of_boss}/data/erase"), &[("email", "boss@example.org")]).await.assert_refused("role-required");
        admin.post(&format!("{own}/data/erase"), &[("email", "admin@example.org")]).await.assert_refused("not-on-yourself");
        let page = admin.get(&format!("{of_boss}/data")).await;
        assert!(page.status == 200 && !page.page().has("form[action$='/erase']"), "{}", page.text());
        assert_eq!(json(&admin.post(&format!("{own}/data/download"), &[]).await)["about"], "admin@example.org");
        assert_eq!(admin.post("/admin/members/01a1fc8a-d307-7768-993b-77ac04674933/data/erase", &[]).await.status, 404);
    }

    /// Fails when the typed address is not asked, or a member goes whose address makes super-admins.
    async fn an_erasure_is_confirmed_by_the_address(db: TestDatabase) {
        let (server, mut boss, _) = with_ada(db).await;
        let erase = format!("{}/data/erase", server.forms_about(ADA).await);
        for typed in ["", "ada@example.com", "<b>ada</b>"] {
            let refused = boss.post(&erase, &[("email", typed)]).await;
            assert!(refused.status == 422 && refused.page().has("#email-error"), "{}", refused.text());
            assert_eq!(refused.page().value("email"), typed);
        }
        boss.has_saved_settings(&[&[("members.super_admin_emails", ADA)][..], &LONG_SESSIONS].concat()).await;
        let listed = boss.post(&erase, &[("email", ADA)]).await;
        assert!(listed.status == 422 && listed.text().contains("Super admin emails"), "{}", listed.text());
        boss.has_saved_settings(&LONG_SESSIONS).await;
        server.clock.advance(Span::minutes(11));
        assert!(boss.post(&erase, &[("email", ADA)]).await.location().starts_with("/profile/step-up"));
        boss.proves_it_again().await;
        assert_eq!(boss.post(&erase, &[("email", " Ada@Example.org ")]).await.location(), "/admin/members?notice=member-erased");
        boss.post(&erase, &[("email", ADA)]).await;
        assert_eq!(boss.post(&erase, &[("email", ADA)]).await.status, 404, "there is nobody any more");
    }

    /// Fails when anything in the database still tells who an erased member was, an idea is gone, or the chain is broken.
    async fn nothing_in_the_database_tells_who_an_erased_member_was(db: TestDatabase) {
        let (server, mut boss, mut ada) = with_ada(db).await;
        let link = server.sql_column("SELECT purpose FROM links WHERE used_at IS NULL").await;
        assert!(link.contains(&"email-change".to_owned()), "{link:?}");
        server.browser().post("/forgot-password", &[("email", ADA)]).await;
        server.mail().await;
        boss.get("/admin/members").await;
        let forms = server.forms_about(ADA).await;
        assert_eq!(boss.post(&format!("{forms}/data/erase"), &[("email", ADA)]).await.status, 303);
        let columns = columns(&server).await;
        for (table, columns) in &columns {
            for column in columns {
                let sql = String::leak(format!("SELECT CAST({column} AS TEXT) FROM {table} WHERE CAST({column} AS TEXT) LIKE '%ada@example%' OR CAST({column} AS TEXT) = 'Somebody' AND '{table}' <> 'members'"));
                assert_eq!(server.sql_column(sql).await, Vec::<String>::new(), "{table}.{column}");
            }
        }
        assert_eq!(ada.get("/profile").await.status, 303, "she is signed out");
        assert_eq!(server.browser().sign_in(ADA).await.status, 422, "and can't come back");
        server.browser().post("/forgot-password", &[("email", ADA)]).await;
        assert!(server.mail().await.is_empty());
        assert!(!boss.get("/admin/members").await.text().contains("Former member"), "nobody's list has her");
        assert!(boss.get("/ideas").await.text().contains("Former member"), "her idea stays");
        assert!(matches!(server.bailey.audit().verify(&server.workspace.id).await, Ok(Verdict::Whole(_))));
        let log = boss.get("/admin/audit").await.text();
        assert!(log.contains("Erased a member") && log.contains("former member "), "{log}");
        assert!(!log.contains(ADA), "{log}");
        let forms = format!("{forms}/activate");
        assert_eq!(boss.post(&forms, &[]).await.status, 404, "nobody acts on her");
        server.member(ADA, Role::Member).await;
        let mut new = server.sign_in(ADA).await;
        let log = json(&new.post(OWN, &[]).await)["held"]["audit_log"].to_string();
        assert!(!log.contains("Erased a member") && !log.contains("Posted an idea"), "whoever has the address next is somebody else: {log}");
    }

    /// Fails when an entry holds an address, or a name of the log can be given to somebody else unseen.
    async fn a_name_of_the_log_that_is_given_to_somebody_else_breaks_the_chain(db: TestDatabase) {
        let (server, mut boss, _) = with_ada(db).await;
        assert!(boss.get("/admin/audit").await.text().contains(ADA));
        let bodies = server.sql_column("SELECT body FROM audit_entries").await;
        assert!(bodies.iter().all(|body| !body.contains('@')), "{bodies:#?}");
        let verdict = || server.bailey.audit().verify(&server.workspace.id);
        assert!(matches!(verdict().await, Ok(Verdict::Whole(_))));
        server.execute_sql(&["UPDATE audit_names SET email = 'eve@example.org' WHERE email = 'ada@example.org'"]).await;
        assert!(matches!(verdict().await, Ok(Verdict::Broken(_))));
    }

    /// Fails when what was done under an earlier address is not handed out, or is told of after an erasure.
    async fn an_earlier_address_is_handed_out_and_erased(db: TestDatabase) {
        let (server, mut boss, mut ada) = with_ada(db).await;
        server.execute_sql(&["DELETE FROM authenticators", "DELETE FROM help_requests"]).await;
        server.clock.advance(Span::minutes(2));
        assert_eq!(ada.post("/profile/step-up/password", &[("current", PASSWORD)]).await.status, 303);
        assert_eq!(ada.post("/profile/email", &[("email", "ada@example.com")]).await.status, 303);
        let confirm = server.one_mail("Confirm your new address").await.link();
        assert_eq!(server.browser().post(&confirm, &[]).await.location(), "/sign-in?notice=email-changed");
        server.mail().await;
        let mut ada = server.browser();
        assert_eq!(ada.sign_in_with("ada@example.com", PASSWORD).await.status, 303);
        let data = json(&ada.post(OWN, &[]).await);
        assert_eq!(data["addresses"], serde_json::json!(["ada@example.com", ADA]));
        assert!(data["held"]["audit_log"].to_string().contains("Posted an idea"), "{data}");
        let forms = server.forms_about("ada@example.com").await;
        assert_eq!(boss.post(&format!("{forms}/data/erase"), &[("email", "ada@example.com")]).await.status, 303);
        assert!(!boss.get("/admin/audit").await.text().contains("ada@example"));
        let mails = server.sql_column("SELECT recipient FROM mails").await;
        assert!(mails.iter().all(|to| !to.starts_with("ada@")), "{mails:?}");
    }
}
