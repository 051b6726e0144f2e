//! The key that encrypts secrets at rest is replaced, and whatever cuts that off, nothing is lost.
use crate::support::{Browser, NOON, SECOND_STEP, TestDatabase, TestServer, code_at, shown_secret};
use domain::{
    Vault,
    audit::Verdict,
    platform::vault::{KeyFile, KeyRotation},
};
use policy::{Role, Timestamp, time::Span};
use std::path::PathBuf;
use store::on_both;
use tempfile::TempDir;

const ADA: &str = "ada@example.org";
const GRACE: &str = "grace@example.org";
const IVY: &str = "ivy@example.org";
/// Where every sealed text begins: its version, and the key's name in the later one.
const MARKS: &str = "SELECT SUBSTR(secret, 1, 11) FROM authenticators UNION ALL \
                     SELECT SUBSTR(secret, 1, 11) FROM pending_authenticators UNION ALL \
                     SELECT SUBSTR(letter, 1, 11) FROM mails WHERE letter IS NOT NULL";

struct Keys {
    dir: TempDir,
}

impl Keys {
    /// A key file as versions before have made it.
    fn from_before() -> Self {
        let keys = Self { dir: TempDir::new().expect("a temporary directory can be made") };
        std::fs::write(keys.path(), format!("{}\n", "07".repeat(32))).expect("it can be written");
        keys
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("secret.key")
    }

    fn file(&self) -> KeyFile {
        KeyFile::new(&self.path())
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.path()).expect("it is there")
    }

    fn count(&self) -> usize {
        self.text().lines().filter(|line| line.starts_with("seal ")).count()
    }

    /// What a node reads when it starts.
    fn vault(&self) -> Vault {
        let ring = self.file().read().expect("it is whole").expect("it is there");
        Vault::of_file(self.file(), ring)
    }
}

/// Ada and Grace have an app each, Ivy has begun to set one up, and mails wait.
async fn with_secrets(server: &TestServer) -> (String, String, Browser) {
    let mut ada = server.signed_in(ADA, Role::Member).await;
    let (adas, _) = server.enrol_app(&mut ada).await;
    let mut grace = server.signed_in(GRACE, Role::Member).await;
    let (graces, _) = server.enrol_app(&mut grace).await;
    let mut ivy = server.signed_in(IVY, Role::Member).await;
    assert_eq!(ivy.post("/profile/two-factor/authenticator", &[]).await.status, 303);
    (adas, graces, ivy)
}

/// Signs in with the code of an app in a fresh browser.
async fn passes(server: &TestServer, email: &str, secret: &str, at: Timestamp) -> bool {
    let mut browser = server.browser();
    browser.sign_in(email).await;
    let answer = browser.post(SECOND_STEP, &[("code", &code_at(secret, at))]).await;
    answer.status == 303 && browser.get("/profile").await.status == 200
}

fn later(server: &TestServer) -> Timestamp {
    server.clock.advance(Span::minutes(1));
    server.bailey.now()
}

async fn rotate(server: &TestServer) -> KeyRotation {
    let mut rotation = server.bailey.keys().begin_rotation(&server.workspace.id).await.expect("it begins");
    server.bailey.keys().seal_anew(&mut rotation).await.expect("it seals");
    assert!(rotation.unreadable.is_empty(), "{:?}", rotation.unreadable);
    server.bailey.keys().finish_rotation(&server.workspace.id, &rotation).await.expect("it finishes");
    rotation
}

/// Another node on the same database that has just read the key file, which holds one key that seals.
async fn restarted(server: &TestServer, keys: &Keys) -> TestServer {
    assert_eq!(keys.count(), 1, "{}", keys.text());
    server.node(keys.vault()).await
}

async fn start(db: TestDatabase, keys: &Keys) -> TestServer {
    TestServer::start(db).await.node(keys.vault()).await
}

async fn all_sealed_by(server: &TestServer, key: &str) -> bool {
    let marks = server.sql_column(MARKS).await;
    marks.len() > 3 && marks.iter().all(|mark| *mark == format!("v2.{key}"))
}

async fn works(server: &TestServer, (adas, graces): (&str, &str)) {
    let at = later(server);
    assert!(passes(server, ADA, adas, at).await && passes(server, GRACE, graces, at).await);
    let mails = server.mail().await;
    assert!(
        mails.iter().filter(|mail| mail.subject.starts_with("A way to sign in was added")).count() >= 2,
        "{mails:?}"
    );
    assert!(server.sql_column("SELECT COALESCE(problem, '') FROM mails").await.iter().all(String::is_empty));
}

