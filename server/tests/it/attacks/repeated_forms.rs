//! A form that is sent twice is one act: by a double click, by a manager that submits, or by a proxy that tries again.
use crate::support::{Answer, Browser, NEW_PASSWORD, NOON, PASSWORD, SECOND_STEP, TestServer, code_at, shown_secret};
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";
const BOSS: &str = "boss@example.org";
const TWO_FACTOR: &str = "/profile/two-factor";

/// A form that somebody is about to send.
struct Form {
    what: &'static str,
    browser: Browser,
    path: String,
    fields: Vec<(&'static str, String)>,
}

/// A form of a browser.
fn form(what: &'static str, browser: &Browser, path: &str, fields: &[(&'static str, &str)]) -> Form {
    let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Form { what, browser: Browser::clone_of(browser), path: path.to_owned(), fields }
}

impl Form {
    /// The same form, as it left the browser the first time.
    fn again(&self) -> Self {
        let Self { what, path, fields, .. } = self;
        Self { what, browser: Browser::clone_of(&self.browser), path: path.clone(), fields: fields.clone() }
    }

    async fn send(mut self) -> Answer {
        let fields: Vec<_> = self.fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.browser.post(&self.path, &fields).await
    }
}

/// Whether both were answered alike: where they lead, what they set, and what they show.
fn assert_alike(what: &str, first: &Answer, second: &Answer) {
    assert_eq!((first.status, first.location()), (second.status, second.location()), "{what}: {}", second.text());
    let cookies = |answer: &Answer| answer.headers.get_all("set-cookie").iter().cloned().collect::<Vec<_>>();
    assert_eq!(cookies(first), cookies(second), "{what}");
    assert!(first.status < 400, "{what}: {}", first.text());
    let codes = |answer: &Answer| answer.page().texts("[data-testid=recovery-codes] code");
    assert_eq!(codes(first), codes(second), "{what}");
}

/// Every form by which something is used up, each ready to be sent.
async fn forms(server: &TestServer) -> Vec<Form> {
    let mut forms = Vec::new();
    // The second step, by each kind of code.
    let mut ada = server.signed_in(ADA, Role::Member).await;
    let (secret, codes) = server.enrol_app(&mut ada).await;
    server.clock.advance(Span::seconds(30));
    let code = code_at(&secret, NOON + Span::seconds(30));
    let between = server.pending_sign_in(ADA).await;
    forms.push(form("a code of the app", &between, SECOND_STEP, &[("code", &code)]));
    let between = server.pending_sign_in(ADA).await;
    let fields = [("recovery_code", codes[0].as_str())];
    forms.push(form("a recovery code", &between, "/sign-in/second-step/recovery", &fields));
    forms.push(form("a fresh proof", &ada, "/profile/step-up/recovery", &[("recovery_code", &codes[1])]));
    let mut grace = server.signed_in("grace@example.org", Role::Member).await;
    assert_eq!(grace.post("/profile/two-factor/email/on", &[]).await.status, 303);
    server.mail().await;
    let between = server.pending_sign_in("grace@example.org").await;
    let code = server.one_mail("Your code for signing in").await.code();
    forms.push(form("a code by mail", &between, "/sign-in/second-step/email", &[("code", &code)]));
    // Whoever is signed in.
    let mut boss = server.signed_in(BOSS, Role::Admin).await;
    forms.push(form("a fresh proof by the password", &boss, "/profile/step-up/password", &[("current", PASSWORD)]));
    boss.post("/profile/two-factor/authenticator", &[]).await;
    let code = code_at(&shown_secret(&boss.get(TWO_FACTOR).await), server.clock.now());
    let confirm = "/profile/two-factor/authenticator/confirm";
    forms.push(form("the first code of an app", &boss, confirm, &[("code", &code)]));
    let mut carol = server.signed_in("carol@example.org", Role::Member).await;
    server.enrol_app(&mut carol).await;
    forms.push(form("new recovery codes", &carol, "/profile/two-factor/recovery-codes", &[]));
    // The ways in.
    server.member("dan@example.org", Role::Member).await;
    let mut dan = server.browser();
    let page = dan.get("/sign-in").await.page().value("page");
    let fields = [("email", "dan@example.org"), ("password", PASSWORD), ("page", &page)];
    forms.push(form("signing in", &dan, "/sign-in", &fields));
    let mut erin = server.browser();
    server.member("erin@example.org", Role::Member).await;
    erin.post("/forgot-password", &[("email", "erin@example.org")]).await;
    let link = server.one_mail("Choose a new password").await.link();
    assert_eq!(erin.post(&link, &[]).await.status, 303);
    forms.push(form("a new password", &erin, "/choose-password", &[("password", NEW_PASSWORD)]));
    server.member("frank@example.org", Role::Member).await;
    server.browser().post("/forgot-password", &[("email", "frank@example.org")]).await;
    let link = server.one_mail("Choose a new password").await.link();
    let page = server.browser().get(&link).await.page().value("page");
    forms.push(form("the button of a link", &server.browser(), &link, &[("page", &page)]));
    server.member("heidi@example.org", Role::Member).await;
    let link = server.sign_in_link("heidi@example.org").await;
    let page = server.browser().get(&link).await.page().value("page");
    forms.push(form("a link that signs in", &server.browser(), &link, &[("page", &page)]));
    forms
}

