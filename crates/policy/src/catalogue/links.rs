//! How long the links in mails work.
use super::{TakesEffect, declare::section, weaker::Weaker};
use crate::audience::Audience;
use crate::community::Strictest;
use crate::value::{Bounds, Limit, Minutes};

/// Five minutes to a year.
const LINK: Option<Bounds> = Some(Bounds { min: 5, max: 525_600 });

section! {
    /// How long the links in mails work.
    pub struct Links in "links" titled "E-mailed links" {
        /// Somebody who is signed in already lands directly on the idea or the conversation that a mail links to.
        auto_login: bool = false, "Open links without an extra page" {
            weaker: Weaker::On,
            active: true,
            effect: TakesEffect::AtUse,
        } about {
            more: "Only for the live session of the very member the mail was sent to; the link itself never signs anybody in. Off: an intermediate page asks them to go on.",
            seed: "1.38",
            standards: &["ASVS 5.0 6.5.1"],
            synonyms: &["auto login", "automatic", "one click", "magic link"],
            audience: Audience::Links,
            idle_when_off: false,
        }
        /// How long a new password can be chosen after the link in a reset mail was opened.
        passwordless: Minutes = Minutes(15), "Passwordless authorisation" {
            weaker: Weaker::More,
            active: true,
            bounds: Some(Bounds { min: 1, max: 1_440 }),
            effect: TakesEffect::AtUse,
        } about {
            more: "Opening the link gives the right to choose a new password without the old one, and nothing else.",
            seed: "1.6",
            standards: &["ASVS 5.0 6.4.3"],
            synonyms: &["grant", "reset", "recovery", "magic link"],
            audience: Audience::Links,
        }
        /// The links in mails that invite somebody, confirm the address of whoever was added or has asked to join, reset a password, confirm a claim to an address or prove that a mailbox is a member's.
        verification: Limit<Minutes> = Limit::Of(Minutes(1_440)), "Verification link" {
            weaker: Weaker::Longer,
            active: true,
            bounds: LINK,
            zero: Some("Never expires"),
            effect: TakesEffect::AtUse,
        } about {
            more: "Also the link that passes a second step, in the mail with its code, which never works longer than the code. Where another of these lifetimes holds for the same mail, the shorter one wins.",
            seed: "1.5",
            standards: &["ASVS 5.0 6.5.5"],
            synonyms: &["expiry", "link", "mail", "token", "invitation", "confirm"],
            audience: Audience::Links,
        }
        /// The link in a mail that resets a password.
        password_reset: Limit<Minutes> = Limit::Of(Minutes(60)), "Password reset link" {
            weaker: Weaker::Longer,
            active: true,
            bounds: LINK,
            zero: Some("Never expires"),
            effect: TakesEffect::AtUse,
        } about {
            more: "A link expires at the earlier of what held when it was sent and what holds when it is used: tightening acts at once, loosening revives nothing.",
            seed: "1.7",
            standards: &["ASVS 5.0 6.5.5"],
            synonyms: &["expiry", "link", "mail", "token", "forgot", "recovery"],
            audience: Audience::Links,
        }
        /// The link by which the holder of an address confirms a claim to it.
        email_claim: Limit<Minutes> = Limit::Of(Minutes(60)), "E-mail claim link" {
            weaker: Weaker::Longer,
            active: true,
            bounds: LINK,
            zero: Some("Never expires"),
            effect: TakesEffect::AtUse,
        } about {
            more: "A link expires at the earlier of what held when it was sent and what holds when it is used: tightening acts at once, loosening revives nothing.",
            seed: "1.9",
            standards: &["ASVS 5.0 6.5.5"],
            synonyms: &["expiry", "link", "mail", "token", "claim"],
            audience: Audience::Links,
        }
        /// The link in a reminder to do a rank assessment.
        rank_assessment: Limit<Minutes> = Limit::Of(Minutes(10_080)), "Rank assessment link" {
            weaker: Weaker::Longer,
            active: true,
            bounds: LINK,
            zero: Some("Never expires"),
            effect: TakesEffect::AtUse,
            per_community: Some(Strictest::Least),
        } about {
            more: "A link expires at the earlier of what held when it was sent and what holds when it is used: tightening acts at once, loosening revives nothing.",
            seed: "1.10",
            standards: &["ASVS 5.0 6.5.5"],
            synonyms: &["expiry", "link", "mail", "token", "reminder"],
            audience: Audience::Links,
        }
        /// The link in a reminder to complete a review.
        reviewscale: Limit<Minutes> = Limit::Of(Minutes(10_080)), "ReviewScale link" {
            weaker: Weaker::Longer,
            active: true,
            bounds: LINK,
            zero: Some("Never expires"),
            effect: TakesEffect::AtUse,
            per_community: Some(Strictest::Least),
        } about {
            more: "A link expires at the earlier of what held when it was sent and what holds when it is used: tightening acts at once, loosening revives nothing.",
            seed: "1.11",
            standards: &["ASVS 5.0 6.5.5"],
            synonyms: &["expiry", "link", "mail", "token", "reminder", "review"],
            audience: Audience::Links,
        }
        /// The link to a report or an export that is ready.
        resource_download: Limit<Minutes> = Limit::Of(Minutes(1_440)), "Download link" {
            weaker: Weaker::Longer,
            active: true,
            bounds: LINK,
            zero: Some("Never expires"),
            effect: TakesEffect::AtUse,
        } about {
            more: "Only its owner, signed in, can use it.",
            seed: "1.12",
            standards: &["ASVS 5.0 6.5.5"],
            synonyms: &["expiry", "link", "mail", "token", "report", "export"],
            audience: Audience::Links,
        }
        /// The link by which a moderator approves a pending member.
        member_approve: Limit<Minutes> = Limit::Of(Minutes(4_320)), "Member approval link" {
            weaker: Weaker::Longer,
            active: true,
            bounds: LINK,
            zero: Some("Never expires"),
            effect: TakesEffect::AtUse,
        } about {
            more: "A link expires at the earlier of what held when it was sent and what holds when it is used: tightening acts at once, loosening revives nothing.",
            seed: "1.13",
            standards: &["ASVS 5.0 6.5.5"],
            synonyms: &["expiry", "link", "mail", "token", "moderation"],
            audience: Audience::Links,
        }
        /// The link by which a moderator rejects a pending member.
        member_reject: Limit<Minutes> = Limit::Of(Minutes(4_320)), "Member rejection link" {
            weaker: Weaker::Longer,
            active: true,
            bounds: LINK,
            zero: Some("Never expires"),
            effect: TakesEffect::AtUse,
        } about {
            more: "A link expires at the earlier of what held when it was sent and what holds when it is used: tightening acts at once, loosening revives nothing.",
            seed: "1.14",
            standards: &["ASVS 5.0 6.5.5"],
            synonyms: &["expiry", "link", "mail", "token", "moderation"],
            audience: Audience::Links,
        }
        /// The link to a profile that was added.
        member_profile: Limit<Minutes> = Limit::Of(Minutes(4_320)), "Member profile link" {
            weaker: Weaker::Longer,
            active: true,
            bounds: LINK,
            zero: Some("Never expires"),
            effect: TakesEffect::AtUse,
        } about {
            more: "A link expires at the earlier of what held when it was sent and what holds when it is used: tightening acts at once, loosening revives nothing.",
            seed: "1.15",
            standards: &["ASVS 5.0 6.5.5"],
            synonyms: &["expiry", "link", "mail", "token", "profile"],
            audience: Audience::Links,
        }
        /// The link to an idea that was shared, or on which something happened.
        idea_view: Limit<Minutes> = Limit::Of(Minutes(10_080)), "Idea link" {
            weaker: Weaker::Longer,
            active: true,
            bounds: LINK,
            zero: Some("Never expires"),
            effect: TakesEffect::AtUse,
        } about {
            more: "A link expires at the earlier of what held when it was sent and what holds when it is used: tightening acts at once, loosening revives nothing.",
            seed: "1.16",
            standards: &["ASVS 5.0 6.5.5"],
            synonyms: &["expiry", "link", "mail", "token", "idea"],
            audience: Audience::Links,
        }
        /// The link by which a moderator approves a pending idea.
        idea_approve: Limit<Minutes> = Limit::Of(Minutes(4_320)), "Idea approval link" {
            weaker: Weaker::Longer,
            active: true,
            bounds: LINK,
            zero: Some("Never expires"),
            effect: TakesEffect::AtUse,
        } about {
            more: "A link expires at the earlier of what held when it was sent and what holds when it is used: tightening acts at once, loosening revives nothing.",
            seed: "1.17",
            standards: &["ASVS 5.0 6.5.5"],
            synonyms: &["expiry", "link", "mail", "token", "moderation"],
            audience: Audience::Links,
        }
        /// The link by which a moderator rejects a pending idea.
        idea_reject: Limit<Minutes> = Limit::Of(Minutes(4_320)), "Idea rejection link" {
            weaker: Weaker::Longer,
            active: true,
            bounds: LINK,
            zero: Some("Never expires"),
            effect: TakesEffect::AtUse,
        } about {
            more: "A link expires at the earlier of what held when it was sent and what holds when it is used: tightening acts at once, loosening revives nothing.",
            seed: "1.18",
            standards: &["ASVS 5.0 6.5.5"],
            synonyms: &["expiry", "link", "mail", "token", "moderation"],
            audience: Audience::Links,
        }
        /// The link to a pending idea that is posted to a chat application.
        idea_pending_auth: Limit<Minutes> = Limit::Of(Minutes(4_320)), "Pending idea link in chat" {
            weaker: Weaker::Longer,
            active: true,
            bounds: LINK,
            zero: Some("Never expires"),
            effect: TakesEffect::AtUse,
        } about {
            more: "It gives no right by itself, since a whole channel reads it: it leads to the idea in the moderation queue, once a moderator has signed in.",
            seed: "1.19",
            standards: &["ASVS 5.0 6.5.5"],
            synonyms: &["expiry", "link", "mail", "token", "Teams", "Slack", "chat"],
            audience: Audience::Links,
        }
        /// The link to a message in a conversation.
        conversation_view: Limit<Minutes> = Limit::Of(Minutes(10_080)), "Conversation link" {
            weaker: Weaker::Longer,
            active: true,
            bounds: LINK,
            zero: Some("Never expires"),
            effect: TakesEffect::AtUse,
        } about {
            more: "A link expires at the earlier of what held when it was sent and what holds when it is used: tightening acts at once, loosening revives nothing.",
            seed: "1.20",
            standards: &["ASVS 5.0 6.5.5"],
            synonyms: &["expiry", "link", "mail", "token", "message"],
            audience: Audience::Links,
        }
        /// The link that proves a mailbox is theirs and unlocks an account.
        identity_verification: Limit<Minutes> = Limit::Of(Minutes(1_440)), "Identity verification link" {
            weaker: Weaker::Longer,
            active: true,
            bounds: LINK,
            zero: Some("Never expires"),
            effect: TakesEffect::AtUse,
        } about {
            more: "A link expires at the earlier of what held when it was sent and what holds when it is used: tightening acts at once, loosening revives nothing.",
            seed: "1.21",
            standards: &["ASVS 5.0 6.5.5"],
            synonyms: &["expiry", "link", "mail", "token", "unlock", "locked"],
            audience: Audience::Links,
        }
    }
}
