//! What a form control, the reference, a document or an audit line has to know about a setting.
use super::{Settings, weaker::Weaker};
use crate::value::{Bounds, Kind, Problem, Unit};
use crate::{MemberSegment, Role, audience::Audience, community::Strictest};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The static description of one setting.
#[derive(Debug)]
pub struct Setting {
    /// The stable name, `section.name`.
    pub key: &'static str,
    /// The visible label.
    pub label: &'static str,
    /// The control that shows it.
    pub kind: Kind,
    /// What its number counts.
    pub unit: Unit,
    /// The range of its number, or the greatest length of its text.
    pub bounds: Option<Bounds>,
    /// What can be chosen, where it is a choice: the canonical text and its label.
    pub choices: &'static [(&'static str, &'static str)],
    /// What 0 is called: that there is no limit, or whatever else it means.
    pub zero: Option<&'static str>,
    /// What a change of it can do to people, where that is a risk.
    pub risk: Option<Risk>,
    /// When a change takes effect.
    pub effect: TakesEffect,
    /// Whether only a super-admin may change it.
    pub super_admin_only: bool,
    /// Which of two values protects less.
    pub weaker: Weaker,
    /// The least role that may give it a weaker value: super-admin for what protects super-admins, too.
    pub may_weaken: Role,
    /// Why a change of it asks for no fresh proof; `None` where it does, as nearly everywhere.
    pub cosmetic: Option<&'static str>,
    /// What holds while what is stored can't be read, and never could; `None` where the default is safe.
    pub safe: Option<&'static str>,
    /// Since which generation of stored documents it stands in each: 0 since the first, one more for whatever a later
    /// version adds. What an older document lacks is new; what else one lacks was taken out of it.
    pub since: u32,
    /// Where a community may hold it otherwise: how the values of several communities come together.
    pub per_community: Option<Strictest>,
    /// Whether something enforces it by now; what is not active yet says so in its row.
    pub active: bool,
    /// What became of the standard behind it, where browsers have dropped it.
    pub deprecated: Option<&'static str>,
    /// Whether members see it among the policies that apply to them.
    pub for_members: bool,
}

/// What a change of a setting can do to people, and in which direction it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Risk {
    /// The words behind the name of the setting.
    pub words: &'static str,
    lies_in: Direction,
}

/// Where the risk of a setting lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    /// In a change that protects less, such as one that removes evidence.
    Weakening,
    /// In a change that protects more, such as one that signs people out.
    Tightening,
    /// In any change.
    Any,
}

impl Risk {
    /// A risk of what protects less than before.
    pub(super) const fn weakening(words: &'static str) -> Self {
        Self { words, lies_in: Direction::Weakening }
    }

    /// A risk of what protects more than before.
    pub(super) const fn tightening(words: &'static str) -> Self {
        Self { words, lies_in: Direction::Tightening }
    }

    /// A risk of every change.
    pub(super) const fn any(words: &'static str) -> Self {
        Self { words, lies_in: Direction::Any }
    }

    /// Whether a change bears the risk that protects less, or more, or both, as a list may in which one entry was replaced.
    pub(crate) const fn lies_in(self, weakens: bool, tightens: bool) -> bool {
        match self.lies_in {
            Direction::Weakening => weakens,
            Direction::Tightening => tightens,
            Direction::Any => true,
        }
    }
}

/// What there is to say about a setting beyond its name. It is kept apart, so that a page that says none of it
/// does not load it.
#[derive(Debug)]
pub struct About {
    /// One sentence of help.
    pub help: &'static str,
    /// More to know than fits in the help: shown beside the focused setting.
    pub more: &'static str,
    /// Where the setting comes from: `1.4` is item 4 of the first seed, `2` the second seed, `+` our own.
    pub seed: &'static str,
    /// The requirements of standards that it answers to.
    pub standards: &'static [&'static str],
    /// Other words under which people look for it.
    pub synonyms: &'static [&'static str],
    /// Whom it has to do with.
    pub audience: Audience,
    /// Whether it does nothing to anybody while it is off.
    pub idle_when_off: bool,
    /// The setting without which it does nothing to anybody.
    pub only_with: Option<SettingKey>,
}

impl About {
    /// What is said about a setting unless its declaration says otherwise.
    pub(super) const NOTHING: Self = Self {
        help: "",
        more: "",
        seed: "+",
        standards: &[],
        synonyms: &[],
        audience: Audience::Members(MemberSegment::Active),
        idle_when_off: true,
        only_with: None,
    };
}

