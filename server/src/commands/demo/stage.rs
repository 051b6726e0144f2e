//! Where the made-up people act: Bailey at a time of its own, and each of them at a browser.
use super::cast::{PASSWORD, Person};
use crate::failure::Failure;
use domain::{
    Bailey, Client, Clock, Token,
    access::{AdmissionRequest, Caller, Pass},
    sign_in::{Credentials, Progress, SignInDone, Wanted},
    workspaces::Workspace,
};
use policy::{Area, Timestamp, time::Span};
use secrecy::SecretString;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use totp_rs::{Builder, Secret};

/// What browsers call themselves.
const BROWSERS: [&str; 3] = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
];

pub(super) struct Stage {
    pub(super) bailey: Bailey,
    pub(super) workspace: Workspace,
    clock: Clock,
    mails: PathBuf,
    /// The secrets of authenticator apps, by address.
    apps: BTreeMap<String, String>,
}

impl Stage {
    pub(super) fn new(bailey: Bailey, workspace: Workspace, clock: Clock, mails: PathBuf) -> Self {
        Self { bailey, workspace, clock, mails, apps: BTreeMap::new() }
    }

    /// Lets time pass until an instant, unless it is past already; hands over the mail that is due by then.
    pub(super) async fn until(&self, instant: Timestamp) -> Result<(), Failure> {
        let now = self.clock.now();
        if now < instant {
            self.clock.advance(instant.since(now));
        }
        while self.bailey.mail().deliver_due().await? > 0 {}
        Ok(())
    }

    /// The browser at which somebody sits.
    pub(super) fn browser(who: usize) -> Client {
        let address = Some(format!("203.0.113.{}", who % 200 + 10));
        let user_agent = BROWSERS.get(who % BROWSERS.len()).copied().unwrap_or_default().to_owned();
        let browser = Some(Token::from_browser(&format!("made-up browser {who}")).hash());
        Client { address, user_agent, browser, ..Client::default() }
    }

    /// Signs somebody in by a password; `None` when it is refused.
    pub(super) async fn try_password(
        &self,
        email: &str,
        password: &str,
        client: &Client,
    ) -> Result<Option<Token>, Failure> {
        let password = SecretString::from(password.to_owned());
        let credentials = Credentials { email, password, captcha: "" };
        let sign_in = self.bailey.sign_in();
        let progress = match sign_in.by_password(&self.workspace.id, credentials, Wanted::default(), client).await {
            Err(domain::Error::Refused(_)) => return Ok(None),
            progress => progress?,
        };
        Ok(Some(match progress {
            Progress::SignedIn(done) => done.session,
            Progress::SecondStep(pending) => self.second_step(email, pending, client).await?.session,
        }))
    }

    async fn second_step(&self, email: &str, pending: Token, client: &Client) -> Result<SignInDone, Failure> {
        let Pass::PendingSignIn(between) = self.admit(Area::SecondStep, None, Some(pending), client).await? else {
            return Err(unexpected("a sign-in between its steps"));
        };
        // A code serves once.
        self.clock.advance(Span::seconds(31));
        let code = self.code_of(email)?;
        Ok(self.bailey.two_factor().second_step_by_code(&between, &code, client).await?)
    }

    /// Signs somebody in; they may do whatever asks for a fresh proof.
    pub(super) async fn caller(&self, person: Person, area: Area) -> Result<Caller, Failure> {
        let who = super::cast::CAST.iter().position(|other| *other == person).unwrap_or_default();
        let client = Self::browser(who);
        let session = self.try_password(&person.email(), PASSWORD, &client).await?;
        let session = session.ok_or_else(|| unexpected(person.name))?;
        self.member(area, session, &client).await
    }

    async fn member(&self, area: Area, session: Token, client: &Client) -> Result<Caller, Failure> {
        match self.admit(area, Some(session), None, client).await? {
            Pass::Member(caller) => Ok(caller),
            Pass::Anybody | Pass::PendingSignIn(_) => Err(unexpected("a member")),
        }
    }

    async fn admit(
        &self,
        area: Area,
        session: Option<Token>,
        pending: Option<Token>,
        client: &Client,
    ) -> Result<Pass, Failure> {
        let client = client.clone();
        let request =
            AdmissionRequest { workspace: &self.workspace.id, area, session, pending, client, activity: true };
        let admission = self.bailey.access().admit(request).await?;
        Ok(admission.verdict.map_err(domain::Error::from)?)
    }

    /// Has somebody set up an authenticator app.
    pub(super) async fn enrol(&mut self, person: Person) -> Result<(), Failure> {
        let caller = self.caller(person, Area::Enrolment).await?;
        let client = caller.client().clone();
        let session = self.bailey.two_factor().begin_authenticator(&caller).await?;
        let caller = self.member(Area::Enrolment, session, &client).await?;
        let pending = self.bailey.two_factor().overview(&caller).await?.pending;
        let secret = pending.ok_or_else(|| unexpected("an app that is being set up"))?.secret;
        self.apps.insert(person.email(), secret);
        let code = self.code_of(&person.email())?;
        self.bailey.two_factor().confirm_authenticator(&caller, &code).await?;
        // A code serves once.
        self.clock.advance(Span::minutes(1));
        Ok(())
    }

    fn code_of(&self, email: &str) -> Result<String, Failure> {
        let secret = self.apps.get(email).ok_or_else(|| unexpected("an app"))?;
        let secret = Secret::try_from_base32(secret).map_err(|cause| unexpected(&cause.to_string()))?;
        let totp = Builder::new().with_secret(secret).build().map_err(|cause| unexpected(&cause.to_string()))?;
        Ok(totp.generate(self.clock.now().unix_seconds()).to_string())
    }

    /// The token of the newest link that was mailed to somebody under this subject.
    pub(super) async fn mailed_link(&self, email: &str, subject: &str) -> Result<Token, Failure> {
        self.until(self.clock.now()).await?;
        let link = newest_link(&self.mails, email, subject).ok_or_else(|| unexpected(subject))?;
        Ok(Token::from_browser(&link))
    }

    pub(super) async fn close(self) {
        self.bailey.store().close().await;
    }
}

/// Reads the newest link to an address in a folder of mails that were written by Bailey itself.
fn newest_link(folder: &Path, email: &str, subject: &str) -> Option<String> {
    let mut files: Vec<_> = fs::read_dir(folder).ok()?.filter_map(|file| Some(file.ok()?.path())).collect();
    files.sort_by_key(|file| fs::metadata(file).and_then(|found| found.modified()).ok());
    files.iter().rev().find_map(|file| {
        let text = fs::read_to_string(file).ok()?.replace("=\r\n", "");
        if !text.contains(email) || !text.contains(subject) {
            return None;
        }
        let (_, rest) = text.split_once("/link/")?;
        Some(rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect())
    })
}

fn unexpected(what: &str) -> Failure {
    Failure::Act(format!("The made-up workspace can't go on: {what} was expected."))
}