on_both! {
    /// Fails when `Keys::seal_anew` leaves a place out, `Keys::finish_rotation` keeps the old key, or what a key file of
    /// versions before has sealed or hashed is lost.
    async fn whatever_was_sealed_or_hashed_before_still_serves_after(db: TestDatabase) {
        let keys = Keys::from_before();
        let server = start(db, &keys).await;
        let (adas, graces, mut ivy) = with_secrets(&server).await;
        let mut codes = server.signed_in("hal@example.org", Role::Member).await;
        let (_, codes) = server.enrol_app(&mut codes).await;
        assert!(server.sql_column(MARKS).await.iter().all(|mark| mark.starts_with("v1.")), "as the version before reads it");
        let first = rotate(&server).await;
        assert!(!first.resumed && first.sealed >= 7 && all_sealed_by(&server, &first.key).await);
        // Ivy's set-up was begun under the old key, and is confirmed under the new one.
        let begun = shown_secret(&ivy.get("/profile/two-factor").await);
        let at = later(&server);
        assert_eq!(ivy.post("/profile/two-factor/authenticator/confirm", &[("code", &code_at(&begun, at))]).await.status, 200);
        assert!(passes(&server, IVY, &begun, later(&server)).await);
        let second = rotate(&server).await;
        assert!(second.key != first.key && all_sealed_by(&server, &second.key).await && !keys.text().contains(&first.key));
        let server = restarted(&server, &keys).await;
        works(&server, (&adas, &graces)).await;
        let mut hal = server.browser();
        hal.sign_in("hal@example.org").await;
        let answer = hal.post("/sign-in/second-step/recovery", &[("recovery_code", &codes[0])]).await;
        assert_eq!(answer.status, 303, "recovery codes are hashed under a key that stays");
        let verdict = server.bailey.audit().verify(&server.workspace.id).await.expect("it reads");
        assert!(matches!(verdict, Verdict::Whole(_)), "{verdict:?}");
        let told = server.sql_column("SELECT body FROM audit_entries WHERE channel = 'console' AND body LIKE '%the key of secrets%' ORDER BY seq").await;
        assert_eq!(told.len(), 4, "each is told when it begins and when it is done: {told:?}");
        assert!(told.iter().all(|body| body.contains("\"actor\":\"console\"")) && told[3].contains(&second.key));
    }

    /// Fails when `Keys::begin_rotation` draws another key where the file holds one that the database does not know yet.
    async fn one_that_was_cut_off_before_the_database_knew_goes_on(db: TestDatabase) {
        let keys = Keys::from_before();
        let server = start(db, &keys).await;
        let (adas, graces, _) = with_secrets(&server).await;
        let ring = keys.file().read().expect("it is whole").expect("it is there");
        let ring = ring.with_a_new_key().expect("there is randomness");
        keys.file().replace(&ring).expect("it is replaced");
        let server = restarted(&server, &keys).await;
        assert!(passes(&server, ADA, &adas, later(&server)).await, "nothing is lost meanwhile");
        assert!(server.sql_column(MARKS).await.iter().all(|mark| mark.starts_with("v1.")));
        let rotation = rotate(&server).await;
        assert!(rotation.resumed && Some(&rotation.key) == ring.newest().as_ref());
        assert!(all_sealed_by(&server, &rotation.key).await);
        works(&restarted(&server, &keys).await, (&adas, &graces)).await;
    }

    /// Fails when `Keys::begin_rotation` does not see that texts are still sealed by the key before, or
    /// `Keys::finish_rotation` lets that key go while they are.
    async fn one_that_was_cut_off_halfway_goes_on(db: TestDatabase) {
        let keys = Keys::from_before();
        let server = start(db, &keys).await;
        let (adas, graces, _) = with_secrets(&server).await;
        rotate(&server).await;
        let file_before = keys.text();
        server.execute_sql(&["CREATE TABLE kept AS SELECT member_id, secret FROM authenticators"]).await;
        let rotation = server.bailey.keys().begin_rotation(&server.workspace.id).await.expect("it begins");
        assert!(server.bailey.keys().finish_rotation(&server.workspace.id, &rotation).await.is_err(), "nothing is sealed anew yet");
        assert_eq!(keys.count(), 2);
        server.bailey.keys().seal_anew(&mut rotation.clone()).await.expect("it seals");
        // As if it had been cut off after all but one.
        server.execute_sql(&["UPDATE authenticators SET secret = (SELECT secret FROM kept k WHERE k.member_id = authenticators.member_id) \
            WHERE member_id = (SELECT id FROM members WHERE email = 'ada@example.org')"]).await;
        assert!(!all_sealed_by(&server, &rotation.key).await);
        assert!(server.bailey.keys().finish_rotation(&server.workspace.id, &rotation).await.is_err(), "one is left");
        let (at, text) = (later(&server), keys.text());
        assert!(passes(&server, ADA, &adas, at).await && passes(&server, GRACE, &graces, at).await, "both keys serve");
        assert!(text.contains(&rotation.key) && text.contains(file_before.lines().last().expect("the key before")));
        let again = rotate(&server).await;
        assert!(again.resumed && again.key == rotation.key && again.sealed == 1, "{again:?}");
        works(&restarted(&server, &keys).await, (&adas, &graces)).await;
    }

    /// Fails when a sealed text opens in another place after it was sealed anew, or `Keys::seal_anew` seals anew what it
    /// can't open, or lets go of the key of it.
    async fn a_secret_that_was_moved_to_another_member_keeps_the_old_key_and_opens_nothing(db: TestDatabase) {
        let keys = Keys::from_before();
        let server = start(db, &keys).await;
        let (_, graces, _) = with_secrets(&server).await;
        let moved = "UPDATE authenticators SET last_step = 0, secret = (SELECT secret FROM authenticators \
            WHERE member_id = (SELECT id FROM members WHERE email = 'grace@example.org'))";
        rotate(&server).await;
        server.execute_sql(&[moved]).await;
        assert!(!passes(&server, ADA, &graces, NOON).await);
        let mut rotation = server.bailey.keys().begin_rotation(&server.workspace.id).await.expect("it begins");
        server.bailey.keys().seal_anew(&mut rotation).await.expect("it goes past it");
        let ada = server.sql_column("SELECT id FROM members WHERE email = 'ada@example.org'").await;
        assert_eq!(rotation.unreadable, [format!("authenticators/secret/{}", ada[0])]);
        assert!(server.bailey.keys().finish_rotation(&server.workspace.id, &rotation).await.is_err());
        assert_eq!(keys.count(), 2);
        let at = later(&server);
        assert!(passes(&server, GRACE, &graces, at).await && !passes(&server, ADA, &graces, at).await);
        let email = policy::EmailAddress::parse(ADA).expect("an address");
        server.bailey.rescue().reset_two_factor(&server.workspace.id, &email).await.expect("it removes it");
        assert!(rotate(&server).await.resumed);
        assert_eq!(keys.count(), 1);
    }

    /// Fails when `Vault::cipher` does not look into the file again, or `Keys::seal` seals by another key than the
    /// one that the database names.
    async fn a_server_that_is_running_goes_on_with_the_new_key(db: TestDatabase) {
        let keys = Keys::from_before();
        let server = start(db, &keys).await;
        let (adas, graces, _) = with_secrets(&server).await;
        // The command is a process of its own.
        let command = server.node(keys.vault()).await;
        let rotation = rotate(&command).await;
        works(&server, (&adas, &graces)).await;
        let mut hal = server.signed_in("hal@example.org", Role::Member).await;
        server.enrol_app(&mut hal).await;
        let marks = server.sql_column(MARKS).await;
        assert!(marks.iter().all(|mark| *mark == format!("v2.{}", rotation.key)), "{marks:?}");
    }

    /// Fails when a node whose copy of the file is older seals by a key that is on its way out, or gives mails up that
    /// another node can read.
    async fn a_node_with_an_older_copy_of_the_file_loses_nothing(db: TestDatabase) {
        let [keys, copy] = [Keys::from_before(), Keys::from_before()];
        let server = start(db, &keys).await;
        let (adas, _, _) = with_secrets(&server).await;
        let other = server.node(copy.vault()).await;
        rotate(&server).await;
        assert!(other.mail().await.is_empty());
        assert!(!passes(&other, ADA, &adas, later(&server)).await);
        let sealed = server.sql_column(MARKS).await.len();
        let mut hal = other.browser();
        other.member("hal@example.org", Role::Member).await;
        hal.sign_in("hal@example.org").await;
        assert_eq!(hal.post("/profile/two-factor/authenticator", &[]).await.status, 500);
        assert_eq!(server.sql_column(MARKS).await.len(), sealed, "nothing is sealed by the old key");
        assert!(other.bailey.keys().begin_rotation(&other.workspace.id).await.is_err(), "nor is another key drawn here");
        let refused = other.bailey.keys().check().await.expect("the database answers").expect_err("it is older").to_string();
        assert!(refused.contains("lacks the key") && refused.contains("Put the newest one back"), "{refused}");
        std::fs::copy(keys.path(), copy.path()).expect("it can be copied");
        assert!(other.bailey.keys().check().await.expect("the database answers").is_ok());
        server.clock.advance(Span::minutes(5));
        let arrived = other.mail().await;
        assert!(arrived.iter().any(|mail| mail.to == ADA), "the mails have waited: {arrived:?}");
    }
}

/// Fails when two runs at once draw a key each, and one of them is lost.
#[tokio::test(flavor = "multi_thread")]
async fn runs_at_once_agree_on_a_key() {
    for engine in [store::testing::Engine::Sqlite, store::testing::Engine::Postgres] {
        let keys = Keys::from_before();
        let server = start(TestDatabase::new(engine).await, &keys).await;
        let (adas, graces, _) = with_secrets(&server).await;
        let mut runs = tokio::task::JoinSet::new();
        for _ in 0..6 {
            let (bailey, workspace) = (server.bailey.clone(), server.workspace.id.clone());
            runs.spawn(async move {
                let mut rotation = bailey.keys().begin_rotation(&workspace).await?;
                bailey.keys().seal_anew(&mut rotation).await?;
                bailey.keys().finish_rotation(&workspace, &rotation).await
            });
        }
        let done = runs.join_all().await;
        assert!(done.iter().any(Result::is_ok), "{done:?}");
        rotate(&server).await;
        works(&restarted(&server, &keys).await, (&adas, &graces)).await;
    }
}