impl Setting {
    /// What a setting is unless its declaration says otherwise.
    pub(super) const PLAIN: Self = Self {
        key: "",
        label: "",
        kind: Kind::Switch,
        unit: Unit::None,
        bounds: None,
        choices: &[],
        zero: None,
        risk: None,
        effect: TakesEffect::NextRequest,
        super_admin_only: false,
        weaker: Weaker::Either,
        may_weaken: Role::Admin,
        cosmetic: None,
        safe: None,
        since: 0,
        per_community: None,
        active: false,
        deprecated: None,
        for_members: false,
    };

    /// Reads what was typed; answers the canonical text.
    ///
    /// # Errors
    /// What is wrong with the text, and what would be right.
    pub fn canonical(&self, typed: &str) -> Result<String, Problem> {
        Settings::read(self, typed).map(|(canonical, _)| canonical)
    }

    /// Returns a text in words; one with a problem comes back as it is. A limit that is absent has the
    /// setting's own name for it.
    pub fn words_of(&self, typed: &str) -> String {
        match (Settings::read(self, typed), self.zero) {
            (Ok((canonical, _)), Some(zero)) if canonical == "0" => zero.to_ascii_lowercase(),
            (Ok((_, words)), _) => words,
            (Err(_), _) => typed.to_owned(),
        }
    }

    /// The canonical text of the default.
    pub fn default(&self) -> String {
        Settings::default_of(self.key)
    }

    /// The canonical text of what holds while what is stored can't be read, and never could.
    pub fn safe(&self) -> String {
        self.safe.map_or_else(|| self.default(), str::to_owned)
    }

    /// The default in words.
    pub fn default_in_words(&self) -> String {
        self.words_of(&self.default())
    }

    /// What there is to say about it.
    pub fn about(&self) -> &'static About {
        Settings::about(self.key)
    }

    /// Its key as a typed name.
    pub const fn name(&self) -> SettingKey {
        SettingKey(self.key)
    }

    /// Whether it applies to members of a role, as far as one of them has anything to do with it.
    pub fn applies_to(&self, role: Role) -> bool {
        self.for_members && (self.name() != SettingKey::TWO_FACTOR_REQUIRE_ADMINS || role.reaches_admin())
    }
}

/// When a change of a setting takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakesEffect {
    /// On the very next request of whoever is affected, on every node.
    NextRequest,
    /// When somebody signs in the next time.
    NextSignIn,
    /// When somebody enrols a factor the next time.
    NextEnrolment,
    /// When somebody chooses a password the next time.
    NextPassword,
    /// When a link is used: the setting also holds for links that were sent before.
    AtUse,
    /// When an e-mailed code is used: the setting also holds for codes that were sent before.
    CodeAtUse,
    /// When somebody claims an address the next time.
    NextClaim,
    /// With the next file.
    NextUpload,
    /// When the daily job runs.
    NextRun,
}

impl TakesEffect {
    /// The words on the page.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::NextRequest => "Takes effect on the next request",
            Self::NextSignIn => "Takes effect at the next sign-in",
            Self::NextEnrolment => "Takes effect at the next enrolment",
            Self::NextPassword => "Takes effect when a password is next chosen",
            Self::AtUse => "Judged when a link is used, also for links sent before",
            Self::CodeAtUse => "Judged when a code is used, also for codes sent before",
            Self::NextClaim => "Takes effect with the next claim",
            Self::NextUpload => "Takes effect with the next file",
            Self::NextRun => "Takes effect when the daily job runs",
        }
    }
}

/// A group of settings that stand together on the page.
#[derive(Debug)]
pub struct Section {
    /// The first part of its settings' keys.
    pub id: &'static str,
    /// The heading.
    pub title: &'static str,
    /// Its settings, in the order of the page.
    pub settings: &'static [Setting],
}

/// The key of a declared setting: a value of this type names a setting that exists. Each declaration makes a constant
/// of it, named after its section and its field: `SettingKey::SESSIONS_IDLE_TIMEOUT`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SettingKey(pub(super) &'static str);

impl SettingKey {
    /// The key as text.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The declaration of the setting.
    pub fn setting(self) -> Option<&'static Setting> {
        Settings::find(self.0)
    }
}

impl fmt::Debug for SettingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Serialize for SettingKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for SettingKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        Settings::find(&key)
            .map(|setting| Self(setting.key))
            .ok_or_else(|| serde::de::Error::custom("no setting has this key"))
    }
}

/// One setting that does not hold what it may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The setting's key.
    pub key: &'static str,
    /// What is wrong.
    pub problem: Problem,
}
