//! What the server answers, read in the ways in which people and programs read it.
use super::Page;
use axum::http::{HeaderMap, header};

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Where it leads.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The body as a page whose elements can be asked for.
    pub fn page(&self) -> Page {
        Page::parse(&self.body)
    }

    /// The text of the page without tags and with plain spaces, as a reader sees it.
    pub fn text(&self) -> String {
        plain(&self.body)
    }

    /// What kind of document it is.
    fn kind(&self) -> &str {
        self.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default()
    }

    /// Whether it is a problem document.
    fn is_problem(&self) -> bool {
        self.kind().starts_with("application/problem+json")
    }

    /// The code of the refusal that it carries: in a problem document, in the answer of a server function, or in what
    /// a page tells its own script. `None` when nothing was refused, or only fields were.
    pub fn refusal(&self) -> Option<String> {
        if self.is_problem() {
            return self.json()["type"].as_str()?.strip_prefix("/problems/").map(str::to_owned);
        }
        if self.kind().starts_with("application/json") {
            return self.json()["Refused"]["reason"].as_str().map(str::to_owned);
        }
        self.page().refusal()
    }

    /// The fingerprint of the review that the Security tab shows; `None` where it shows none.
    pub fn seen(&self) -> Option<String> {
        // Found as text: the page is large, and most tests save something.
        let (_, rest) = self.body.split_once("name=\"seen\" value=\"")?;
        rest.split('"').next().map(str::to_owned)
    }

    /// The key of the setting that decided what was refused: in a problem document, or in the answer of a server
    /// function. `None` where none did.
    pub fn decided_by(&self) -> Option<String> {
        let answer = self.json();
        let by = if self.is_problem() { &answer["setting"] } else { &answer["Refused"]["by"] };
        by.as_str().map(str::to_owned)
    }

    /// Asserts that it carries the refusal of this code.
    #[track_caller]
    pub fn assert_refused(&self, code: &str) {
        assert_eq!(self.refusal().as_deref(), Some(code), "{}", self.text());
    }

    /// The whole line that sets a cookie.
    pub fn set_cookie(&self, name: &str) -> String {
        let start = format!("{name}=");
        let mut lines = self.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().expect("ASCII"));
        lines.find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("{name} is not set")).to_owned()
    }

    /// Asserts that it tells nothing of the database behind it.
    pub fn assert_tells_nothing(&self) {
        let body = self.body.to_lowercase();
        for word in ["sqlx", "postgres", "sqlite", "no such table", "does not exist", "lost_", "pool timed out"] {
            assert!(!body.contains(word), "{word}: {}", self.body);
        }
        for word in ["SELECT ", "INSERT INTO", "UPDATE ", "42P01"] {
            assert!(!self.body.contains(word), "{word}: {}", self.body);
        }
    }
}

/// A piece of a page without tags and with plain spaces.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut tag = false;
    for c in html.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            '\u{a0}' => text.push(' '),
            c if !tag => text.push(c),
            _ => {}
        }
    }
    text.replace("&#x27;", "'").replace("&quot;", "\"").replace("&amp;", "&")
}
