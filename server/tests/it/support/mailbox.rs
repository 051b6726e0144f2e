//! Where the mail of a test arrives: a folder of `.eml` files, read by another library than wrote them.
use domain::mail::Mailer;
use mail_parser::MessageParser;
use std::{collections::BTreeSet, fs, path::PathBuf, sync::Mutex};

pub struct Mailbox {
    dir: tempfile::TempDir,
    seen: Mutex<BTreeSet<PathBuf>>,
}

/// A mail that has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The address it came to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its plain part.
    pub text: String,
    /// Its HTML part.
    pub html: String,
    /// The whole of it as it went over the wire.
    pub raw: String,
}

impl Received {
    /// The path of the link that it holds.
    pub fn link(&self) -> String {
        let (_, rest) = self.text.split_once("http://localhost:3000").expect("it holds a link");
        rest.split_whitespace().next().expect("the link has a path").to_owned()
    }

    /// The code that it holds.
    pub fn code(&self) -> String {
        let line = self.text.lines().find(|line| line.starts_with("    ")).expect("it holds a code");
        line.trim().to_owned()
    }
}

impl Mailbox {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        Self { dir, seen: Mutex::default() }
    }

    pub fn mailer(&self) -> Mailer {
        let from = "Bailey <bailey@example.org>".parse().expect("an address");
        Mailer::folder(&self.dir.path().join("mail"), from)
    }

    pub fn arrived(&self) -> Vec<Received> {
        let Ok(files) = fs::read_dir(self.dir.path().join("mail")) else { return Vec::new() };
        let mut seen = self.seen.lock().expect("no test panics while it reads");
        let files = files.map(|file| file.expect("it reads").path());
        files.filter(|path| seen.insert(path.clone())).map(|path| read(&path)).collect()
    }
}

fn read(path: &PathBuf) -> Received {
    let raw = fs::read_to_string(path).expect("it reads");
    let message = MessageParser::default().parse(raw.as_bytes()).expect("a mail by RFC 5322");
    let text = |body: Option<std::borrow::Cow<'_, str>>| body.expect("it has both parts").replace("\r\n", "\n");
    let to = message.to().and_then(|to| to.first()).and_then(|to| to.address()).expect("it goes somewhere");
    Received {
        to: to.to_owned(),
        subject: message.subject().expect("it has a subject").to_owned(),
        text: text(message.body_text(0)),
        html: text(message.body_html(0)),
        raw: raw.clone(),
    }
}
