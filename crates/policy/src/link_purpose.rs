//! What a one-time link is for, and what says how long it works: the one list of purposes.
use crate::{
    SettingKey,
    catalogue::Links,
    time::Span,
    value::{Limit, Minutes},
};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// A setting that limits how long links work, and where it stands.
pub type LimitedBy = (SettingKey, fn(&Links) -> Limit<Minutes>);

/// What says how long links of a purpose work.
#[derive(Debug, Clone, Copy)]
pub enum Lifetime {
    /// No setting does.
    Fixed(Span),
    /// The shortest of these settings.
    Limited(&'static [LimitedBy]),
    /// The shortest of these settings, and no longer than the code in the same mail.
    LikeEmailedCode(&'static [LimitedBy]),
}

/// Declares every purpose in one line: its name, what says how long its links work, and the settings besides that
/// have to do with them.
macro_rules! link_purposes {
    ($($(#[$doc:meta])+ $name:ident = $lifetime:expr, with [$($also:ident),*];)+) => {
        /// What a one-time link is for. The names are stored.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, EnumString, VariantArray)]
        #[strum(serialize_all = "kebab-case")]
        pub enum LinkPurpose {
            $($(#[$doc])+ $name,)+
        }

        impl LinkPurpose {
            /// What says how long its links work.
            pub const fn lifetime(self) -> Lifetime {
                match self {
                    $(Self::$name => const { $lifetime },)+
                }
            }

            /// The settings besides those that limit how long its links work.
            const fn also(self) -> &'static [SettingKey] {
                match self {
                    $(Self::$name => &[$(SettingKey::$also),*],)+
                }
            }
        }
    };
}

/// The setting that limits whatever proves that a mailbox is somebody's.
const VERIFICATION: LimitedBy = (SettingKey::LINKS_VERIFICATION, |links| links.verification);

link_purposes! {
    /// Creating the first super-admin.
    SetUp = Lifetime::Fixed(Span::days(1)), with [];
    /// Signing in without a password, given out at the server's console.
    SignIn = Lifetime::Fixed(Span::minutes(60)), with [];
    /// Passing the second step of a sign-in without typing the code of the same mail.
    SecondStep = Lifetime::LikeEmailedCode(&[VERIFICATION]), with [];
    /// Proving that a mailbox is a member's, which lifts a lock.
    IdentityVerification = Lifetime::Limited(&[(SettingKey::LINKS_IDENTITY_VERIFICATION, |links| links.identity_verification), VERIFICATION]), with [];
    /// Choosing a new password without the old one.
    PasswordReset = Lifetime::Limited(&[(SettingKey::LINKS_PASSWORD_RESET, |links| links.password_reset), VERIFICATION]), with [LINKS_PASSWORDLESS];
    /// Giving an account another address, which proves to be the member's.
    EmailChange = Lifetime::Limited(&[VERIFICATION]), with [];
    /// Taking that back, from the address that the account had.
    EmailChangeUndo = Lifetime::Fixed(Span::days(7)), with [];
    /// Joining the workspace, whoever was invited to it.
    Invitation = Lifetime::Limited(&[VERIFICATION]), with [];
    /// Confirming the address of a member whom an admin has added.
    AccountVerification = Lifetime::Limited(&[VERIFICATION]), with [];
    /// Joining the workspace, whoever has asked to and is let in.
    CompleteRegistration = Lifetime::Limited(&[(SettingKey::LINKS_IDENTITY_VERIFICATION, |links| links.identity_verification), VERIFICATION]), with [];
    /// Letting somebody in who has asked to join.
    MemberApprove = Lifetime::Limited(&[(SettingKey::LINKS_MEMBER_APPROVE, |links| links.member_approve)]), with [];
    /// Keeping somebody out who has asked to join.
    MemberReject = Lifetime::Limited(&[(SettingKey::LINKS_MEMBER_REJECT, |links| links.member_reject)]), with [];
    /// Seeing one's profile, whoever was added by an admin.
    MemberProfile = Lifetime::Limited(&[(SettingKey::LINKS_MEMBER_PROFILE, |links| links.member_profile)]), with [LINKS_AUTO_LOGIN];
    /// Confirming a claim to an address.
    EmailClaim = Lifetime::Limited(&[(SettingKey::LINKS_EMAIL_CLAIM, |links| links.email_claim), VERIFICATION]), with [];
    /// The right to choose a new password, which pressing the button of such a link gives.
    PasswordGrant = Lifetime::Limited(&[(SettingKey::LINKS_PASSWORDLESS, |links| Limit::Of(links.passwordless))]), with [];
    /// Downloading a report that is ready.
    ResourceDownload = Lifetime::Limited(&[(SettingKey::LINKS_RESOURCE_DOWNLOAD, |links| links.resource_download)]), with [LINKS_AUTO_LOGIN];
    /// Approving an idea that waits.
    IdeaApprove = Lifetime::Limited(&[(SettingKey::LINKS_IDEA_APPROVE, |links| links.idea_approve)]), with [];
    /// Rejecting an idea that waits, and saying why.
    IdeaReject = Lifetime::Limited(&[(SettingKey::LINKS_IDEA_REJECT, |links| links.idea_reject)]), with [];
    /// The way to an idea that waits, posted to a chat.
    IdeaPendingAuth = Lifetime::Limited(&[(SettingKey::LINKS_IDEA_PENDING_AUTH, |links| links.idea_pending_auth)]), with [];
    /// Cancelling a request to remove the second step, whoever has not made it.
    HelpCancel = Lifetime::Fixed(crate::decide::second_step_help::LASTS), with [];
    /// Seeing an idea that was shared, or on which something happened.
    IdeaView = Lifetime::Limited(&[(SettingKey::LINKS_IDEA_VIEW, |links| links.idea_view)]), with [LINKS_AUTO_LOGIN];
    /// Seeing a message in its conversation.
    ConversationView = Lifetime::Limited(&[(SettingKey::LINKS_CONVERSATION_VIEW, |links| links.conversation_view)]), with [LINKS_AUTO_LOGIN];
    /// Doing a rank assessment.
    RankAssessment = Lifetime::Limited(&[(SettingKey::LINKS_RANK_ASSESSMENT, |links| links.rank_assessment)]), with [LINKS_AUTO_LOGIN];
    /// Completing a review.
    ReviewScale = Lifetime::Limited(&[(SettingKey::LINKS_REVIEWSCALE, |links| links.reviewscale)]), with [LINKS_AUTO_LOGIN];
}

impl LinkPurpose {
    /// Every purpose.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name under which its links are stored.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// What a list calls its links: `Password reset`.
    pub fn label(self) -> String {
        let words = self.name().replace('-', " ");
        let mut letters = words.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// Whether a community may say how long its links work.
    pub fn is_of_communities(self) -> bool {
        self.settings().filter_map(SettingKey::setting).any(|setting| setting.per_community.is_some())
    }

    /// The settings that have a say on its links.
    pub fn settings(self) -> impl Iterator<Item = SettingKey> {
        let limits = match self.lifetime() {
            Lifetime::Fixed(_) => &[],
            Lifetime::Limited(limits) | Lifetime::LikeEmailedCode(limits) => limits,
        };
        limits.iter().map(|(key, _)| *key).chain(self.also().iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Reading, Settings, audience::Audience};
    use std::collections::BTreeMap;

    /// Fails when a purpose is limited by one setting and names another, or by one that nothing enforces yet.
    #[test]
    fn what_limits_a_link_is_the_setting_that_it_names() {
        for purpose in LinkPurpose::ALL {
            for key in purpose.settings() {
                let setting = key.setting().expect("it is declared");
                assert!(setting.active, "{purpose:?}: {key:?} is declared as not active");
                assert_eq!(setting.about().audience, Audience::Links, "{purpose:?}: {key:?}");
            }
            let (Lifetime::Limited(limits) | Lifetime::LikeEmailedCode(limits)) = purpose.lifetime() else { continue };
            for (key, limit) in limits {
                let only_this = BTreeMap::from([(key.as_str().to_owned(), "77".to_owned())]);
                let settings = Reading::of(&only_this).settings;
                assert_eq!(limit(&settings.links), Limit::Of(Minutes(77)), "{purpose:?}: {key:?}");
            }
        }
    }

    /// Fails when a setting about links is active, and no purpose asks it.
    #[test]
    fn every_active_setting_about_links_has_a_purpose() {
        for setting in Settings::all().filter(|s| s.active && s.about().audience == Audience::Links) {
            let asked = LinkPurpose::ALL.iter().any(|purpose| purpose.settings().any(|key| key == setting.name()));
            assert!(asked, "{}", setting.key);
        }
    }

    #[test]
    fn communities_say_how_long_the_links_of_their_assessments_work() {
        let of_communities: Vec<_> = LinkPurpose::ALL.iter().filter(|purpose| purpose.is_of_communities()).collect();
        assert_eq!(of_communities, [&LinkPurpose::RankAssessment, &LinkPurpose::ReviewScale]);
    }

    #[test]
    fn a_name_that_is_stored_is_read_back() {
        for purpose in LinkPurpose::ALL {
            assert_eq!(purpose.name().parse(), Ok(*purpose));
        }
        assert!("".parse::<LinkPurpose>().is_err());
        assert_eq!(LinkPurpose::EmailChangeUndo.label(), "Email change undo");
    }
}
