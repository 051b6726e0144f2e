//! What many requests at once may not do: the database settles each race.
use crate::support::{Browser, NOON, TestServer, code_at};
use policy::{Role, time::Span};
use store::on_both;

const MANY: usize = 20;

/// Brings so many browsers to the second step, all of the same member.
async fn between_steps(server: &TestServer, many: usize) -> Vec<Browser> {
    let mut browsers = Vec::new();
    for _ in 0..many {
        let mut browser = server.browser();
        assert_eq!(browser.sign_in("ada@example.org").await.location(), "/sign-in/second-step");
        browsers.push(browser);
    }
    browsers
}

/// Posts the same form from every browser at once; answers how many got in.
async fn all_at_once(browsers: Vec<Browser>, path: &'static str, field: &'static str, value: &str) -> usize {
    let posts: Vec<_> = browsers
        .into_iter()
        .map(|mut browser| {
            let value = value.to_owned();
            tokio::spawn(async move { browser.post(path, &[(field, value.as_str())]).await })
        })
        .collect();
    let mut let_in = 0;
    for post in posts {
        let answer = post.await.expect("no request panics");
        assert!(matches!(answer.status, 303 | 422 | 429), "{} {}", answer.status, answer.body);
        let_in += usize::from(answer.status == 303 && answer.location() == "/");
    }
    let_in
}

on_both! {
    async fn one_code_lets_one_of_many_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
        let (secret, _) = crate::second_step::enrol_app(&server, &mut browser).await;
        server.clock.advance(Span::seconds(30));
        let code = code_at(&secret, NOON + Span::seconds(30));
        let browsers = between_steps(&server, MANY).await;
        assert_eq!(all_at_once(browsers, "/sign-in/second-step", "code", &code).await, 1);
    }

    async fn one_recovery_code_lets_one_of_many_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
        let (_, codes) = crate::second_step::enrol_app(&server, &mut browser).await;
        let browsers = between_steps(&server, MANY).await;
        assert_eq!(all_at_once(browsers, "/sign-in/second-step/recovery", "recovery_code", &codes[0]).await, 1);
    }

    async fn of_many_saves_on_one_revision_one_wins(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browsers = Vec::new();
        for i in 0..8 {
            browsers.push(server.signed_in(&format!("a{i}@example.org"), Role::Admin).await);
        }
        let saves: Vec<_> = browsers
            .into_iter()
            .enumerate()
            .map(|(i, mut browser)| {
                let lifetime = (60 + i).to_string();
                tokio::spawn(async move { crate::settings::save(&mut browser, 0, &[("sessions.lifetime", &lifetime)]).await.status })
            })
            .collect();
        let mut found = Vec::new();
        for save in saves {
            found.push(save.await.expect("no request panics"));
        }
        found.sort_unstable();
        assert_eq!(found, [[303].as_slice(), &[409; 7]].concat());
        let whole = server.bailey.verify_audit_log(&server.workspace.id).await.expect("the database answers");
        assert!(matches!(whole, domain::audit::Verdict::Whole(_)), "the chain has neither gap nor fork");
    }
}
