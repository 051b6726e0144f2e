//! What forms are made of beside plain texts.
use policy::Timestamp;
use serde::{Deserialize, Serialize};

/// Until when something has to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The instant.
    pub at: Timestamp,
    /// The key and the label of the setting that asks for it.
    pub setting: Option<(String, String)>,
}

/// What a new password is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Judge {
    /// The policy, as it is stored.
    pub policy: String,
    /// The owner's name.
    pub name: String,
    /// The owner's address.
    pub email: String,
    /// What the password has to be, in words.
    pub wanted: Vec<String>,
}

#[cfg(feature = "ssr")]
impl Judge {
    /// What a new password of somebody is judged by.
    pub fn new(policy: policy::value::PasswordPolicy, name: &str, email: &str) -> Self {
        use policy::decide::password::{Findings, Owner, requirements};
        let wanted = requirements(policy, "", Owner { name, email }, Findings::default());
        Self {
            policy: policy.as_str().to_owned(),
            name: name.to_owned(),
            email: email.to_owned(),
            wanted: wanted.into_iter().map(|wanted| wanted.words).collect(),
        }
    }
}

/// By what somebody proves who they are, beside or in place of their password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// A code of the authenticator app.
    Authenticator,
    /// A passkey.
    Passkey,
    /// A recovery code.
    RecoveryCode,
    /// A code that is sent by mail, when one is asked for.
    EmailedCode,
    /// A code that was sent by mail.
    EmailedCodeSent,
    /// The password, for whoever has nothing else.
    Password,
}

/// What becomes of each line of a list of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListReport {
    /// How many will be invited.
    pub good: usize,
    /// How many lines can't be used.
    pub bad: usize,
    /// The lines.
    pub lines: Vec<ReportLine>,
}

/// What becomes of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// Which line, counted from 1.
    pub line: usize,
    /// What stands there, shortened.
    pub text: String,
    /// Whether they will be invited.
    pub good: bool,
    /// What becomes of it, in words.
    pub verdict: String,
}

/// A reason as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TypedReason {
    /// What was typed.
    pub typed: String,
    /// The words beside the field `reason`.
    pub error: Option<String>,
}
