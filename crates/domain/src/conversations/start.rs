//! Starting a conversation with other members of a community.
use super::{entry, judge_body};
use crate::{
    Caller, CommunityId, ConversationId, Error, Result,
    bailey::Conversations,
    members::{addresses, clean_name, hold_caller, members_at},
    platform::{random, unit_of_work::unit_of_work},
};
use policy::{
    EmailAddress,
    decide::{
        conversation::MOST_OTHERS,
        quota::{self, Quota},
    },
};
use std::collections::{BTreeMap, BTreeSet};
use store::NewConversationRow;

/// The greatest length of a subject, in characters.
const SUBJECT: usize = 120;

/// A conversation as somebody types it.
#[derive(Debug, Clone, Copy)]
pub struct NewConversation<'a> {
    /// The community, as an identifier.
    pub community: &'a str,
    /// The addresses of the others.
    pub to: &'a str,
    /// What it is about.
    pub subject: &'a str,
    /// The first message.
    pub body: &'a str,
}

impl Conversations<'_> {
    /// Starts a conversation with other members of a community that the caller belongs to, and tells them by mail.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the fields `community`, `to`, `subject` and `body`;
    /// [`policy::Refusal::QuotaReached`] after too many within a day.
    pub async fn start(self, caller: &Caller, new: NewConversation<'_>) -> Result<ConversationId> {
        let (subject, body) = (clean_name(new.subject), judge_body(new.body));
        let to = others(new.to, caller.email());
        let mut wrong = BTreeMap::new();
        if subject.is_empty() || subject.chars().count() > SUBJECT {
            wrong.insert("subject".to_owned(), format!("Enter a subject of 1 to {SUBJECT} characters."));
        }
        if let Err(words) = &body {
            wrong.insert("body".to_owned(), words.clone());
        }
        if let Err(words) = &to {
            wrong.insert("to".to_owned(), words.clone());
        }
        let (body, to) = (body.unwrap_or_default(), to.unwrap_or_default());
        let now = self.0.now();
        let id = ConversationId::from(random::id(now)?);
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            // Of two at once the second one is counted after the first.
            hold_caller(&mut tx, caller).await?;
            let mut wrong = wrong.clone();
            let community = match CommunityId::parse(new.community) {
                Some(id) if tx.belongs_to(&id, caller.member()).await? => Some(id),
                _ => {
                    wrong.insert("community".to_owned(), "Choose a community that you belong to.".to_owned());
                    None
                }
            };
            let mut others = Vec::new();
            if let Some(community) = &community {
                match members_at(&mut tx, caller.workspace(), community, &to).await? {
                    Ok(found) => others = found,
                    Err(words) => {
                        wrong.insert("to".to_owned(), words);
                    }
                }
            }
            let Some(community_id) = community.filter(|_| wrong.is_empty()) else { return Err(Error::Invalid(wrong)) };
            let since = (now - quota::MESSAGES_WITHIN).0;
            Quota::Conversations.admits_another(tx.conversations_started_since(caller.member(), since).await?)?;
            Quota::Messages.admits_another(tx.messages_sent_since(caller.member(), since).await?)?;
            let row = NewConversationRow {
                id: id.clone(),
                workspace_id: caller.workspace().clone(),
                community_id,
                author_id: caller.member().clone(),
                subject: subject.clone(),
                started_at: now,
            };
            tx.insert_conversation(&row).await?;
            for member in &others {
                tx.insert_participant(&id, &member.id).await?;
            }
            self.write(&mut tx, caller, &id, &body).await?;
            self.0.saved_forms().forget_in(&mut tx, caller).await?;
            let entry = entry(caller, "Started a conversation")
                .with("conversation", id.as_str())
                .with("with", others.len().to_string());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            tx.commit().await?;
            Ok(id.clone())
        })
        .await
    }
}

/// The addresses of the others.
///
/// # Errors
/// What is wrong with the text, in words.
fn others(typed: &str, own: &EmailAddress) -> std::result::Result<BTreeSet<EmailAddress>, String> {
    let mut found = addresses(typed)?;
    found.remove(own);
    if found.is_empty() {
        return Err("That is your own address. Enter somebody else's.".to_owned());
    }
    if found.len() > MOST_OTHERS {
        return Err(format!("Enter {MOST_OTHERS} addresses at most."));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_others_and_not_too_many_of_them() {
        let own = EmailAddress::parse("ada@example.org").expect("an address");
        let count = |typed: &str| others(typed, &own).map(|found| found.len());
        assert_eq!(count("ada@example.org"), Err("That is your own address. Enter somebody else's.".to_owned()));
        assert_eq!(count("ada@example.org, grace@example.org"), Ok(1));
        let many: Vec<_> = (0..21).map(|n| format!("grace{n}@example.org")).collect();
        assert_eq!(count(&many.iter().skip(1).cloned().collect::<Vec<_>>().join("\n")), Ok(20));
        assert_eq!(count(&many.join("\n")), Err("Enter 20 addresses at most.".to_owned()));
    }
}
