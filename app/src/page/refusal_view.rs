//! Refusals in words, as they reach the browser: what a refusal means is decided and worded on the server,
//! so that no page downloads the words of all of them.
use policy::Timestamp;
#[cfg(feature = "ssr")]
use policy::{Refusal, SettingKey, reason::Remedy, words};
use serde::{Deserialize, Serialize};

/// A refusal in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalView {
    /// The heading.
    pub title: String,
    /// What happened and what the person can do now.
    pub detail: String,
    /// An instant that the detail tells in UTC, and as what it stands there.
    pub until: Option<(Timestamp, String)>,
    /// The key and the label of the setting that decided, where one did.
    pub setting: Option<(String, String)>,
    /// Whether it only explains why the person is here.
    pub explains: bool,
    /// Whether it takes the place of the page.
    pub takes_the_page: bool,
    /// Where the person can go on: the page, and the words on the button.
    pub way_on: (String, String),
    /// How long the form waits before it can be sent again, in seconds.
    pub wait: Option<i64>,
    /// What kind of refusal it is, as programs know it.
    pub code: String,
}

/// The key and the label of a setting.
#[cfg(feature = "ssr")]
pub fn key_and_label(key: SettingKey) -> Option<(String, String)> {
    key.setting().map(|setting| (setting.key.to_owned(), setting.label.to_owned()))
}

#[cfg(feature = "ssr")]
impl From<&Refusal> for RefusalView {
    fn from(refusal: &Refusal) -> Self {
        let (page, words) = match refusal.remedy() {
            Remedy::SignIn => ("/sign-in", "Sign in"),
            Remedy::SecondStep => ("/sign-in/second-step", "Go to the second step"),
            Remedy::Enrol => ("/profile/two-factor", "Set it up"),
            Remedy::NewPassword => ("/profile/password", "Choose a new password"),
            Remedy::StepUp => ("/profile/step-up", "Confirm that it is you"),
            Remedy::Confirm => ("/admin/settings/confirm", "Confirm or put back"),
            Remedy::None | Remedy::Wait | Remedy::TryAgain => ("/", "Go to the start page"),
        };
        Self {
            title: refusal.title().to_owned(),
            detail: refusal.detail(),
            until: refusal.until().map(|at| (at, words::clock(at))),
            setting: refusal.setting().and_then(key_and_label),
            explains: matches!(
                refusal.remedy(),
                Remedy::SignIn
                    | Remedy::SecondStep
                    | Remedy::Enrol
                    | Remedy::NewPassword
                    | Remedy::StepUp
                    | Remedy::Confirm
            ),
            takes_the_page: refusal.takes_the_page(),
            way_on: (page.to_owned(), words.to_owned()),
            wait: refusal.form_waits(),
            code: refusal.code().to_owned(),
        }
    }
}

#[cfg(feature = "ssr")]
impl From<Refusal> for RefusalView {
    fn from(refusal: Refusal) -> Self {
        Self::from(&refusal)
    }
}

/// What the server refused: the refusal itself on the server, which decides by it, and what it says in the
/// browser, which only shows it.
#[cfg(feature = "ssr")]
pub type ServerRefusal = Refusal;
/// What the server refused: the refusal itself on the server, which decides by it, and what it says in the
/// browser, which only shows it.
#[cfg(not(feature = "ssr"))]
pub type ServerRefusal = RefusalView;

/// What was refused, in words.
#[cfg(feature = "ssr")]
pub fn view_of(refused: &ServerRefusal) -> RefusalView {
    refused.into()
}

/// What was refused, in words.
#[cfg(not(feature = "ssr"))]
pub fn view_of(refused: &ServerRefusal) -> RefusalView {
    refused.clone()
}

/// A refusal on its way: its own fields for programs, and its words.
pub(crate) mod wire {
    use super::{RefusalView, ServerRefusal};
    use serde::{Deserialize, Deserializer};

    #[cfg(feature = "ssr")]
    pub fn serialize<S: serde::Serializer>(refused: &ServerRefusal, to: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Sent<'a> {
            #[serde(flatten)]
            refusal: &'a ServerRefusal,
            view: RefusalView,
        }
        serde::Serialize::serialize(&Sent { refusal: refused, view: refused.into() }, to)
    }

    #[cfg(feature = "ssr")]
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<ServerRefusal, D::Error> {
        ServerRefusal::deserialize(from)
    }

    #[derive(Deserialize)]
    #[cfg(not(feature = "ssr"))]
    struct Received {
        view: RefusalView,
    }

    #[cfg(not(feature = "ssr"))]
    pub fn serialize<S: serde::Serializer>(view: &ServerRefusal, to: S) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(view, to)
    }

    #[cfg(not(feature = "ssr"))]
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<ServerRefusal, D::Error> {
        Received::deserialize(from).map(|received| received.view)
    }
}