/// A form as it stands on a page, with these fields typed into it.
async fn on_page(
    what: &'static str,
    browser: &mut Browser,
    page: &str,
    action: &str,
    typed: &[(&'static str, &str)],
) -> Form {
    let shown = browser.get(page).await;
    in_answer(what, browser, &shown, action, typed)
}

/// A form as it stands in an answer, with these fields typed into it.
fn in_answer(
    what: &'static str,
    browser: &Browser,
    shown: &Answer,
    action: &str,
    typed: &[(&'static str, &str)],
) -> Form {
    let found = shown.page().forms().into_iter().find(|(at, _)| at == action);
    let (_, fields) = found.unwrap_or_else(|| panic!("there is no form {action}: {}", shown.text()));
    let untouched = |(name, _): &(String, String)| name != "step" && typed.iter().all(|(other, _)| name != other);
    let mut fields: Vec<(&'static str, String)> =
        fields.into_iter().filter(untouched).map(|(name, value)| (&*name.leak(), value)).collect();
    fields.extend(typed.iter().map(|(name, value)| (*name, (*value).to_owned())));
    Form { what, browser: Browser::clone_of(browser), path: action.to_owned(), fields }
}

/// Forms of those who are signed in, of which a second sending would be refused or do more than was asked for. Each
/// is made when the one before it was sent.
async fn form_of_members(server: &TestServer, boss: &mut Browser, which: usize) -> Option<Form> {
    const SETTINGS: &str = "/admin/settings";
    const COMMUNITIES: &str = "/admin/settings/communities";
    const MEMBERS: &str = "/admin/members?holds=ada";
    let ada = || async { Browser::clone_of(boss).forms_of(ADA).await };
    Some(match which {
        0 => {
            server.member(ADA, Role::Member).await;
            let typed = [("step", "save"), ("sign_in.banner", "Welcome.")];
            on_page("a save", boss, SETTINGS, SETTINGS, &typed).await
        }
        1 => {
            let typed = [("step", "review"), ("sessions.idle_timeout", "20")];
            let review = on_page("a review", boss, SETTINGS, SETTINGS, &typed).await.send().await;
            in_answer("a save that waits", boss, &review, SETTINGS, &[("step", "wait")])
        }
        2 => {
            let confirm = "/admin/settings/confirm";
            on_page("a confirmation", boss, confirm, confirm, &[("act", "keep")]).await
        }
        3 => on_page("a community", boss, COMMUNITIES, COMMUNITIES, &[("name", "Rowers")]).await,
        4 => {
            let members = format!("{}/members", boss.community().await);
            on_page("a member of it", boss, COMMUNITIES, &members, &[("email", ADA)]).await
        }
        5 => {
            let reset = format!("{}/reset", ada().await);
            on_page("a mail to a member", boss, MEMBERS, &reset, &[]).await
        }
        6 => {
            let ban = format!("{}/ban", ada().await);
            on_page("a ban", boss, MEMBERS, &ban, &[]).await
        }
        7 => {
            let forms = boss.community().await;
            assert_eq!(boss.post(&format!("{forms}/members"), &[("email", BOSS)]).await.status, 303);
            let community = forms.rsplit('/').next().unwrap_or_default();
            let typed = [("community", community), ("title", "A boat"), ("body", "Let us row.")];
            on_page("an idea", boss, "/ideas", "/ideas", &typed).await
        }
        8 => {
            let restore = "/admin/history/restore";
            let page = "/admin/history?restore=1";
            on_page("a restore", boss, page, restore, &[("step", "save")]).await
        }
        9 => on_page("a test mail", boss, "/admin/mail", "/admin/mail/test", &[]).await,
        _ => return None,
    })
}

/// The audit log, as an admin reads it.
async fn log(server: &TestServer) -> String {
    let mut reader = server.signed_in("reader@example.org", Role::Admin).await;
    reader.post("/api/app/audit/load", &[]).await.body
}

on_both! {
    /// Fails when one of these routes is not added by `form_once` or `public_form_once`, or `once` lets the second one pass.
    async fn a_form_that_is_sent_twice_one_after_the_other_is_one_act(db: TestDatabase) {
        let server = TestServer::start(db).await;
        for form in forms(&server).await {
            let (what, again) = (form.what, form.again());
            let first = form.send().await;
            assert_alike(what, &first, &again.send().await);
        }
        let log = log(&server).await;
        assert!(!log.contains("refused") && !log.contains("Refused"), "{log}");
    }

    /// Fails when `Routes::form` no longer lets a form pass once for each page.
    async fn a_members_form_that_is_sent_twice_is_one_act(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        for which in 0.. {
            let Some(form) = form_of_members(&server, &mut boss, which).await else { break };
            let (what, again) = (form.what, form.again());
            let first = form.send().await;
            let rows = server.rows().await;
            assert_alike(what, &first, &again.send().await);
            assert_eq!(server.rows().await, rows, "{what}");
            server.clock.advance(Span::seconds(1));
        }
    }

    /// Fails when a form is added that does not say on which page it stands.
    async fn every_form_of_every_page_names_its_page(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        boss.add_community("Rowers", &[]).await;
        let mut found = 0;
        for page in app::sitemap::PAGES {
            for mut browser in [server.browser(), Browser::clone_of(&boss)] {
                for (action, fields) in browser.get(page.path).await.page().forms() {
                    assert!(fields.iter().any(|(name, value)| name == "page" && !value.is_empty()), "{action}");
                    found += 1;
                }
            }
        }
        assert!(found > 20, "{found}");
    }

    /// Fails when `RepeatedForms::enter` no longer hands out the act that is under way.
    async fn a_form_that_is_sent_twice_at_once_is_one_act(db: TestDatabase) {
        let server = TestServer::start(db).await;
        for form in forms(&server).await {
            let (what, again) = (form.what, form.again());
            let (first, second) = tokio::join!(form.send(), again.send());
            assert_alike(what, &first, &second);
        }
        let log = log(&server).await;
        assert!(!log.contains("refused") && !log.contains("Refused"), "{log}");
    }

    /// Fails when `key` reads no page, or `RepeatedForms::enter` does not tell the same page from another try.
    async fn what_was_wrong_counts_once_for_one_page_and_once_more_for_the_next(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.change_settings(&[("lockout.two_factor.max_attempts", "3"), ("lockout.sign_in.max_attempts", "3")]).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        server.enrol_app(&mut ada).await;
        let mut between = server.pending_sign_in(ADA).await;
        let mut stranger = server.browser();
        for _ in 0..2 {
            let page = between.get(SECOND_STEP).await.page().value("page");
            let wrong = form("a wrong code", &between, SECOND_STEP, &[("code", "000000"), ("page", &page)]);
            let page = stranger.get("/sign-in").await.page().value("page");
            let fields = [("email", ADA), ("password", "wrong"), ("page", page.as_str())];
            let password = form("a wrong password", &stranger, "/sign-in", &fields);
            for wrong in [wrong, password] {
                for _ in 0..3 {
                    let answer = wrong.again().send().await;
                    assert_eq!(answer.status, 422, "{}: {}", wrong.what, answer.text());
                }
                let (first, second) = tokio::join!(wrong.again().send(), wrong.again().send());
                assert_eq!((first.status, second.status), (422, 422), "{}", wrong.what);
            }
        }
        let log = log(&server).await;
        assert_eq!(log.matches("Second-factor code refused").count(), 2, "{log}");
        assert_eq!(between.post(SECOND_STEP, &[("code", "000001")]).await.status, 422, "the third one");
        assert_eq!(between.post(SECOND_STEP, &[("code", "000002")]).await.status, 429, "and no more");
    }

    /// Fails when an answer is given again to another network, another browser, another page or form, or after a while.
    async fn nobody_else_gets_the_answer_to_a_form(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(ADA, Role::Member).await;
        server.browser().post("/forgot-password", &[("email", ADA)]).await;
        let link = server.one_mail("Choose a new password").await.link();
        let page = async || server.browser().get(&link).await.page().value("page");
        let press = form("a link", &server.browser(), &link, &[("page", &page().await)]);
        let other_page = form("a link", &server.browser(), &link, &[("page", &page().await)]);
        assert_eq!(press.again().send().await.status, 303);
        let mut elsewhere = press.again();
        elsewhere.browser.address = "198.51.100.9".parse().expect("an address");
        assert_eq!(elsewhere.send().await.status, 410, "another network");
        let mut other = press.again();
        other.fields.push(("x", "y".to_owned()));
        assert_eq!(other.send().await.status, 410, "another form");
        assert_eq!(other_page.send().await.status, 410, "another page");
        assert_eq!(form("a link", &server.browser(), &link, &[]).send().await.status, 410, "no page at all");
        assert_eq!(press.again().send().await.status, 303, "the same one");
        server.clock.advance(Span::seconds(10));
        assert_eq!(press.again().send().await.status, 410, "later");
    }

    /// Fails when strangers who bring nothing of their own get one session together.
    async fn two_who_sign_in_alike_have_a_session_each(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(ADA, Role::Member).await;
        let (mut one, mut other) = (server.browser(), server.browser());
        let (first, second) = tokio::join!(one.sign_in(ADA), other.sign_in(ADA));
        assert_eq!((first.status, second.status), (303, 303));
        assert_ne!(one.cookies["bailey-3000"], other.cookies["bailey-3000"]);
    }
}
